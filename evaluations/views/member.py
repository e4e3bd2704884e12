"""A member's page: who it is, posts, promises, activities, reviews and the way to the own score."""
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.domain.campaigns import chosen_campaign
from config.kit import clock
from evaluations import review_permissions
from evaluations.domain import member_dossier as dossier
from evaluations.domain.honour_conditions import rounds_that_count
from units.domain.id_numbers import masked, unseal
from units.models import Member, Transfer
from units.permissions import can_correct_member, can_give_post, can_keep_honours, can_keep_standing, can_reveal_id


@require_safe
def member_detail(request, pk):
    """For the member and the readers of the subtree."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("organization"), pk=pk)
    campaign = chosen_campaign(request.user, request.GET.get("campaign", ""))
    posts, honours = dossier.posts(member), list(dossier.honours(member, request.user))
    counting = rounds_that_count(request.user, member, honours, holds_post=any(post.ends_on is None for post in posts))
    context = {
        "member": member, "campaign": campaign, "is_self": member.pk == request.user.member_id,
        "posts": posts, "memberships": dossier.memberships(member),
        "id_number": masked(unseal(member.id_number_sealed)) if member.id_number_sealed else "",
        "reveals": can_reveal_id(request.user, member),
        "keeps": can_keep_standing(request.user, member),
        "waiting_transfer": Transfer.objects.visible_to(request.user).waiting().filter(member=member).first(),
        "exemptions": dossier.exemptions(member), "decisions": dossier.probation_decisions(member),
        "grades": dossier.yearly_grades(member),
        "honours": [(row, counting.get(row.pk, ())) for row in honours], "sanctions": dossier.sanctions(member, request.user),
        "keeps_honours": can_keep_honours(request.user, member), "gives_post": can_give_post(request.user, member),
        "today": clock.today(),
        "correct": can_correct_member(request.user, member),
        "review": review_permissions.can_review(request.user, member.organization, member),
    }
    if campaign:
        context |= {
            "commitments": dossier.commitments(member, request.user, campaign, on=clock.today()),
            "attendance": dossier.attendance(member, request.user, campaign),
            "reviews": dossier.reviews(member, request.user, campaign),
            "score": dossier.current_score(member, request.user, campaign),
        }
    return render(request, "evaluations/member_detail.html", context)

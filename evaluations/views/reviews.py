"""Pages of reviews: who has none yet and the reviews given, writing one beside the facts, one review with its mending."""
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.domain.collisions import collisions_of_items
from campaign.domain.rectifications import DAYS_TO_MEND, secretary_of
from campaign.enums import PhaseWork
from campaign.permissions import in_time
from campaign.views.looking_out import warn
from config.kit import clock
from config.kit.half_year import half_year_of, half_years
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import review_permissions as permissions
from evaluations.domain import reviews
from evaluations.domain.review_facts import chosen_facts, facts_since, last_review, organization_of
from evaluations.domain.review_gaps import has_charges, members_without_review, organizations_without_review
from evaluations.domain.review_list import answered_among, mending_of, reviews_seen
from evaluations.enums import ReplySide
from evaluations.forms.review_replies import ReplyForm
from evaluations.forms.reviews import ReviewFilterForm, ReviewForm, parts_of
from evaluations.models import Review, ReviewCirculation, ReviewReply
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Member, Organization
from units.submissions import once
from units.views.organization_choice import choose_organization

PAGE = 20
QUEUE = 4


@require_safe
def review_list(request):
    """By half-year: whom the user has not reviewed first, then the reviews."""
    user, campaign, on = request.user, chosen_campaign(request.user), clock.today()
    halves = half_years(campaign.starts_on, min(on, campaign.ends_on)) if campaign else []
    form = ReviewFilterForm(request.GET, halves=halves)
    chosen = dict(form.cleaned_data) if form.is_valid() else {}
    code, state, level = (chosen.pop(name, "") for name in ("half", "state", "level"))
    half = next((half for half in halves if half.code == code), half_year_of(on))
    organizations = organizations_without_review(user, campaign, half, everything=level == "all", others=level == "one")
    members = members_without_review(user, campaign, half)
    context = {
        "form": form, "half": half, "gaps": organizations[:PAGE], "gap_count": organizations.count(),
        "member_gaps": members[:PAGE], "member_count": members.count(), "level": level, "code": code,
        "is_divided": has_charges(user, half),
        "days_left": (half.last - on).days if half.covers(on) else None,
        "is_filtered": any(chosen.values()) or bool(code), "gives": permissions.gives_reviews(user),
    }
    if state == "missing":
        of_members = chosen.get("subject") == "members" or not context["gap_count"]
        page = Paginator(members if of_members else organizations, PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "of_members": of_members}
        return list_page(request, "evaluations/review_missing.html", context, name="review_missing")
    rows = reviews_seen(user, campaign, None if code == "all" else half, **chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    mending = mending_of(page.object_list)
    answered = answered_among(page.object_list)
    context |= {"page": page, "on": on, "rows": [
        (review, mending[review.pk], review.lineage in answered, (review.reply_due_on - on).days if review.reply_due_on else None)
        for review in page
    ]}
    return list_page(request, "evaluations/review_list.html", context)


def _subject(request):
    """(organisation, member or None) that the address names."""
    user, asked = request.user, request.GET
    if asked.get("member"):
        members = Member.objects.visible_to(user).select_related("organization")
        member = get_object_or_404(members, pk=key_of(asked["member"]))
        return organization_of(member, on=clock.today()), member
    return get_object_or_404(Organization.objects.visible_to(user).active(), pk=key_of(asked.get("organization"))), None


@require_http_methods(["GET", "POST"])
def review_new(request):
    """The facts since the last review on the left, three short boxes on the right."""
    if not (request.GET.get("organization") or request.GET.get("member")):
        require(permissions.gives_reviews(request.user))
        return choose_organization(request, heading=_("写点评"), up=_("点评"), up_url=reverse("review_list"))
    organization, member = _subject(request)
    require(permissions.can_review(request.user, organization, member))
    campaign, on = current_campaign(request.user), clock.today()
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能点评。"))
        return redirect("review_list")
    require(in_time(campaign, PhaseWork.REVIEW))
    previous = last_review(request.user, organization, member, campaign)
    groups = facts_since(previous, user=request.user, campaign=campaign, organization=organization, member=member, on=on)
    form = ReviewForm(
        request.POST or None, initial={"happened_on": on}, due_on=on + timedelta(days=DAYS_TO_MEND)
    )
    keys = request.POST.getlist("quote")
    if request.method == "POST" and form.is_valid():
        def write():
            return _warned(request, reviews.give_review(
                campaign=campaign, organization=organization, member=member, **form.parts, problems=form.problems,
                quotes=chosen_facts(groups, keys), by=request.user, at=clock.now(), on=on,
            ))

        try:
            return once(request, write)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "form": form, "organization": organization, "member": member, "previous": previous, "groups": groups,
        "quoted": keys, "reply_days": campaign.reply_days, "owner": member or secretary_of(organization, on=on), "on": on,
    }
    return render(request, "evaluations/review_form.html", context | _queue(request, campaign, organization, member, on))


def _warned(request, review):
    """The review, with a word where what it asks to put right collides with other duties or a busy period."""
    asking = review.problems.filter(rectification__isnull=False).order_by("position", "pk")
    asking = asking.select_related("rectification__organization", "rectification__campaign")
    warn(request, collisions_of_items([problem.rectification for problem in asking], on=clock.today()))
    return review


def _queue(request, campaign, organization, member, on):
    """The next ones without a review, the one being written first."""
    half = half_year_of(on)
    if member is not None:
        rest = members_without_review(request.user, campaign, half)
        here, key = member, "member"
    else:
        rest = organizations_without_review(request.user, campaign, half)
        here, key = organization, "organization"
    waiting = rest.exclude(pk=here.pk)
    return {
        "queue": list(waiting[: QUEUE - 1]), "queue_key": key, "waiting": rest.count(), "half": half,
        "days_left": (half.last - on).days,
    }


def review_or_404(request, lineage):
    """The standing version the user may see, or the last one of a review that was taken back."""
    rows = Review.objects.visible_to(request.user).filter(lineage=lineage)
    rows = rows.select_related("organization", "member", "reviewer", "campaign", "meeting")
    found = rows.standing().first() or rows.order_by("-recorded_at", "-pk").first()
    if found is None:
        raise Http404
    return found


@require_safe
def review_detail(request, lineage):
    """The three parts, how far each problem is mended, the quoted facts and all versions."""
    review = review_or_404(request, lineage)
    if not Review.objects.followed_by(request.user).filter(pk=review.pk).exists():
        return render(request, "evaluations/review_sent.html", {
            "review": review, "problems": review.problems.order_by("position", "pk"),
        })
    versions = Review.objects.visible_to(request.user).filter(lineage=lineage).select_related("recorded_by")
    context = {
        "review": review,
        "problems": review.problems.select_related("rectification").order_by("position", "pk"),
        "on": clock.today(),
        "change": permissions.can_change_review(request.user, review),
        "versions": versions.prefetch_related("problems").order_by("-recorded_at", "-pk"),
        "history": history_of([review]),
        "circulations": ReviewCirculation.objects.standing().filter(review__lineage=review.lineage).select_related("within"),
        "circulate": permissions.can_circulate(request.user, review),
    }
    return render(request, "evaluations/review_detail.html", context | _thread(request.user, review, context["on"]))


def _thread(user, review, on):
    """The replies in their order, whether one is waited for, and the form for whoever may add one."""
    entries, may_reply = ReviewReply.objects.visible_to(user).standing().of(review), permissions.can_reply(user, review)
    thread = list(entries.select_related("recorded_by"))
    is_reviewer = review.reviewer_id == user.pk
    awaits = review.stands and review.reply_due_on and not any(entry.side == ReplySide.REVIEWED for entry in thread)
    return {
        "thread": thread, "may_reply": may_reply, "awaits": awaits,
        "reply_days_left": (review.reply_due_on - on).days if review.reply_due_on else None,
        "reply_form": ReplyForm(is_reviewer=is_reviewer) if may_reply else None,
    }


@require_http_methods(["GET", "POST"])
def review_correct(request, lineage):
    """A new version with a reason; what was raised before stays linked."""
    review = review_or_404(request, lineage)
    require(permissions.can_change_review(request.user, review))
    problems = list(review.problems.select_related("rectification").order_by("position", "pk"))
    items = {number: problem.rectification for number, problem in enumerate(problems, start=1) if problem.rectification}
    on = clock.today()
    form = ReviewForm(
        request.POST or None, initial=parts_of(review, problems), items=items, needs_reason=True,
        due_on=on + timedelta(days=DAYS_TO_MEND),
    )
    if request.method == "POST" and form.is_valid():
        def write():
            return _warned(request, reviews.correct_review(
                review, **form.parts, problems=form.problems, reason=form.cleaned_data["reason"], by=request.user,
                at=clock.now(), on=on,
            ))

        try:
            return once(request, write)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/review_correct.html", {"form": form, "review": review})


@require_http_methods(["GET", "POST"])
def review_withdraw(request, lineage):
    """Take it back, with a reason, after a page that says what stays."""
    review, error = review_or_404(request, lineage), ""
    require(permissions.can_change_review(request.user, review))
    if request.method == "POST":
        try:
            reviews.withdraw_review(review, reason=request.POST.get("reason", ""), by=request.user, at=clock.now())
        except Refusal as refusal:
            error = refusal.message
        else:
            messages.success(request, _("点评已撤回。"))
            return redirect(review)
    context = {"review": review, "error": error, "consequences": [_("已经立项的整改不受影响，照常验收。")]}
    return render(request, "evaluations/review_withdraw.html", context)

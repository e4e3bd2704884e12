"""An organisation's page: who it is, how it stands, what it did; every figure opens."""
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaign.domain.campaigns import chosen_campaign
from campaign.models import CategoryTheme
from config.kit import clock
from evaluations import permissions, review_permissions
from evaluations.domain import dossier
from evaluations.domain.changes import changes_since
from evaluations.domain.listening import listening_section
from evaluations.models import Band
from units import permissions as unit_permissions
from units.domain.charges import leader_of
from units.domain.page_views import note_view
from units.domain.size_hints import size_hints
from units.enums import LEADS_BRANCH, OrganizationKind, PostKind, Role
from units.models import Member, Organization, Post

MANY = 99  # changes that the page counts


def _above_in_scope(user, organization):
    """The organisation above when the breadcrumb may lead there: in the user's scope and not the root, else None."""
    above = organization.parent
    if above is None or above.is_root:
        return None
    return above if any(above.path.startswith(path) for path in user.scope_paths()) else None


def _sections(organization, user, campaign, on):
    if campaign is None:
        return []
    told = listening_section(organization, user, campaign=campaign)
    return [*dossier.sections(organization, user, campaign=campaign, on=on), told]


def _changes(organization, user, campaign, seen):
    """How many records came since the day of the last visit; more than MANY are not counted on."""
    rows = changes_since(organization, user, campaign=campaign, day=timezone.localdate(seen))
    return rows[: MANY + 1].count()


@require_GET
def organization_detail(request, pk):
    """The dossier of one organisation in scope."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).select_related("parent"), pk=pk)
    today = clock.today()
    campaign = chosen_campaign(request.user, request.GET.get("campaign", ""))
    seen = note_view(request.user, organization, at=clock.now()) if campaign else None
    score = dossier.current_score(organization, request.user, campaign) if campaign else None
    posts = Post.objects.standing().on(today).filter(organization=organization).select_related("member")
    posts = sorted(posts, key=lambda post: list(PostKind.values).index(post.kind))
    members = Member.objects.within(organization).aggregate(
        all=Count("pk"), full=Count("pk", filter=Q(status="full")), exempt=Count("pk", filter=Q(is_exempt=True))
    )
    return render(
        request,
        "evaluations/organization_detail.html",
        {
            "organization": organization,
            "now": clock.now(),
            "campaign": campaign,
            "seen": seen,
            "many": MANY,
            "changes": _changes(organization, request.user, campaign, seen) if seen else 0,
            "posts": posts,
            "secretary": next((post.member for post in posts if post.kind in LEADS_BRANCH), None),
            "members": members,
            "hints": [] if organization.dissolved_on else size_hints(
                organization.kind, members=members["all"], full=members["full"],
                board=len({post.member_id for post in posts}),
            ),
            "children": organization.children.active().in_institutional_order(),
            "theme": CategoryTheme.objects.filter(campaign=campaign, category=organization.category).first(),
            "sections": _sections(organization, request.user, campaign, today),
            "score": score,
            "bands": dict(Band.objects.standing().filter(campaign=campaign).values_list("code", "title")) if score else {},
            "can_review": review_permissions.can_review(request.user, organization),
            "can_read_members": unit_permissions.can_read_members(request.user, organization),
            "groups": organization.party_groups.active().count() if organization.kind == OrganizationKind.BRANCH else None,
            "bodies": organization.linked_bodies.active().count(),
            "in_charge": leader_of(organization, on=today),
            "parent_seen": _above_in_scope(request.user, organization),
            "can_preview": permissions.can_see_scores(request.user, organization),
            "can_log": request.user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE),
        },
    )

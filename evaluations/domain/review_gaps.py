"""Whom the user has not reviewed yet in a half-year: organisations right below the own scope, members of the own branch."""
from django.db.models import Exists, OuterRef, Q, Subquery

from evaluations.models import Review
from units import scope
from units.enums import SPEAKS_FOR_OWN, Role
from units.models import Member, Organization

REVIEWS_BELOW = {Role.LEADER, Role.OFFICE, Role.COMMITTEE, Role.SECRETARY}


def organizations_without_review(user, campaign, half, *, everything=False):
    """Organisations below the user's scopes without a standing review of `half` in `campaign`, in institutional order.

    Only those right below, or all of them with `everything`. Each carries `last_review_on`, the day of its newest one.
    """
    wanted = Q(pk__in=[])
    for grant in user.current_grants:
        if grant.role in REVIEWS_BELOW:
            below = scope.within(grant.organization.path) & Q(depth__gt=grant.organization.depth)
            wanted |= below if everything else below & Q(depth=grant.organization.depth + 1)
    given = Review.objects.standing().filter(organization=OuterRef("pk"), member__isnull=True, campaign=campaign)
    organizations = Organization.objects.visible_to(user).active().filter(wanted)
    return _without(organizations, given, half).in_institutional_order()


def members_without_review(user, campaign, half):
    """Members of the branch the user is secretary of (not oneself) without a standing review of `half`."""
    own = [grant.organization_id for grant in user.current_grants if grant.role in SPEAKS_FOR_OWN]
    given = Review.objects.standing().filter(member=OuterRef("pk"), campaign=campaign)
    members = Member.objects.visible_to(user).filter(organization__in=own).exclude(pk=user.member_id or 0)
    return _without(members, given, half).by_strokes()


def _without(subjects, given, half):
    newest = given.order_by("-happened_on", "-pk").values("happened_on")[:1]
    inside = given.filter(happened_on__range=(half.first, half.last))
    return subjects.filter(~Exists(inside)).annotate(last_review_on=Subquery(newest))

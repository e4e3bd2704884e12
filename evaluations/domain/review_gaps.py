"""Whom the user has not reviewed yet in a half-year: organisations right below the own scope, members of the own branch.

A leader owes the organisations in the own charge (分工); where nobody is in charge of anything, all right below the scope.
"""
from django.db.models import Exists, OuterRef, Q, Subquery

from evaluations.models import Review
from units import scope
from units.domain.charges import charges_on
from units.enums import SPEAKS_FOR_OWN, Role
from units.models import Member, Organization

REVIEWS_BELOW = {Role.LEADER, Role.OFFICE, Role.COMMITTEE, Role.SECRETARY}


def organizations_without_review(user, campaign, half, *, everything=False, others=False):
    """Organisations below the user's scopes without a standing review of `half` in `campaign`, in institutional order.

    A leader's own charge on the last day of `half`; with `others` all right below, with `everything` of all levels. Each
    carries `last_review_on`, the day of its newest one.
    """
    wanted = Q(pk__in=[])
    for grant in user.current_grants:
        if grant.role in REVIEWS_BELOW:
            below = scope.within(grant.organization.path) & Q(depth__gt=grant.organization.depth)
            if not everything:
                below &= _duties(grant, user, half) if not others else Q(depth=grant.organization.depth + 1)
            wanted |= below
    given = Review.objects.standing().filter(organization=OuterRef("pk"), member__isnull=True, campaign=campaign)
    organizations = Organization.objects.visible_to(user).active().filter(wanted)
    return _without(organizations, given, half).in_institutional_order()


def _duties(grant, user, half):
    """What of the scope of `grant` the user owes a review: a leader the own charge, if work is divided at all."""
    charges = charges_on(half.last, within=grant.organization)
    if grant.role == Role.LEADER and charges.exists():
        return Q(pk__in=charges.filter(leader=user).values("organization"))
    return Q(depth=grant.organization.depth + 1)


def has_charges(user, half):
    """Whether work is divided in a leader's scope, so that the own part differs from the whole."""
    return any(
        grant.role == Role.LEADER and charges_on(half.last, within=grant.organization).exists()
        for grant in user.current_grants
    )


def members_without_review(user, campaign, half):
    """Members of the branch the user is secretary of without a standing review of `half`; not oneself, nor who is excused."""
    own = [grant.organization_id for grant in user.current_grants if grant.role in SPEAKS_FOR_OWN]
    given = Review.objects.standing().filter(member=OuterRef("pk"), campaign=campaign)
    members = Member.objects.visible_to(user).present().filter(organization__in=own, is_exempt=False)
    members = members.exclude(pk=user.member_id or 0)
    return _without(members, given, half).by_strokes()


def _without(subjects, given, half):
    newest = given.order_by("-happened_on", "-pk").values("happened_on")[:1]
    inside = given.filter(happened_on__range=(half.first, half.last))
    return subjects.filter(~Exists(inside)).annotate(last_review_on=Subquery(newest))

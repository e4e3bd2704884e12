"""Which leader is in charge of which organisation (分工): dated facts that decide who owes whom a review."""
from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units import scope
from units.domain import organization_endings as endings
from units.domain.history import record_many
from units.enums import Role
from units.models import Charge, Organization, RoleGrant, User


class WrongDay(Refusal):
    """A division of work lies neither in the future nor before the last one of the same organisation."""

    field = "happened_on"


class OutOfReach(Refusal):
    """A leader is in charge only of what the own role covers."""


def leaders_within(organization, *, on):
    """Accounts of leaders whose scope lies in or above `organization`, by name of account; one query."""
    paths = [organization.path[:end] for end in range(scope.STEP, len(organization.path) + 1, scope.STEP)]
    grants = RoleGrant.objects.in_force(on=on).filter(role=Role.LEADER).filter(
        Q(organization__path__in=paths) | scope.within(organization.path, "organization__")
    )
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("username")


def charges_on(day, *, within=None):
    """Standing charges of a day, of the subtree of `within` where it is given."""
    rows = Charge.objects.standing().on(day)
    return rows.filter(scope.within(within.path, "organization__")) if within else rows


def charges_by_leader(day, *, within):
    """{user id: [Organization]} in institutional order. One query."""
    found = defaultdict(list)
    for charge in charges_on(day, within=within).select_related("organization").order_by("organization__path"):
        found[charge.leader_id].append(charge.organization)
    return found


def leader_of(organization, *, on):
    """The leader in charge of exactly this organisation on a day, or None."""
    charge = Charge.objects.standing().on(on).filter(organization=organization).select_related("leader").first()
    return charge.leader if charge else None


@transaction.atomic
def divide_work(leader, organizations, *, within, happened_on, by, at, on):
    """From `happened_on` on `leader` is in charge of exactly `organizations` of those right below `within`.

    What another leader had goes over; what is left out has nobody. Returns (taken over, given up) as numbers.
    Raises WrongDay, OutOfReach.
    """
    if happened_on > on:
        raise WrongDay(_("日期不能晚于今天。"))
    Organization.objects.select_for_update().get(pk=within.pk)  # of two divisions at once the second sees the first
    below = Organization.objects.active().filter(parent=within)
    wanted = {organization.pk: organization for organization in organizations}
    open_charges = Charge.objects.standing().select_for_update().filter(ends_on__isnull=True, organization__in=below)
    now = {charge.organization_id: charge for charge in open_charges.select_related("organization")}
    taken = [organization for key, organization in wanted.items() if key not in now or now[key].leader_id != leader.pk]
    given = [charge for key, charge in now.items() if charge.leader_id == leader.pk and key not in wanted]
    _check_reach(leader, taken, on)
    _check_day([*given, *(now[organization.pk] for organization in taken if organization.pk in now)], taken, happened_on)
    for organization in taken:
        fresh = Charge(leader=leader, organization=organization, starts_on=happened_on, recorded_at=at, recorded_by=by)
        endings.follow(now.get(organization.pk), fresh, happened_on=happened_on, by=by, at=at)
    for charge in given:
        end_charge(charge, happened_on, by=by, at=at)
    day, name = happened_on.isoformat(), leader.display_name
    record_many(
        [(o, "put_in_charge", {"note": f"{day} {name}"}, o) for o in taken]
        + [(charge.organization, "end_charge", {"note": f"{day} {name}"}, charge.organization) for charge in given],
        by=by, at=at,
    )
    return len(taken), len(given)


def end_charge(charge, day, *, by, at):
    """End a charge on the day before `day`; one that would have held for no day is taken back."""
    if charge.starts_on >= day:
        supersede(charge, at=at)
    else:
        endings.end_before(charge, day, by=by, at=at)


def _check_day(charges, taken, happened_on):
    """Nothing changes before it last changed: where a charge began, or the last one of an organisation ended."""
    days = [(charge.starts_on, charge.organization) for charge in charges if charge.starts_on > happened_on]
    ended = Charge.objects.standing().filter(organization__in=taken, ends_on__gte=happened_on)
    days += [(charge.ends_on + timedelta(days=1), charge.organization) for charge in ended.select_related("organization")]
    if days:
        day, organization = max(days, key=lambda found: found[0])
        raise WrongDay(_("“%(name)s”上次分工在 %(day)s，日期不能早于那一天。") % {
            "name": organization, "day": day.isoformat(),
        })


def _check_reach(leader, organizations, on):
    paths = list(
        leader.grants.in_force(on=on).filter(role=Role.LEADER).values_list("organization__path", flat=True)
    )
    for organization in organizations:
        if not any(organization.path.startswith(path) for path in paths):
            raise OutOfReach(_("“%(name)s”不在%(leader)s的范围里，请先由安全管理员授予角色。") % {
                "name": organization, "leader": leader.display_name,
            })

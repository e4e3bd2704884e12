"""Who steps aside in a spot check (回避): nobody draws from a pool, or inspects a unit, that is their own."""
import json
from collections import Counter

from django.utils.translation import gettext as _

from units import scope
from units.enums import SPEAKS_FOR_OWN, Role
from units.models import Charge, Organization, RoleGrant


def unit_path(organization):
    """The path of the unit that an organisation belongs to (of itself above the units)."""
    return organization.path[: 2 * scope.STEP]


def lines_of(users):
    """{user id: paths of the units that the user belongs to, speaks for or is in charge of (分工)}, in three queries."""
    lines = {user.pk: set() for user in users}
    members = {user.member_id: user.pk for user in users if user.member_id}
    for member, path in Organization.objects.filter(members__in=members).values_list("members", "path"):
        if member in members:
            lines[members[member]].add(path[: 2 * scope.STEP])
    grants = RoleGrant.objects.filter(user__in=lines, role__in=SPEAKS_FOR_OWN, revoked_at__isnull=True)
    for user, path in grants.values_list("user", "organization__path"):
        lines[user].add(path[: 2 * scope.STEP])
    charges = Charge.objects.standing().filter(leader__in=lines, ends_on__isnull=True)
    for user, path in charges.values_list("leader", "organization__path"):
        lines[user].add(path[: 2 * scope.STEP])
    return lines


def stands_in_line(line, units):
    """Whether somebody with `line` belongs to one of the `units` (sets of paths)."""
    return bool(line & units)


def pool_of(check):
    """[Organization] that may be drawn, as published."""
    return organizations_of(json.loads(check.pool_text))


def organizations_of(pool):
    """[Organization] in the strata of a pool."""
    codes = [row["code"] for stratum in pool["strata"] for row in stratum["rows"]]
    return list(Organization.objects.filter(code__in=codes))


def own_in(line, organizations):
    """[办公厅党总支（2 个党组织）]: units of `line` that stand in a pool, in institutional order; a query if there are any."""
    found = Counter(unit_path(organization) for organization in organizations if unit_path(organization) in line)
    units = Organization.objects.filter(path__in=found).in_institutional_order() if found else ()
    whole = {organization.path for organization in organizations}
    return [
        unit.name if unit.path in whole else _("%(name)s（%(n)s 个党组织）") % {"name": unit.name, "n": found[unit.path]}
        for unit in units
    ]


def own_units(user, root):
    """[name] of the units under `root` that are the user's own, in the pool or not; for the form."""
    line = lines_of([user])[user.pk]
    units = Organization.objects.active().within(root).filter(path__in=line).exclude(category="") if line else ()
    return [unit.name for unit in units.in_institutional_order()] if line else []


def possible_operators(check, *, on):
    """Accounts of the office that may draw: of no organisation in the pool; five queries."""
    grants = RoleGrant.objects.in_force(on=on).filter(
        role=Role.OFFICE, organization=check.campaign.organization_id, user__is_active=True
    ).select_related("user").order_by("pk")
    offices = list({grant.user: None for grant in grants})
    lines, units = lines_of(offices), {unit_path(organization) for organization in pool_of(check)}
    return [user for user in offices if not stands_in_line(lines[user.pk], units)]

"""Who may deal with an opinion: nobody of the unit that it is about, nor of what is below it."""
from django.db.models import Q

from campaign.domain.due_sources import grants_of
from evaluations.models.opinion import organizations_of
from units import scope
from units.enums import SPEAKS_FOR_OWN, Role
from units.models import Organization, RoleGrant, User


def is_of_the_line(user, about):
    """Whether the user belongs to the unit complained of, or to something below it."""
    return about is not None and organizations_of(user).filter(scope.within(about.path)).exists()


def accounts_of(organization, *, on):
    """Accounts that speak for exactly this organisation; a queryset."""
    grants = RoleGrant.objects.in_force(on=on).filter(role__in=SPEAKS_FOR_OWN, organization=organization)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def organizations_to_handle(opinion, *, on):
    """Organisations of the tree that could deal with it: somebody speaks for them, and they are not of the line."""
    spoken = RoleGrant.objects.in_force(on=on).filter(role__in=SPEAKS_FOR_OWN, user__is_active=True)
    rows = Organization.objects.active().within_tree(opinion.organization).filter(pk__in=spoken.values("organization"))
    if opinion.about:
        rows = rows.exclude(scope.within(opinion.about.path))
    return rows.in_institutional_order()


def accounts_to_handle(opinion, *, on):
    """Accounts of the office and of leaders and inspectors that are not of the line, by name."""
    roles = (Role.OFFICE, Role.LEADER, Role.INSPECTOR)
    grants = RoleGrant.objects.in_force(on=on).filter(role__in=roles, organization=opinion.organization)
    accounts = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    if opinion.about:
        inside = Organization.objects.filter(scope.within(opinion.about.path)).values("pk")
        granted = RoleGrant.objects.in_force(on=on).filter(organization__in=inside)
        accounts = accounts.exclude(pk__in=granted.values("user")).exclude(
            Q(member__organization__in=inside)
            | Q(member__posts__organization__in=inside, member__posts__superseded_at__isnull=True,
                member__posts__ends_on__isnull=True)
        )
    return accounts.order_by("name", "pk")


class Hearers:
    """Whom a reminder may go to when it is for everybody: accounts and their organisations are looked up once each."""

    def __init__(self, *, on):
        self._on, self._found, self._lines = on, {}, {}

    def with_role(self, opinion, role):
        """Keys of the accounts with the role over the whole tree that are not of the line."""
        key = (role, opinion.organization_id)
        if key not in self._found:
            grants = grants_of([role], on=self._on, user=None)
            held = {grant.user_id for grant in grants if grant.organization_id == opinion.organization_id}
            self._found[key] = list(User.objects.filter(pk__in=held).order_by("pk"))
        return self._outside(self._found[key], opinion.about)

    def handlers(self, opinion):
        """Keys of the accounts that deal with it and are not of the line."""
        if opinion.handler_account:
            return self._outside([opinion.handler_account], opinion.about)
        if opinion.handler_id not in self._found:
            self._found[opinion.handler_id] = list(accounts_of(opinion.handler, on=self._on))
        return self._outside(self._found[opinion.handler_id], opinion.about)

    def _outside(self, users, about):
        return [user.pk for user in users if user.is_active and not (about and self._is_inside(user, about))]

    def _is_inside(self, user, about):
        if user.pk not in self._lines:
            self._lines[user.pk] = list(organizations_of(user).values_list("path", flat=True))
        return any(path.startswith(about.path) for path in self._lines[user.pk])

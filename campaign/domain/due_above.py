"""Who hears of what waits for an organisation: those who act there; where nobody there can, those who lead the next one above.

Only of what those above may do in its stead: a reply or a report that nobody else may give is not told to others.
"""
from django.db.models import Exists, OuterRef, Q

from campaign.domain.due_sources import grants_of
from units import scope
from units.enums import Role
from units.models import RoleGrant

LEADS = (Role.SECRETARY, Role.COMMITTEE)


def rows_below(rows, roles, *, on, user):
    """The rows of the organisations for which `user` acts in one of `roles`, and, for those who lead, of organisations below
    where nobody does; all rows when it is for everybody. No query of its own."""
    if user is None:
        return rows
    grants = grants_of({*LEADS, *roles}, on=on, user=user)
    own = [grant.organization_id for grant in grants if grant.role in roles]
    there = RoleGrant.objects.in_force(on=on).filter(
        role__in=roles, organization=OuterRef("organization"), user__is_active=True
    )
    below = scope.within_any([grant.organization.path for grant in grants if grant.role in LEADS], "organization__")
    return rows.filter(Q(organization__in=own) | below & ~Exists(there))


class Hearers:
    """Of the organisations at `paths`: accounts with one of `roles` there, else with one of `above` over the nearest above.

    One query, or none for a `user` who acts in all of them.
    """

    def __init__(self, paths, roles, *, above=LEADS, on, user):
        self.roles, self.above, self.user = set(roles), set(above), user
        grants = grants_of(self.roles | self.above, on=on, user=user) if user else ()
        self.own = {(grant.organization.path, grant.role) for grant in grants}
        if user and all(any((path, role) in self.own for role in self.roles) for path in paths):
            found = [(path, role, user.pk) for path, role in self.own]
        else:
            found = self._on_the_way(paths, on)
        self.holders = {}
        for path, role, account in found:
            self.holders.setdefault(path, set()).add((role, account))

    def _on_the_way(self, paths, on):
        """(path, role, account) of the organisations and of all above them."""
        up = {path[:end] for path in paths for end in range(scope.STEP, len(path) + 1, scope.STEP)}
        rows = RoleGrant.objects.in_force(on=on).filter(
            role__in=self.roles | self.above, organization__path__in=up, user__is_active=True
        )
        return rows.values_list("organization__path", "role", "user_id") if up else ()

    def of(self, path, besides=()):
        """(accounts in order, whether they act from above); `besides` are accounts that may not do it themselves."""
        for end in range(len(path), 0, -scope.STEP):
            here = path[:end]
            roles = self.roles if here == path else self.above
            found = [pair for pair in self.holders.get(here, ()) if pair[0] in roles and pair[1] not in besides]
            if found:
                return sorted({account for role, account in found if self._is_meant(here, role, account)}), here != path
        return [], False

    def _is_meant(self, path, role, account):
        """Everybody; or the one asked for, in a role that counts for them now."""
        return self.user is None or account == self.user.pk and (path, role) in self.own

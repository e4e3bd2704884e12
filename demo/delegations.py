"""The demo's committee is away for two weeks, and the demo's secretary stands in. All persons are invented."""
from datetime import date

from django.utils import timezone

from units.domain.delegations import delegate
from units.enums import Role
from units.models import RoleGrant, User

LAST_DAY = date(2011, 6, 24)


def write_delegations(*, now):
    committee, secretary = (User.objects.get(username=role.value) for role in (Role.COMMITTEE, Role.SECRETARY))
    day = timezone.localdate(now)
    grant = RoleGrant.objects.in_force(on=day).filter(user=committee, role=Role.COMMITTEE).first()
    if grant:
        delegate(
            grant, user=secretary, starts_on=day, ends_on=LAST_DAY, reason="到基层调研两周。", by=committee, at=now, on=day
        )

"""Busy periods that two units have marked: an audit of the demo's own unit in June, the end of the year of the whole body."""
from datetime import date

from campaign.domain.busy_periods import mark_busy
from units.enums import Role
from units.models import User


def write_busy_periods(cast, *, now):
    """The committee marks the audit, the secretary of the first branch its own inventory."""
    committee, secretary = (User.objects.get(username=role.value) for role in (Role.COMMITTEE, Role.SECRETARY))
    mark_busy(
        committee.main_grant.organization, title="审计", starts_on=date(2011, 6, 20), ends_on=date(2011, 6, 24),
        by=committee, at=now, on=now.date(),
    )
    mark_busy(
        secretary.main_grant.organization, title="半年结账", starts_on=date(2011, 6, 28), ends_on=date(2011, 7, 5), by=secretary,
        at=now, on=now.date(),
    )

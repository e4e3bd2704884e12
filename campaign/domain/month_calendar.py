"""One month of an organisation's agenda: the weeks with their days, and where duties collide."""
import calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from campaign.domain.agenda import Entry, agenda
from campaign.domain.collisions import BusyHit, FullWeek, busy_hits, full_weeks
from campaign.models import BusyPeriod

SHOWN = 3  # in a cell of the table; the list by weeks below shows all


@dataclass(frozen=True)
class CalendarDay:
    """`busy` are the periods that cover it."""

    on: date
    in_month: bool
    entries: list[Entry] = field(default_factory=list)
    busy: list[BusyPeriod] = field(default_factory=list)

    @property
    def shown(self):
        return self.entries[:SHOWN]

    @property
    def more(self):
        return len(self.entries) - len(self.shown)


@dataclass(frozen=True)
class CalendarWeek:
    """Seven days from Monday; `full` warns of too many duties, `hits` of duties in busy periods."""

    days: list[CalendarDay]
    full: FullWeek | None
    hits: list[BusyHit]

    @property
    def monday(self):
        return self.days[0].on

    @property
    def sunday(self):
        return self.days[-1].on

    @property
    def filled(self):
        return [day for day in self.days if day.entries]


@dataclass(frozen=True)
class MonthCalendar:
    first: date
    last: date
    weeks: list[CalendarWeek]

    @property
    def previous(self):
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self):
        return self.last + timedelta(days=1)

    @property
    def total(self):
        return sum(len(day.entries) for week in self.weeks for day in week.days if day.in_month)


def month_calendar(campaign, organization, first, *, user):
    """The month that begins on `first`, in whole weeks, as `user` may see it; the agenda's queries and one."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    dates = calendar.Calendar().monthdatescalendar(first.year, first.month)
    entries = agenda(campaign, [organization.pk], dates[0][0], dates[-1][-1], user=user)
    periods = list(BusyPeriod.objects.of(organization).between(dates[0][0], dates[-1][-1]).order_by("starts_on", "pk"))
    by_day = defaultdict(list)
    for entry in entries:
        by_day[entry.on].append(entry)
    full = {week.monday: week for week in full_weeks(entries)}
    hits = busy_hits(entries, periods)
    weeks = [
        CalendarWeek(
            [
                CalendarDay(day, day.month == first.month, by_day[day], [period for period in periods if period.covers(day)])
                for day in week
            ],
            full.get(week[0]), [hit for hit in hits if week[0] <= hit.entry.on <= week[-1]],
        )
        for week in dates
    ]
    return MonthCalendar(first, last, weeks)

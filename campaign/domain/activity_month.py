"""One month of activities in weeks, as a calendar shows it."""
import calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

SHOWN_PER_DAY = 3  # a busy day of many branches says how many more there are, and leads to the list


@dataclass(frozen=True)
class Day:
    """One cell: the first activities of the day and how many there are in all; `in_month` False for its neighbours."""

    on: date
    in_month: bool
    activities: list = field(default_factory=list)
    total: int = 0

    @property
    def more(self):
        return self.total - len(self.activities)


@dataclass(frozen=True)
class Month:
    """`weeks` are lists of seven Days, Monday first; `first` and `last` are days of the month itself."""

    first: date
    last: date
    weeks: list
    total: int

    @property
    def previous(self):
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self):
        return self.last + timedelta(days=1)


def month_of(activities, first):
    """The Month that begins on `first`, with `activities` (a queryset); two queries however many there are."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    here = activities.between(first, last)
    totals = dict(here.values_list("happened_on").annotate(n=Count("pk")).order_by())
    turn = Window(RowNumber(), partition_by=F("happened_on"), order_by=[F("organization__path"), F("pk")])
    shown = here.annotate(turn=turn).filter(turn__lte=SHOWN_PER_DAY).select_related("organization", "kind")
    by_day = defaultdict(list)
    for activity in shown.order_by("happened_on", "turn"):
        by_day[activity.happened_on].append(activity)
    weeks = [
        [Day(day, day.month == first.month, by_day.get(day, []), totals.get(day, 0)) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(first, last, weeks, sum(totals.values()))

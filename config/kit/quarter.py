"""Quarters: progress of a promise is told once in each."""
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES = (gettext_lazy("第一季度"), gettext_lazy("第二季度"), gettext_lazy("第三季度"), gettext_lazy("第四季度"))


@dataclass(frozen=True, order=True)
class Quarter:
    """`number` is 1 to 4. Written in keys as 2011-Q2."""

    year: int
    number: int

    @property
    def first(self):
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self):
        return self.next.first - timedelta(days=1)

    @property
    def next(self):
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def code(self):
        return f"{self.year}-Q{self.number}"

    @property
    def title(self):
        return _("%(year)s年%(name)s") % {"year": self.year, "name": NAMES[self.number - 1]}

    def covers(self, day):
        return self.first <= day <= self.last


def quarter_of(day):
    """The quarter that `day` lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(first_day, last_day):
    """Every quarter from that of `first_day` to that of `last_day`, the oldest first; none when the days are reversed."""
    found, quarter = [], quarter_of(first_day)
    while quarter <= quarter_of(last_day):
        found.append(quarter)
        quarter = quarter.next
    return found

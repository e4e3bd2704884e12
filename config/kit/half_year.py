"""Half-years: reviews are due once in each (1—6月, 7—12月)."""
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class HalfYear:
    """`half` is 1 or 2. Written in addresses as 2011-1."""

    year: int
    half: int

    @property
    def first(self):
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self):
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def code(self):
        return f"{self.year}-{self.half}"

    @property
    def title(self):
        words = _("%(year)s年上半年") if self.half == 1 else _("%(year)s年下半年")
        return words % {"year": self.year}

    def covers(self, day):
        return self.first <= day <= self.last


def half_year_of(day):
    """The half-year that `day` lies in."""
    return HalfYear(day.year, 1 if day.month <= 6 else 2)


def half_years(first_day, last_day):
    """Every half-year from that of `first_day` to that of `last_day`, the newest first."""
    found, last = [half_year_of(first_day)], half_year_of(last_day)
    while found[-1] < last:
        newest = found[-1]
        found.append(HalfYear(newest.year, 2) if newest.half == 1 else HalfYear(newest.year + 1, 1))
    return found[::-1]

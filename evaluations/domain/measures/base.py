"""What every measure is: set-based numbers, the evidence behind them, and the sentence that tells both (3-scoring)."""
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from campaign.enums import Track
from config.kit.numbers import points_text
from evaluations.domain.measures import parameters as schema_of


@dataclass(frozen=True)
class Reading:
    """What is read: facts of one campaign that happened by `as_of`, as the system knew them at `known_at`.

    `windows` names the first and last day of each window a measure may ask for, as ISO text.
    """

    campaign_id: int
    as_of: date
    known_at: datetime
    windows: dict

    @property
    def values(self):
        """The values every measure's SQL may use, in the database's own spelling."""
        adapt = connection.ops
        return {
            "campaign": self.campaign_id,
            "as_of": adapt.adapt_datefield_value(self.as_of),
            "known_at": adapt.adapt_datetimefield_value(self.known_at),
        }

    def window(self, name):
        """First and last day of the window, in the database's own spelling."""
        first, last = (date.fromisoformat(day) for day in self.windows[name])
        adapt = connection.ops.adapt_datefield_value
        return {"first": adapt(first), "last": adapt(last)}


@dataclass(frozen=True)
class Evidence:
    """One row of evidence as a page shows it. `counts` says in words what it adds to the line."""

    title: str
    counts: str
    url: str = ""
    where: str = ""
    note: str = ""
    happened_on: date | None = None
    recorded_at: datetime | None = None

    @property
    def days_late(self):
        """Days from the event to its record, 0 when it was recorded in time or the times are not known."""
        if not (self.happened_on and self.recorded_at):
            return 0
        return max(0, (self.recorded_at.date() - self.happened_on).days)


def known(alias):
    """SQL: the version called `alias` counted at %(known_at)s."""
    return f"{alias}.recorded_at <= %(known_at)s AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > %(known_at)s)"


def place(alias, key):
    """SQL: the organisation whose `alias` (item or commitment, named `key`) was on the day it was due, as known at
    %(known_at)s: its own, unless that one had handed it over later than that day or is not known to have done so."""
    return f"""COALESCE((SELECT w.organization_id FROM campaign_formerplace w
        WHERE w.{key}_id = {alias}.id AND (w.moved_at > %(known_at)s OR w.until >= {alias}.due_on)
        ORDER BY w.moved_at, w.id LIMIT 1), {alias}.organization_id)"""


def among(column, codes, values, prefix):
    """SQL: `column` is one of `codes` (nothing at all when there are none, which means all); fills `values`."""
    if not codes:
        return ""
    names = [f"{prefix}_{number}" for number in range(len(codes))]
    values.update(zip(names, codes, strict=True))
    return f"AND {column} IN ({', '.join(f'%({name})s' for name in names)})"


def plain_number(value):
    """A count with thousands separators."""
    return f"{value:,}"


class Measure(ABC):
    """A kind of measure with its parameters, for one track and, where it counts what serves one, one criterion.

    A subclass gives `schema`, `facts_sql`, `told`, `absent` and `evidence`; it is pure data otherwise.
    """

    name = ""
    schema = ()
    of_subtree = True  # an organisation's facts are those of its whole subtree
    counts_rows = False  # the numerator is the number of evidence rows that count

    def __init__(self, parameters=None, *, track, criterion_code=""):
        """Raises InvalidParameters."""
        self.parameters = schema_of.clean(self.schema, parameters or {})
        self.track = track
        self.criterion_code = criterion_code

    @property
    def of_members(self):
        return self.track == Track.MEMBER

    def facts(self, reading, owners):
        """(SQL, values) of one row per fact: owner, fact, happened_on, numerator, denominator.

        `owners` is a table or subselect with one column `owner`: organisations, or members on the members' track.
        """
        values = reading.values
        return self.facts_sql(reading, owners, values), values

    @abstractmethod
    def facts_sql(self, reading, owners, values):
        """The SELECT of `facts`; adds what it needs to `values`."""

    # From rows to numbers: sums, unless a subclass says otherwise ------------------------------------
    numerator_sql = "CAST(SUM(f.numerator) AS bigint)"
    denominator_sql = "CAST(SUM(f.denominator) AS bigint)"
    always = 0  # the denominator of a subject that has other facts, but none for this measure

    @property
    def total_values(self):
        """Values that the two expressions above need."""
        return {}

    # Words ------------------------------------------------------------------------------------------
    @abstractmethod
    def told(self, numerator, denominator):
        """What was counted, as the first half of the sentence."""

    @abstractmethod
    def absent(self):
        """Why the measure does not apply."""

    def fraction(self, numerator, denominator):
        return f"{plain_number(numerator)} ÷ {plain_number(denominator)}"

    def sentence(self, numerator, denominator, available, points):
        """The sentence with its arithmetic, e.g. "4 次中完成 3 次：3 ÷ 4 × 10 分 = 7.5 分。" """
        if not denominator:
            return self.absent()
        return _("%(told)s：%(fraction)s × %(available)s 分 = %(points)s 分。") % {
            "told": self.told(numerator, denominator),
            "fraction": self.fraction(numerator, denominator),
            "available": points_text(available),
            "points": points_text(points),
        }

    @abstractmethod
    def evidence(self, rows, user):
        """[Evidence] for `rows` of (fact, happened_on, numerator, denominator), cut to what `user` may see."""

    def hidden(self, happened_on, counts):
        """A row the user may not open; it still counts, so that the sums on the page are right."""
        return Evidence(title=_("不在您查看范围内的一条记录"), counts=counts, happened_on=happened_on)

"""Figures of an appraisal: shares that add up to 100 %, satisfaction by a named formula, and what is too small to show.

A cell is one group's answers to one item. It is shown from five rated answers up, and only if no smaller group can be
worked out from it (4-trust §2): where one of the two audiences is too small, both are hidden and only their sum stands.
"""
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from config.kit.numbers import largest_remainder, share_in_tenths
from evaluations.domain.measures.satisfied import RETURNED_LEAST, RETURNED_PERCENT, SMALLEST_GROUP
from evaluations.enums import Audience, SatisfactionFormula

GRADES = ("satisfied", "fairly", "basically", "dissatisfied")
ANSWERS = (*GRADES, "unknown")
WHOLE = "all"
GROUPS = ((WHOLE, _("全体")), *Audience.choices)


@dataclass(frozen=True)
class Tally:
    """Answers of one group: four grades and 不了解, which never counts."""

    satisfied: int = 0
    fairly: int = 0
    basically: int = 0
    dissatisfied: int = 0
    unknown: int = 0

    def __add__(self, other):
        return Tally(*(getattr(self, name) + getattr(other, name) for name in ANSWERS))

    @property
    def grades(self):
        return [getattr(self, name) for name in GRADES]

    @property
    def rated(self):
        """Answers that count."""
        return sum(self.grades)


def satisfaction(tally, formula):
    """(numerator, denominator) of the named formula; (0, 0) when nobody rated."""
    if formula == SatisfactionFormula.TOP1:
        return tally.satisfied, tally.rated
    if formula == SatisfactionFormula.TOP2:
        return tally.satisfied + tally.fairly, tally.rated
    return 100 * tally.satisfied + 80 * tally.fairly + 60 * tally.basically, 100 * tally.rated


def shown_groups(members, masses):
    """The groups of one item that may be shown, as a set of group names; groups nobody rated in are left out."""
    sizes = {WHOLE: (members + masses).rated, Audience.MEMBERS: members.rated, Audience.MASSES: masses.rated}
    present = {group for group, size in sizes.items() if size}
    small = {group for group in present if sizes[group] < SMALLEST_GROUP}
    if small & {Audience.MEMBERS, Audience.MASSES}:
        return present - small - {Audience.MEMBERS, Audience.MASSES}
    return present - small


@dataclass(frozen=True)
class Cell:
    """One group's answers to one item, as the page shows them; `is_shown` False hides every figure."""

    group: str
    label: object
    tally: Tally
    is_shown: bool
    formula: str

    @property
    def shares(self):
        """The four grades in tenths of a percent; they add up to 1000."""
        return largest_remainder(self.tally.grades, 1000)

    @property
    def bars(self):
        """(class, x, width) in percent of the four grades for the picture."""
        drawn, start = [], 0
        for place, share in enumerate(self.shares):
            if share:
                drawn.append((f"g{place}", f"{start / 10:.1f}", f"{share / 10:.1f}"))
            start += share
        return drawn

    @property
    def fraction(self):
        return satisfaction(self.tally, self.formula)

    @property
    def tenths(self):
        """Satisfaction in tenths of a percent (of a point, by the weighted formula)."""
        return share_in_tenths(*self.fraction)


@dataclass(frozen=True)
class ItemRow:
    """One item with its three groups: all, members, masses."""

    item: str
    title: object
    cells: tuple

    @property
    def whole(self):
        return self.cells[0]


def item_rows(counts, items, formula):
    """[ItemRow] of the AppraisalCount rows `counts` of one subject, in the order of `items`."""
    tallies = {(count.item, count.audience): Tally(*(getattr(count, name) for name in ANSWERS)) for count in counts}
    rows = []
    for item in items:
        members, masses = (tallies.get((item.value, audience.value), Tally()) for audience in Audience)
        rows.append(_row(item.value, item.label, members, masses, shown_groups(members, masses), formula))
    return rows


def overall_row(rows, formula):
    """The items taken together; a group is shown when each of its items is, so nothing hidden can be worked out."""
    summed = {group: Tally() for group, _label in GROUPS}
    hidden, present = set(), set()
    for row in rows:
        for cell in row.cells:
            summed[cell.group] += cell.tally
            if cell.tally.rated:
                present.add(cell.group)
                if not cell.is_shown:
                    hidden.add(cell.group)
    return _row("", _("综合"), summed[Audience.MEMBERS], summed[Audience.MASSES], present - hidden, formula)


def _row(item, title, members, masses, shown, formula):
    tallies = {WHOLE: members + masses, Audience.MEMBERS: members, Audience.MASSES: masses}
    return ItemRow(item, title, tuple(
        Cell(group, label, tallies[group], group in shown, formula) for group, label in GROUPS
    ))


@dataclass(frozen=True)
class Turnout:
    """Sheets issued and returned of one group."""

    group: str
    label: object
    issued: int
    returned: int

    @property
    def tenths(self):
        return share_in_tenths(self.returned, self.issued)

    @property
    def percent(self):
        return 100 * self.returned // self.issued if self.issued else 0


def turnout_rows(turnouts):
    """[Turnout] of all and of both audiences."""
    numbers = {turnout.audience: (turnout.issued, turnout.returned) for turnout in turnouts}
    each = [Turnout(audience.value, audience.label, *numbers.get(audience.value, (0, 0))) for audience in Audience]
    return [Turnout(WHOLE, _("全体"), sum(t.issued for t in each), sum(t.returned for t in each)), *each]


def validity(whole):
    """The two conditions of validity (1-domain, Appraisal) for the turnout of all, as components/_gate_list.html takes them."""
    return [
        {"ok": whole.issued > 0 and whole.returned * 100 >= RETURNED_PERCENT * whole.issued,
         "text": _("回收率满 %(percent)s%%") % {"percent": RETURNED_PERCENT}},
        {"ok": whole.returned >= RETURNED_LEAST, "text": _("填答满 %(least)s 人") % {"least": RETURNED_LEAST}},
    ]


def is_valid(turnouts):
    """Whether an appraisal with these AppraisalTurnout rows counts."""
    return all(condition["ok"] for condition in validity(turnout_rows(turnouts)[0]))

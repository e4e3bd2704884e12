"""Figures of an appraisal: shares that add up to 100 %, satisfaction by a named formula, and what is too small to show.

A cell is one group's answers to one item. It is shown from five rated answers up, and only if no smaller group, of those
who rated or of those who answered at all, can be worked out from it (4-trust §2, disclosure.py): where one of two
audiences is too small, both are hidden and only their sum stands. 全体 is everybody who was asked, superiors included:
the formula of every figure says so.
"""
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from config.kit.numbers import largest_remainder, share_in_tenths
from evaluations.domain.disclosure import Group, published
from evaluations.domain.measures.satisfied import RETURNED_LEAST, RETURNED_PERCENT, SMALLEST_GROUP
from evaluations.enums import USUAL_AUDIENCES, Audience, SatisfactionFormula
from evaluations.models import AppraisalTurnout

GRADES = ("satisfied", "fairly", "basically", "dissatisfied")
ANSWERS = (*GRADES, "unknown")
WHOLE = "all"
LABELS = {WHOLE: _("全体"), **dict(Audience.choices)}


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


def audiences_of(turnouts):
    """[Audience] that stand apart on a result: those who were asked; 党员 and 群众 unless others take the masses' place."""
    asked = {turnout.audience for turnout in turnouts if turnout.issued}
    if not asked - {Audience.MEMBERS}:
        asked |= {audience.value for audience in USUAL_AUDIENCES}
    return [audience for audience in Audience if audience.value in asked | {Audience.MEMBERS.value}]


def shown_groups(tallies):
    """The groups of one item that may be shown, as a set of group names, of {audience: Tally}; empty ones are left out."""
    return _published(tallies, lambda tally: tally.rated) & _published(tallies, lambda tally: tally.rated + tally.unknown)


def _published(tallies, size):
    each = [Group(audience, size(tally)) for audience, tally in tallies.items()]
    return published(Group(WHOLE, sum(group.size for group in each), each), SMALLEST_GROUP)


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
    """One item with its groups: all, then each audience."""

    item: str
    title: object
    cells: tuple

    @property
    def whole(self):
        return self.cells[0]


def item_rows(counts, items, formula, audiences=USUAL_AUDIENCES):
    """[ItemRow] of the AppraisalCount rows `counts` of one subject, in the order of `items`, with a cell for each audience
    of `audiences` and for any other that answered."""
    tallies = {(count.item, count.audience): Tally(*(getattr(count, name) for name in ANSWERS)) for count in counts}
    answered = {audience for _item, audience in tallies}
    apart = [audience.value for audience in Audience if audience in audiences or audience.value in answered]
    rows = []
    for item in items:
        each = {audience: tallies.get((item.value, audience), Tally()) for audience in apart}
        rows.append(_row(item.value, item.label, each, shown_groups(each), formula))
    return rows


def overall_row(rows, formula):
    """The items taken together; a group is shown when each of its items is, so nothing hidden can be worked out."""
    summed = {cell.group: Tally() for cell in rows[0].cells}
    hidden, present = set(), set()
    for row in rows:
        for cell in row.cells:
            summed[cell.group] += cell.tally
            if cell.tally.rated:
                present.add(cell.group)
                if not cell.is_shown:
                    hidden.add(cell.group)
    del summed[WHOLE]
    return _row("", _("综合"), summed, present - hidden, formula)


def _row(item, title, each, shown, formula):
    tallies = {WHOLE: sum(each.values(), Tally()), **each}
    return ItemRow(item, title, tuple(
        Cell(group, LABELS[group], tally, group in shown, formula) for group, tally in tallies.items()
    ))


@dataclass(frozen=True)
class Turnout:
    """Sheets issued and returned of one group."""

    group: str
    label: object
    issued: int
    returned: int
    is_shown: bool = True

    @property
    def tenths(self):
        return share_in_tenths(self.returned, self.issued)

    @property
    def percent(self):
        return 100 * self.returned // self.issued if self.issued else 0


def turnout_rows(turnouts):
    """[Turnout] of all and of each audience; what came back of a group is shown as its answers are."""
    turnouts = list(turnouts)
    numbers = {turnout.audience: (turnout.issued, turnout.returned) for turnout in turnouts}
    each = {audience: numbers.get(audience.value, (0, 0)) for audience in audiences_of(turnouts)}
    issued, returned = (sum(pair[place] for pair in each.values()) for place in (0, 1))
    back = [Group(audience, pair[1]) for audience, pair in each.items()]
    told = published(Group(WHOLE, returned, back), SMALLEST_GROUP) | {audience for audience in each if not each[audience][1]}
    return [
        Turnout(WHOLE, LABELS[WHOLE], issued, returned, WHOLE in told or not returned),
        *(Turnout(audience.value, audience.label, *pair, audience in told) for audience, pair in each.items()),
    ]


def too_few_returned():
    """Keys of the appraisals of which so few sheets came back that their number points at somebody: they are left out where
    sheets of several appraisals are added up, so that no sum tells it either. None at all points at nobody."""
    sums = AppraisalTurnout.objects.order_by().values("appraisal").annotate(back=Sum("returned"))
    return sums.filter(back__gt=0, back__lt=SMALLEST_GROUP).values("appraisal")


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

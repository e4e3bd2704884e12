"""Figures of an appraisal: shares add up, formulas are named, and nothing small can be seen or worked out."""
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.domain.appraisal_figures import (
    SMALLEST_GROUP,
    WHOLE,
    Tally,
    is_valid,
    item_rows,
    overall_row,
    satisfaction,
    shown_groups,
    turnout_rows,
    validity,
)
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, Audience, SatisfactionFormula

TALLIES = st.builds(Tally, *[st.integers(0, 12)] * 5)
ITEMS = SHEET_ITEMS[AppraisalSheet.ORGANIZATION]
MEMBERS, MASSES = Audience.MEMBERS.value, Audience.MASSES.value


def counts(members, masses, items=ITEMS):
    """Rows as the database gives them, the same for every item."""
    return [
        SimpleNamespace(item=item.value, audience=audience, **vars(tally))
        for item in items for audience, tally in ((MEMBERS, members), (MASSES, masses))
    ]


@pytest.mark.parametrize(
    ("formula", "fraction", "tenths"),
    [
        (SatisfactionFormula.TOP1, (17, 32), 531),
        (SatisfactionFormula.TOP2, (29, 32), 906),
        (SatisfactionFormula.WEIGHTED, (2840, 3200), 888),
    ],
)
def test_satisfaction_by_its_formula(formula, fraction, tenths):
    tally = Tally(17, 12, 3, 0, 2)
    assert satisfaction(tally, formula) == fraction
    row = item_rows(counts(tally, Tally()), ITEMS, formula)[0]
    assert row.whole.tenths == tenths


@given(TALLIES)
def test_nobody_unsure_is_counted(tally):
    more = tally + Tally(unknown=7)
    for formula in SatisfactionFormula:
        assert satisfaction(more, formula) == satisfaction(tally, formula)


@given(TALLIES, TALLIES)
def test_shares_of_a_shown_cell_add_up_to_all(members, masses):
    for cell in item_rows(counts(members, masses), ITEMS, "top2")[0].cells:
        if cell.is_shown:
            assert sum(cell.shares) == 1000
            assert sum(round(10 * float(width)) for _name, _x, width in cell.bars) == 1000


@given(TALLIES, TALLIES)
def test_every_shown_cell_and_every_difference_of_shown_cells_is_large_enough(members, masses):
    shown = shown_groups(members, masses)
    sizes = {WHOLE: (members + masses).rated, MEMBERS: members.rated, MASSES: masses.rated}
    assert all(sizes[group] >= SMALLEST_GROUP for group in shown)
    for child in (MEMBERS, MASSES):
        if {WHOLE, child} <= shown:
            rest = sizes[WHOLE] - sizes[child]
            assert rest == 0 or rest >= SMALLEST_GROUP


@given(TALLIES, TALLIES)
def test_nothing_large_enough_is_hidden_without_need(members, masses):
    shown = shown_groups(members, masses)
    assert (WHOLE in shown) == ((members + masses).rated >= SMALLEST_GROUP)
    small = [size for size in (members.rated, masses.rated) if 0 < size < SMALLEST_GROUP]
    if not small:
        assert {group for group, tally in ((MEMBERS, members), (MASSES, masses)) if tally.rated} <= shown


@given(st.lists(st.tuples(TALLIES, TALLIES), min_size=5, max_size=5))
def test_the_total_lets_no_hidden_item_be_worked_out(tallies):
    rows_of = [row for item, pair in zip(ITEMS, tallies, strict=True) for row in counts(*pair, items=[item])]
    rows = item_rows(rows_of, ITEMS, "top2")
    for cell in overall_row(rows, "top2").cells:
        parts = [next(c for c in row.cells if c.group == cell.group) for row in rows]
        if cell.is_shown:
            assert all(part.is_shown for part in parts if part.tally.rated)


def test_fewer_than_five_hide_the_other_group_too():
    row = item_rows(counts(Tally(8, 5, 1), Tally(2, 1)), ITEMS, "top2")[0]
    assert [cell.is_shown for cell in row.cells] == [True, False, False]
    row = item_rows(counts(Tally(8, 5, 1), Tally()), ITEMS, "top2")[0]
    assert [cell.is_shown for cell in row.cells] == [True, True, False]
    row = item_rows(counts(Tally(2, 1, 1), Tally()), ITEMS, "top2")[0]
    assert [cell.is_shown for cell in row.cells] == [False, False, False]


def turnout(audience, issued, returned):
    return SimpleNamespace(audience=audience, issued=issued, returned=returned)


@pytest.mark.parametrize(
    ("issued", "returned", "conditions"),
    [(15, 12, [True, True]), (12, 10, [True, True]), (13, 10, [False, True]), (10, 9, [True, False]), (0, 0, [False, False])],
)
def test_an_appraisal_is_valid_from_80_percent_and_ten_raters(issued, returned, conditions):
    rows = turnout_rows([turnout(MEMBERS, issued, returned)])
    assert [condition["ok"] for condition in validity(rows[0])] == conditions
    assert is_valid([turnout(MEMBERS, issued, returned)]) == all(conditions)
    assert [condition["text"] for condition in validity(rows[0])] == ["回收率满 80%", "填答满 10 人"]


def test_turnout_of_all_is_the_sum():
    whole, members, masses = turnout_rows([turnout(MEMBERS, 15, 14), turnout(MASSES, 23, 20)])
    assert [(row.issued, row.returned, row.tenths) for row in (whole, members, masses)] == [
        (38, 34, 895), (15, 14, 933), (23, 20, 870)
    ]

"""Figures of an appraisal: shares add up, formulas are named, and nothing small can be seen or worked out."""
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.domain.appraisal_figures import (
    SMALLEST_GROUP,
    WHOLE,
    Tally,
    audiences_of,
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
    shown = shown_groups({MEMBERS: members, MASSES: masses})
    sizes = {WHOLE: (members + masses).rated, MEMBERS: members.rated, MASSES: masses.rated}
    assert all(sizes[group] >= SMALLEST_GROUP for group in shown)
    for child in (MEMBERS, MASSES):
        if {WHOLE, child} <= shown:
            rest = sizes[WHOLE] - sizes[child]
            assert rest == 0 or rest >= SMALLEST_GROUP


@given(TALLIES, TALLIES)
def test_nothing_large_enough_is_hidden_without_need(members, masses):
    shown = shown_groups({MEMBERS: members, MASSES: masses})
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


def test_five_audiences_stand_apart_and_the_usual_two_stay_where_nobody_else_was_asked():
    five = [turnout(audience.value, 10, 9) for audience in Audience]
    assert [row.label for row in turnout_rows(five)] == ["全体", "党员", "群众", "职工", "服务对象", "上级"]
    assert audiences_of([turnout(MEMBERS, 9, 9)]) == [Audience.MEMBERS, Audience.MASSES]
    assert audiences_of([turnout("staff", 9, 9), turnout("superiors", 6, 6)]) == [
        Audience.MEMBERS, Audience.STAFF, Audience.SUPERIORS
    ]


def test_of_three_audiences_the_large_one_stays_when_the_small_ones_are_enough_together():
    rows = [SimpleNamespace(item=ITEMS[0].value, audience=audience, **vars(Tally(satisfied=number)))
            for audience, number in ((MEMBERS, 12), ("staff", 3), ("served", 4))]
    row = item_rows(rows, ITEMS[:1], "top2", [Audience.MEMBERS])[0]
    assert [(cell.group, cell.is_shown) for cell in row.cells] == [
        (WHOLE, True), (MEMBERS, True), ("staff", False), ("served", False)
    ]
    assert row.whole.tally.satisfied == 19


@pytest.mark.parametrize(
    ("back", "shown"), [((14, 6), [True, True, True]), ((14, 3), [True, False, False]), ((14, 0), [True, True, True]),
                        ((2, 1), [False, False, False])]
)
def test_what_came_back_of_a_small_group_is_told_no_more_than_its_answers(back, shown):
    rows = turnout_rows([turnout(MEMBERS, 15, back[0]), turnout(MASSES, 8, back[1])])
    assert [row.is_shown for row in rows] == shown

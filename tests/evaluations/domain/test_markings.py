"""Assessors' marks: limits, reasons, totals in points, and versions."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kit.facts import FactSuperseded
from evaluations.domain import markings
from evaluations.domain.markings import MarkLine, totals_of
from evaluations.models import Marking, SheetItem
from tests.factories.evaluations import POINT, SheetItemFactory


@pytest.fixture
def items(campaign):
    """Two items: 30 points without a bonus, 50 points with at most 5."""
    return [
        SheetItemFactory(campaign=campaign, code="O1", title="班子学习", maximum=30 * POINT),
        SheetItemFactory(campaign=campaign, code="O4", title="中心工作完成", maximum=50 * POINT, bonus_cap=5 * POINT),
    ]


@pytest.fixture
def give(campaign, branch, items, committee, at, today):
    def make(lines=None, **changes):
        lines = [MarkLine(items[0], 28 * POINT, 25_000, 0, "少学一次"), MarkLine(items[1])] if lines is None else lines
        said = {"campaign": campaign, "organization": branch, "happened_on": today, "lines": lines, "by": committee}
        return markings.give_marks(**said | changes, at=at, on=today)

    return make


def test_marks_are_written_for_every_item(give, committee, branch):
    marking = give()
    assert (marking.organization, marking.assessor, marking.stands) == (branch, committee, True)
    assert {m.item_code: (m.self_points, m.deduction, m.bonus, m.reason) for m in marking.marks.all()} == {
        "O1": (280_000, 25_000, 0, "少学一次"), "O4": (None, 0, 0, "")
    }


@pytest.mark.parametrize(
    ("item", "marks", "message"),
    [
        (0, {"deduction": 30 * POINT + 1, "reason": "x"}, "“班子学习”扣分不能超过满分 30 分。"),
        (0, {"bonus": 1, "reason": "x"}, "“班子学习”没有加分。"),
        (1, {"bonus": 5 * POINT + 1, "reason": "x"}, "“中心工作完成”加分不能超过 5 分。"),
        (1, {"self_points": 55 * POINT + 1}, "“中心工作完成”自评不能超过 55 分。"),
        (0, {"deduction": 1, "reason": " "}, "“班子学习”有扣分或加分，请写理由。"),
        (1, {"bonus": 1}, "“中心工作完成”有扣分或加分，请写理由。"),
    ],
)
def test_what_cannot_be_marked(item, marks, message, give, items):
    with pytest.raises(markings.MarksWrong) as refused:
        give([MarkLine(items[item], **marks)])
    assert refused.value.message == message
    assert not Marking.objects.exists()


def test_the_limits_themselves_are_allowed(give, items):
    lines = [
        MarkLine(items[0], deduction=30 * POINT, reason="x"), MarkLine(items[1], 55 * POINT, bonus=5 * POINT, reason="x")
    ]
    assert [line.points for line in lines] == [0, 55 * POINT]
    assert give(lines).marks.count() == 2


@pytest.mark.parametrize(
    ("day", "message"),
    [(datetime.date(2011, 6, 11), "考评日期不能晚于今天。"), (datetime.date(2010, 5, 31), "考评日期要在活动期间。")],
)
def test_days_that_cannot_be(day, message, give):
    with pytest.raises(markings.WrongMarkingDay) as refused:
        give(happened_on=day)
    assert refused.value.message == message


def test_nobody_marks_the_own(give, secretary, branch_members):
    with pytest.raises(markings.OwnMarking) as refused:
        give(by=secretary)
    assert refused.value.message == "不能给本单位打分。"
    with pytest.raises(markings.OwnMarking) as refused:
        give(by=secretary, member=branch_members[0])
    assert refused.value.message == "不能给自己打分。"


def test_without_a_sheet_nothing_is_marked(give):
    with pytest.raises(markings.NoSheet) as refused:
        give([])
    assert refused.value.message == "还没有考评表，请先在“条件与指标”里设置。"


def test_a_correction_is_a_new_version(give, items, committee, at, today):
    marking = give()
    said = {"happened_on": today, "lines": [MarkLine(items[0]), MarkLine(items[1])], "by": committee, "on": today}
    with pytest.raises(markings.MarkingReasonMissing) as refused:
        markings.correct_marks(marking, **said, reason="", at=at)
    assert refused.value.message == "请写一句更正的原因。"
    later = at + datetime.timedelta(hours=1)
    newer = markings.correct_marks(marking, **said, reason="补了记录", at=later)
    assert (newer.lineage, newer.supersedes, newer.assessor) == (marking.lineage, marking, committee)
    assert Marking.objects.known_at(at).get() == marking
    with pytest.raises(FactSuperseded):
        markings.withdraw_marks(marking, reason="x", by=committee, at=later)
    markings.withdraw_marks(newer, reason="重复", by=committee, at=later)
    assert not Marking.objects.standing().exists()


def test_a_sheet_is_read_as_it_was_when_marked(give, items, at):
    marking = give()
    later = at + datetime.timedelta(days=1)
    SheetItem.objects.filter(pk=items[0].pk).update(superseded_at=later)
    SheetItemFactory(
        campaign=items[0].campaign, code="O1", title="新的叫法", maximum=10 * POINT, lineage=items[0].lineage, recorded_at=later
    )
    assert markings.lines_of(marking)[0].item == items[0]
    assert markings.totals_of(markings.lines_of(marking)) == markings.Totals(80 * POINT, 775_000, None)
    assert [item.title for item in markings.sheet_of(items[0].campaign)] == ["中心工作完成", "新的叫法"]


@given(st.lists(st.tuples(st.integers(0, 60 * POINT), st.integers(0, 9 * POINT)), min_size=1, max_size=6))
def test_points_stay_between_zero_and_the_maximum_with_its_bonus(marks):
    item = SheetItem(code="O1", title="班子学习", maximum=50 * POINT, bonus_cap=5 * POINT)
    lines = [MarkLine(item, None, deduction, bonus) for deduction, bonus in marks]
    assert all(0 <= line.points <= 55 * POINT for line in lines)
    assert totals_of(lines).points == sum(line.points for line in lines)


def test_the_self_assessment_has_a_total_only_when_it_is_whole():
    item = SheetItem(code="O1", title="班子学习", maximum=50 * POINT)
    assert totals_of([MarkLine(item, 3), MarkLine(item, 4)]).self_points == 7
    assert totals_of([MarkLine(item, 3), MarkLine(item)]).self_points is None
    assert totals_of([]).self_points is None

"""Sheets change by versions: every refusal with its sentence, and what was marked keeps the sheet of its time."""
import datetime

import pytest

from evaluations.domain import sheet_items
from evaluations.domain.indicators import NoRuleChanged, RuleReasonMissing
from evaluations.domain.markings import sheet_of
from evaluations.domain.sheet_items import ItemText
from evaluations.models import SheetItem
from tests.factories.evaluations import POINT, IndicatorFactory, SheetItemFactory
from units.models import HistoryEntry


@pytest.fixture
def items(campaign):
    return [
        SheetItemFactory(campaign=campaign, code="O1", title="班子学习", maximum=30 * POINT, position=0),
        SheetItemFactory(campaign=campaign, code="O2", title="中心工作", maximum=50 * POINT, bonus_cap=5 * POINT, position=1),
    ]


def text_of(item, **changes):
    said = {name: getattr(item, name) for name in sheet_items.TEXTS}
    return ItemText(**said | changes, standing=item)


@pytest.fixture
def revise(campaign, office, at):
    def make(rows, reason="按通知调整", track="organization"):
        return sheet_items.revise_items(campaign, track, rows, reason=reason, by=office, at=at)

    return make


def test_only_what_changes_gets_a_new_version(items, revise, campaign, office, at):
    first, second = items
    changed = revise([text_of(first, maximum=40 * POINT, text="少学一次扣 2 分。"), text_of(second)])
    assert [(one.code, one.maximum, one.lineage, one.recorded_by, one.change_reason) for one in changed] == [
        ("O1", 40 * POINT, first.lineage, office, "按通知调整")
    ]
    assert [item.maximum for item in sheet_of(campaign)] == [40 * POINT, 50 * POINT]
    before = sheet_of(campaign, known_at=at - datetime.timedelta(seconds=1))
    assert [item.maximum for item in before] == [30 * POINT, 50 * POINT]
    assert HistoryEntry.objects.filter(verb="revise", subject_type="evaluations.SheetItem").count() == 1


def test_adding_and_removing(items, revise, campaign):
    first, _second = items
    revise([text_of(first), ItemText("联系群众", 20 * POINT, verification="走访"), ItemText("制度执行", 10 * POINT)])
    found = [(item.code, item.title) for item in sheet_of(campaign)]
    assert found == [("O1", "班子学习"), ("O3", "联系群众"), ("O4", "制度执行")]


def test_a_code_is_never_used_again(items, revise, campaign, at):
    SheetItem.objects.filter(code="O2").update(superseded_at=at)
    revise([text_of(items[0]), ItemText("新的", 20 * POINT)])
    assert [item.code for item in sheet_of(campaign)] == ["O1", "O3"]


def test_the_other_track_is_left_alone(items, revise, campaign):
    revise([ItemText("遵守纪律", 100 * POINT)], track="member")
    assert set(SheetItem.objects.standing().values_list("track", "code")) == {
        ("organization", "O1"), ("organization", "O2"), ("member", "M1")
    }


@pytest.mark.parametrize(
    ("changes", "refusal", "sentence"),
    [
        ({"maximum": 0}, sheet_items.ItemPointsWrong, "“班子学习”的满分应大于 0，不超过 100 分。"),
        ({"maximum": 100 * POINT + 1}, sheet_items.ItemPointsWrong, "“班子学习”的满分应大于 0，不超过 100 分。"),
        ({"bonus_cap": 31 * POINT}, sheet_items.ItemPointsWrong, "“班子学习”的加分上限不能超过满分。"),
        ({"title": "中心工作"}, sheet_items.ItemTwice, "“中心工作”写了两次，请改一个名称。"),
        ({}, NoRuleChanged, "没有改动。"),
    ],
)
def test_what_cannot_be_is_refused(changes, refusal, sentence, items, revise):
    with pytest.raises(refusal) as refused:
        revise([text_of(items[0], **changes), text_of(items[1])])
    assert str(refused.value.message) == sentence
    assert SheetItem.objects.standing().count() == SheetItem.objects.count() == 2


def test_a_reason_is_asked_for(items, revise):
    with pytest.raises(RuleReasonMissing) as refused:
        revise([text_of(items[0], title="学习"), text_of(items[1])], reason="  ")
    assert str(refused.value.message) == "请写一句为什么改。"


def test_an_item_that_an_indicator_counts_stays(items, revise, campaign, at):
    counting = IndicatorFactory(campaign=campaign, title="学习考评", measure="marked", parameters={"items": ["O1"]})
    with pytest.raises(sheet_items.ItemCounted) as refused:
        revise([text_of(items[1])])
    assert str(refused.value.message) == "“班子学习”还在指标“学习考评”里计分，请先修订那项指标。"
    type(counting).objects.filter(pk=counting.pk).update(superseded_at=at)
    assert [item.code for item in revise([text_of(items[1])])] == ["O1"]

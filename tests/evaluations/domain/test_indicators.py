"""Rules change by versions: points add up to 100, reasons are given, and earlier moments keep their rules."""
import datetime

import pytest

from config.kit.facts import FactSuperseded
from evaluations.domain import indicators
from evaluations.domain.indicator_words import ParameterWords
from evaluations.domain.indicators import IndicatorText
from evaluations.domain.measures import InvalidParameters
from evaluations.models import Band, Gate, Indicator
from tests.factories.campaign import CriterionFactory
from tests.factories.evaluations import POINT, GateFactory, IndicatorFactory, SheetItemFactory, standard_bands
from units.enums import Category


@pytest.fixture
def criterion(campaign):
    return CriterionFactory(campaign=campaign, code="G1", title="班子建设好")


@pytest.fixture
def standing(campaign, criterion):
    """60 points for lectures, 40 for promises kept."""
    lectures = {"kinds": ["party_lecture"], "target": 1, "window": "phase"}
    return [
        IndicatorFactory(campaign=campaign, code="G1-1", title="讲党课", points=60, parameters=lectures, position=0),
        IndicatorFactory(
            campaign=campaign, code="G1-2", title="承诺", points=40, measure="kept", parameters={"of": "all"}, position=1
        ),
    ]


def text_of(indicator, **changes):
    said = {name: getattr(indicator, name) for name in ("title", "points", "source", "measure", "parameters", "category")}
    return IndicatorText(**said | changes, standing=indicator)


@pytest.fixture
def revise(campaign, criterion, office, at):
    def make(rows, reason="按通知调整", moment=at):
        return indicators.revise_indicators(campaign, criterion, rows, reason=reason, by=office, at=moment)

    return make


def test_only_what_changes_gets_a_new_version(standing, revise, office, at):
    first, second = standing
    changed = revise([text_of(first, points=60, title="领导干部讲党课"), text_of(second)])
    assert [(one.title, one.lineage, one.change_reason, one.recorded_by) for one in changed] == [
        ("领导干部讲党课", first.lineage, "按通知调整", office)
    ]
    second.refresh_from_db()
    assert second.stands
    before = Indicator.objects.known_at(at - datetime.timedelta(seconds=1)).order_by("code")
    assert [one.title for one in before] == ["讲党课", "承诺"]


def test_points_have_to_add_up(standing, revise):
    first, second = standing
    with pytest.raises(indicators.PointsDoNotAddUp) as refused:
        revise([text_of(first, points=55), text_of(second)])
    assert refused.value.message == "条件“班子建设好”的指标分值合计 95 分，应为 100 分。"
    with pytest.raises(indicators.PointsDoNotAddUp):
        revise([])
    assert all(one.stands for one in Indicator.objects.all())


def test_they_add_up_for_every_category(standing, revise):
    first, second = standing
    own = IndicatorText("机关的", 40, "results", "kept", {}, category=Category.ORGAN)
    with pytest.raises(indicators.PointsDoNotAddUp) as refused:
        revise([text_of(first), own])
    assert refused.value.message == "条件“班子建设好”的指标分值在直属事业单位合计 60 分，应为 100 分。"
    both = [IndicatorText("别的", 40, "results", "on_time", {}, category=c) for c in (Category.INSTITUTION, Category.SOCIETY)]
    assert len(revise([text_of(first), own, *both])) == 4  # three new ones, one taken away


def test_adding_and_removing(standing, revise, campaign):
    first, second = standing
    changed = revise([text_of(first), IndicatorText("按期完成", 40, "results", "on_time", {})])
    added = Indicator.objects.get(title="按期完成")
    second.refresh_from_db()
    assert set(changed) == {added, second}
    assert (added.code, added.position, added.criterion_code, second.stands) == ("G1-3", 2, "G1", False)
    again = revise([text_of(first), text_of(added, points=30), IndicatorText("又一项", 10, "results", "kept", {})])
    assert {one.code for one in again} == {"G1-3", "G1-4"}  # a code is never used for another indicator


def test_a_reason_and_a_change_are_needed(standing, revise):
    rows = [text_of(standing[0], title="新名"), text_of(standing[1])]
    with pytest.raises(indicators.RuleReasonMissing) as refused:
        revise(rows, reason=" ")
    assert refused.value.message == "请写一句为什么改。"
    with pytest.raises(indicators.NoRuleChanged) as refused:
        revise([text_of(one) for one in standing])
    assert refused.value.message == "没有改动。"


def test_parameters_are_checked_by_their_measure(standing, revise):
    first, second = standing
    with pytest.raises(InvalidParameters):
        revise([text_of(first, parameters={"target": 0}), text_of(second)])
    revise([text_of(first, parameters={"target": 2}), text_of(second)])
    assert Indicator.objects.standing().get(code="G1-1").parameters == {"kinds": [], "target": 2, "window": "campaign"}


def test_of_two_revisions_of_one_version_one_wins(standing, revise, at):
    first, second = standing
    revise([text_of(first, title="甲"), text_of(second)])
    with pytest.raises(FactSuperseded):
        revise([text_of(first, title="乙"), text_of(second)], moment=at + datetime.timedelta(minutes=1))
    assert Indicator.objects.standing().get(code="G1-1").title == "甲"


# Gates and bands ------------------------------------------------------------------------------
def test_a_gate_gets_another_line(campaign, office, at):
    gate = GateFactory(campaign=campaign, minimum=9_000, effect="cap", cap_band="plain")
    newer = indicators.revise_gate(gate, minimum=8_500, reason="按通知", by=office, at=at)
    assert (newer.minimum, newer.lineage, newer.cap_band, newer.code) == (8_500, gate.lineage, "plain", gate.code)
    for minimum, refusal, message in [
        (0, indicators.WrongLine, "限制线应大于 0，不超过 100%。"),
        (10_001, indicators.WrongLine, "限制线应大于 0，不超过 100%。"),
        (8_500, indicators.NoRuleChanged, "没有改动。"),
    ]:
        with pytest.raises(refusal) as refused:
            indicators.revise_gate(newer, minimum=minimum, reason="按通知", by=office, at=at)
        assert refused.value.message == message
    with pytest.raises(indicators.RuleReasonMissing):
        indicators.revise_gate(newer, minimum=8_000, reason="", by=office, at=at)
    assert Gate.objects.standing().get() == newer


@pytest.mark.parametrize(
    ("lines", "message", "field"),
    [
        ({"good": 80 * POINT}, "“较好”的分数线应低于 80 分。", "minimum_fair"),
        ({"good": 101 * POINT}, "“好”的分数线不能超过 100 分。", "minimum_good"),
        ({"poor": 10 * POINT}, "最后一档从 0 分起。", "minimum_poor"),
    ],
)
def test_bands_stay_in_order(lines, message, field, campaign, office, at):
    standard_bands(campaign)
    with pytest.raises(indicators.WrongLine) as refused:
        indicators.revise_bands(campaign, lines, reason="按通知", by=office, at=at)
    assert (refused.value.message, refused.value.field) == (message, field)
    assert not Band.objects.filter(superseded_at__isnull=False).exists()


def test_bands_get_other_lines(campaign, office, at):
    standard_bands(campaign)
    with pytest.raises(indicators.NoRuleChanged):
        indicators.revise_bands(campaign, {"good": 90 * POINT}, reason="按通知", by=office, at=at)
    changed = indicators.revise_bands(campaign, {"good": 925_000, "plain": 60 * POINT}, reason="按通知", by=office, at=at)
    assert [(band.code, band.minimum) for band in changed] == [("good", 925_000)]
    assert Band.objects.standing().count() == 4


def test_a_rule_in_words(campaign, standing):
    SheetItemFactory(campaign=campaign, code="O1", title="班子学习")
    words = ParameterWords(campaign)
    assert words.sentence(standing[0]) == "活动次数：活动类型 党课，次数 1，时间 本阶段。"
    marked = IndicatorFactory(campaign=campaign, measure="marked", parameters={"items": ["O1", "gone"]})
    assert words.sentence(marked) == "考评打分：考评项目 班子学习、gone。"
    building = {"audience": "masses", "items": ["org_building"]}
    satisfied = IndicatorFactory(campaign=campaign, measure="satisfied", parameters=building)
    assert words.sentence(satisfied) == (
        "群众满意：算法 （满意 + 比较满意）÷ 有效评价，谁评 群众，评议项目 党组织和党员队伍建设。"
    )
    assert words.sentence(IndicatorFactory(campaign=campaign, measure="on_time", parameters={})) == "任务按期完成。"

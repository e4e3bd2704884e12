"""A unit's parts of a common indicator: worth the same, for its own subtree, versioned, and ended when the office changes it."""
import datetime

import pytest

from campaign.domain.activities import ActivityFacts
from config.kit.facts import FactSuperseded
from evaluations.domain import indicators, refinements
from evaluations.domain.activity_uses import counting_indicators
from evaluations.domain.indicators import IndicatorText
from evaluations.domain.measures import InvalidParameters
from evaluations.models import Indicator
from tests.factories.campaign import ActivityFactory, ActivityKindFactory
from tests.factories.evaluations import IndicatorFactory, standard_bands
from tests.factories.scoring import criterion_with, lines_of, run_scores, score_of
from units.enums import Category
from units.models import HistoryEntry


@pytest.fixture
def common(campaign):
    """60 points for one activity, 40 for attendance."""
    standard_bands(campaign)
    return criterion_with(campaign, ("reached", 60, {"target": 1}), ("took_part", 40, {}))[0]


def part(title, points, measure="reached", parameters=None, standing=None):
    return IndicatorText(title, points, "opinion", measure, parameters or {}, category="organ", standing=standing)


def two_parts():
    return [part("学习", 50, parameters={"kinds": ["study"]}), part("志愿服务", 10, parameters={"kinds": ["volunteer"]})]


@pytest.fixture
def refine(common, unit, committee, at):
    def make(rows, *, organization=unit, reason="结合本单位工作", moment=at):
        return refinements.refine(common, organization, rows, reason=reason, by=committee, at=moment)

    return make


def test_parts_take_the_indicators_place_in_the_units_subtree_alone(refine, campaign, tree):
    refine(two_parts())
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, codes=["G1"], kind=ActivityKindFactory(code="study"))
    ActivityFactory(campaign=campaign, organization=tree.society, codes=["G1"])
    run = run_scores(campaign)
    earned = {code: line.points for code, line in lines_of(run, tree.organ_branch).items()}
    assert earned == {"G1-1.1": 500_000, "G1-1.2": 0, "G1-2": 400_000}
    assert set(lines_of(run, tree.society)) == {"G1-1", "G1-2"}
    assert score_of(run, tree.organ_branch).total == 900_000


def test_parts_keep_source_and_place_of_what_they_refine(refine, common, unit, committee, at):
    first, second = refine(two_parts())
    assert (first.source, first.category, first.refines, first.criterion_code) == (common.source, "", "G1-1", "G1")
    assert (first.organization, first.recorded_by, first.change_reason) == (unit, committee, "结合本单位工作")
    assert (second.code, second.position, second.recorded_at) == ("G1-1.2", 1, at)
    entry = HistoryEntry.objects.order_by("-sequence").first()
    assert (entry.organization, entry.verb, entry.actor) == (unit, "revise", committee)


@pytest.mark.parametrize(
    ("rows", "refusal", "message"),
    [
        ([part("甲", 59)], refinements.PartsDoNotAddUp, "细化后的分值合计 59 分，应与“G1指标1”的 60 分相等。"),
        ([part("甲", 61)], refinements.PartsDoNotAddUp, "细化后的分值合计 61 分，应与“G1指标1”的 60 分相等。"),
        ([], refinements.PartsDoNotAddUp, "细化后的分值合计 0 分，应与“G1指标1”的 60 分相等。"),
        ([part("甲", 30), part("甲", 30)], refinements.PartTwice, "“甲”写了两次，请改一个名称。"),
        ([part(f"第{n}", 10) for n in range(7)], refinements.TooManyParts, "一项指标最多细化成 6 项，现在是 7 项。"),
        ([part("甲", 60, parameters={"target": 0})], InvalidParameters, "“次数”应是不小于 1 的整数。"),
    ],
)
def test_what_is_refused_and_why(rows, refusal, message, refine):
    with pytest.raises(refusal) as refused:
        refine(rows)
    assert refused.value.message == message
    assert not Indicator.objects.filter(organization__isnull=False).exists()


def test_a_reason_and_a_change_are_needed(refine):
    with pytest.raises(indicators.RuleReasonMissing) as refused:
        refine(two_parts(), reason=" ")
    assert refused.value.message == "请写一句为什么改。"
    first, second = refine(two_parts())
    again = [part("学习", 50, parameters=first.parameters, standing=first),
             part("志愿服务", 10, parameters=second.parameters, standing=second)]
    with pytest.raises(indicators.NoRuleChanged) as refused:
        refine(again)
    assert refused.value.message == "没有改动。"


def test_a_revision_versions_what_changes_and_gives_new_parts_new_codes(refine, common, unit, at):
    first, second = refine(two_parts())
    later = at + datetime.timedelta(minutes=1)
    kept = part("学习", 45, parameters=first.parameters, standing=first)
    refine([kept, part("承诺", 15, "kept")], reason="再调整", moment=later)
    standing = refinements.parts_of(common, unit)
    assert [(one.code, one.points, one.lineage == first.lineage) for one in standing] == [
        ("G1-1.1", 45, True), ("G1-1.3", 15, False),
    ]
    before = Indicator.objects.known_at(at).filter(organization=unit).order_by("code")
    assert list(before) == [first, second]
    assert {one.code for one in refinements.versions_of(common, unit)} == {"G1-1.1", "G1-1.2", "G1-1.3"}


def test_of_two_revisions_one_wins(refine, at):
    first, second = refine(two_parts())
    rows = [part("学习", 60, parameters=first.parameters, standing=first)]
    refine(rows)
    with pytest.raises(FactSuperseded):
        refine([*rows[:0], part("学习", 59, parameters=first.parameters, standing=first), part("丙", 1)])


def test_only_a_standing_indicator_is_refined(refine, common, at):
    common.superseded_at = at
    common.save()
    with pytest.raises(FactSuperseded) as refused:
        refine(two_parts())
    assert refused.value.message == "这条记录已经被别人更正，请看最新的一版。"


def test_a_refinement_ends(refine, common, unit, committee, campaign, tree, at):
    refine(two_parts())
    with pytest.raises(indicators.RuleReasonMissing):
        refinements.end_refinement(common, unit, reason="", by=committee, at=at)
    assert len(refinements.end_refinement(common, unit, reason="太细", by=committee, at=at)) == 2
    assert set(lines_of(run_scores(campaign), tree.organ_branch)) == {"G1-1", "G1-2"}
    with pytest.raises(refinements.NothingRefined) as refused:
        refinements.end_refinement(common, unit, reason="太细", by=committee, at=at)
    assert refused.value.message == "本单位没有细化这项指标。"


def revise(common, other, office, at, **changes):
    """The office's revision of G1; `changes` are those of the refined indicator, None takes it away."""
    def text(one, **said):
        names = ("title", "points", "source", "measure", "parameters", "category")
        return IndicatorText(**{name: getattr(one, name) for name in names} | said, standing=one)

    criterion = common.campaign.criteria.get(code="G1")
    rows = [text(common, **changes)] if changes else []
    rows.append(text(other, points=100 - sum(row.points for row in rows)))
    indicators.revise_indicators(common.campaign, criterion, rows, reason="按通知", by=office, at=at)


@pytest.mark.parametrize(("changes", "stand"), [({"points": 50}, 0), ({}, 0), ({"title": "新名", "points": 60}, 2)])
def test_parts_end_when_the_points_of_their_indicator_change(changes, stand, refine, common, campaign, office, at):
    refine(two_parts())
    other = Indicator.objects.get(code="G1-2")
    if stand:
        other.points = 40
    revise(common, other, office, at, **changes)
    parts = Indicator.objects.standing().filter(organization__isnull=False)
    assert parts.count() == stand
    if not stand:
        told = HistoryEntry.objects.filter(verb="remove", subject_label="学习").get()
        assert told.detail["reason"] == "共同指标“G1指标1”改了，细化停用：按通知"
    assert run_scores(campaign).job_state == "done"  # a unit never keeps the others from being scored


def test_what_counts_in_an_organization(refine, campaign, tree, django_assert_num_queries):
    IndicatorFactory(campaign=campaign, code="G1-9", category=Category.SOCIETY)
    refine(two_parts())
    refine([part("支部自己的", 60)], organization=tree.organ_branch)
    named = {}
    for organization in (tree.organ, tree.organ_branch, tree.organ_branch_2, tree.society, tree.institution):
        with django_assert_num_queries(2):
            rows = refinements.judged(campaign, organization)
        named[organization.name] = [(one.indicator.code, [p.title for p in one.parts], one.by and one.by.name) for one in rows]
    own = ("G1-1", ["学习", "志愿服务"], "办公厅党总支")
    assert named["办公厅党总支"] == named["办公厅第二党支部"] == [own, ("G1-2", [], None)]
    assert named["办公厅第一党支部"][0] == ("G1-1", ["支部自己的"], "办公厅第一党支部")
    assert named["信息中心党委"][0] == ("G1-1", [], None)
    assert [code for code, _parts, _by in named["社会工作协会党支部"]] == ["G1-1", "G1-2", "G1-9"]


def test_an_activity_names_the_nearest_parts_that_count_it(refine, campaign, tree, today):
    refine(two_parts())
    refine([part("支部自己的", 60)], organization=tree.organ_branch)
    study = ActivityKindFactory(code="study")
    facts = ActivityFacts(kind=study, happened_on=today, codes=("G1",), title="学习", text="学习", present=3)
    named = {
        one.name: counting_indicators(one, facts, campaign=campaign, on=today)
        for one in (tree.organ_branch, tree.organ_branch_2, tree.society)
    }
    assert named == {
        "办公厅第一党支部": ["支部自己的", "G1指标2"], "办公厅第二党支部": ["学习", "G1指标2"],
        "社会工作协会党支部": ["G1指标1", "G1指标2"],
    }

"""Which rules hold for whom, and how the points of what does not apply are spread."""
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.domain.rule_sets import criteria_of, spread
from evaluations.domain.rules import read_rules, rules_digest
from evaluations.enums import GateEffect
from evaluations.enums import MeasureName as M
from tests.factories.campaign import ActivityFactory, CampaignFactory, CriterionFactory, PhaseFactory
from tests.factories.evaluations import GateFactory, IndicatorFactory, MarkingFactory, SheetItemFactory, standard_bands
from tests.factories.scoring import criterion_with, lines_of, run_scores, score_of
from units.enums import Category


@pytest.fixture
def campaign(root):
    made = CampaignFactory(organization=root)
    standard_bands(made)
    return made


# Spreading ------------------------------------------------------------------------------------
def test_spreading_of_the_worked_example():
    assert spread([40, 35, 25], 0b011) == {0: 533_333, 1: 466_667}


def test_earlier_indicator_first_on_a_tie():
    assert spread([25, 25, 25, 25], 0b0111) == {0: 333_334, 1: 333_333, 2: 333_333}


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8), st.data())
def test_spreading_keeps_every_point(points, data):
    mask = data.draw(st.integers(1, 2 ** len(points) - 1))
    shares = spread(points, mask)
    assert sum(shares.values()) == sum(points) * 10_000
    assert all(share >= points[place] * 10_000 for place, share in shares.items())


# Resolving ------------------------------------------------------------------------------------
def named(criteria):
    """{criterion: (weight, {indicator: points})}"""
    return {c.code: (c.weight, {row["code"]: row["points"] for row in c.indicators}) for c in criteria}


def test_rows_of_a_category_take_the_common_ones_place(campaign, today, at):
    criterion_with(campaign, (M.REACHED, 60, {}), (M.KEPT, 40, {}), code="G1", weight=50)
    criterion_with(campaign, (M.ON_TIME, 100, {}), code="G2", weight=50)
    for code, weight in (("G1", 30), ("G2", 70)):
        CriterionFactory(campaign=campaign, code=code, weight=weight, category=Category.SOCIETY)
    for code, points in (("G1-1", 80), ("G1-2", 20)):
        IndicatorFactory(campaign=campaign, code=code, points=points, category=Category.SOCIETY)
    rules = read_rules(campaign, as_of=today, known_at=at)
    of = {c: named(criteria_of(rules, track="organization", category=c, refiners=())) for c in ("organ", "society", "")}
    assert of["organ"] == of[""] == {"G1": (50, {"G1-1": 60, "G1-2": 40}), "G2": (50, {"G2-1": 100})}
    assert of["society"] == {"G1": (30, {"G1-1": 80, "G1-2": 20}), "G2": (70, {"G2-1": 100})}


def test_unit_refines_a_common_indicator_for_its_own_subtree(campaign, tree):
    criterion_with(campaign, (M.REACHED, 60, {"target": 1}), (M.TOOK_PART, 40, {}))
    for code, points, kinds in (("a", 50, ["study"]), ("b", 10, ["volunteer"])):
        IndicatorFactory(
            campaign=campaign, organization=tree.organ, refines="G1-1", code=f"G1-1{code}", points=points, position=1,
            parameters={"target": 1, "kinds": kinds},
        )
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, codes=["G1"], kind__code="study", kind__title="学习")
    ActivityFactory(campaign=campaign, organization=tree.society, codes=["G1"])
    run = run_scores(campaign)
    earned = {code: line.points for code, line in lines_of(run, tree.organ_branch).items()}
    assert earned == {"G1-1a": 500_000, "G1-1b": 0, "G1-2": 400_000}
    assert set(lines_of(run, tree.organ)) == {"G1-1a", "G1-1b", "G1-2"}
    assert set(lines_of(run, tree.society)) == {"G1-1", "G1-2"}
    assert (score_of(run, tree.organ_branch).total, score_of(run, tree.society).total) == (900_000, 1_000_000)


def test_nearest_refinement_wins(campaign, tree, today, at):
    criterion_with(campaign, (M.REACHED, 100, {}))
    for organization, code in ((tree.organ, "far"), (tree.organ_branch, "near")):
        IndicatorFactory(campaign=campaign, organization=organization, refines="G1-1", code=code, points=100)
    rules = read_rules(campaign, as_of=today, known_at=at)
    line = [tree.organ.pk, tree.organ_branch.pk]
    for refiners, code in ((line, "near"), (line[:1], "far"), ([], "G1-1")):
        assert named(criteria_of(rules, track="organization", category="organ", refiners=refiners))["G1"][1] == {code: 100}


# Versions -------------------------------------------------------------------------------------
def test_rules_are_those_known_at_the_moment(campaign, branch, at):
    (indicator,) = criterion_with(campaign, (M.REACHED, 100, {"target": 2}))
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    before = run_scores(campaign, known_at=at - timedelta(hours=1))
    indicator.superseded_at = at
    indicator.save()
    IndicatorFactory(campaign=campaign, code="G1-1", parameters={"target": 1}, recorded_at=at, lineage=indicator.lineage)
    after, again = run_scores(campaign, known_at=at), run_scores(campaign, known_at=at - timedelta(hours=1))
    assert [score_of(run, branch).total for run in (before, after, again)] == [500_000, 1_000_000, 500_000]
    assert before.rules_digest == again.rules_digest != after.rules_digest


def test_digest_knows_the_content_and_not_the_keys(campaign, today, at):
    criterion_with(campaign, (M.REACHED, 100, {}))
    rules = read_rules(campaign, as_of=today, known_at=at)
    digest = rules_digest(rules)
    rules["indicators"][0]["id"] += 1
    assert rules_digest(rules) == digest
    rules["indicators"][0]["points"] += 1
    assert rules_digest(rules) != digest


def test_window_of_the_phase(campaign, branch, today, at):
    PhaseFactory(campaign=campaign)
    criterion_with(campaign, (M.REACHED, 50, {"target": 2, "window": "phase"}), (M.REACHED, 50, {"target": 2}))
    for day in (today.replace(year=2010, month=12), today.replace(month=1)):
        ActivityFactory(campaign=campaign, organization=branch, codes=["G1"], happened_on=day)
    lines = lines_of(run_scores(campaign), branch)
    assert [line.numerator for line in lines.values()] == [1, 2]
    assert read_rules(campaign, as_of=today, known_at=at)["windows"] == {
        "campaign": ["2010-06-01", "2011-06-10"], "phase": ["2011-01-01", "2011-06-10"],
    }
    after = read_rules(campaign, as_of=today.replace(month=8), known_at=at)["windows"]["phase"]
    assert after == ["2011-01-01", "2011-07-01"]  # no later phase: the last one, to its end


# Gates ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("present", "band", "is_barred", "hit"),
    [
        (90, "good", False, []),
        (89, "plain", False, [("cap", 89, 100)]),
        (80, "plain", False, [("cap", 80, 100)]),
        (79, "plain", True, [("cap", 79, 100), ("bar", 79, 100)]),
    ],
)
def test_gates_cap_the_band_and_bar_from_awards(campaign, branch, present, band, is_barred, hit):
    criterion_with(campaign, (M.REACHED, 100, {"target": 1}))
    rule = {"campaign": campaign, "measure": M.TOOK_PART}
    GateFactory(code="cap", minimum=9_000, effect=GateEffect.CAP, cap_band="plain", position=1, **rule)
    GateFactory(code="bar", minimum=8_000, position=2, **rule)
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"], expected=100, present=present)
    score = score_of(run_scores(campaign), branch)
    assert (score.total, score.band_by_total, score.band, score.is_barred) == (1_000_000, "good", band, is_barred)
    assert [(gate["code"], gate["numerator"], gate["denominator"]) for gate in score.gates_hit] == hit


def test_gate_never_improves_a_band_and_needs_facts(campaign, branch, unit, tree):
    criterion_with(campaign, (M.REACHED, 100, {"target": 4}))
    GateFactory(
        campaign=campaign, code="cap", measure=M.TOOK_PART, minimum=9_000, effect=GateEffect.CAP, cap_band="fair"
    )
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"], expected=10, present=1)
    run = run_scores(campaign)
    assert (score_of(run, branch).band, score_of(run, tree.society).gates_hit) == ("poor", [])


def test_bonus_is_capped_and_deductions_stop_at_nothing(campaign, branch):
    criterion_with(campaign, (M.MARKED, 100, {"items": ["S1"]}))
    SheetItemFactory(campaign=campaign, code="S1", maximum=500_000, bonus_cap=50_000)
    marking = MarkingFactory(campaign=campaign, organization=branch, deductions={"S1": 100_000})
    marking.marks.update(bonus=90_000)
    line = lines_of(run_scores(campaign), branch)["G1-1"]
    assert (line.numerator, line.denominator, line.points) == (450_000, 500_000, 900_000)
    marking.marks.update(deduction=600_000, bonus=0)
    assert lines_of(run_scores(campaign), branch)["G1-1"].numerator == 0

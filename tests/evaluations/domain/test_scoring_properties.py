"""The properties that 3-scoring.md asks for, on drawn facts of every kind, on whatever database the suite runs."""
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.campaign_template import set_up_campaign
from config.kit.facts import supersede
from evaluations.domain.evidence import evidence_rows, measure_of_line
from evaluations.domain.rules_template import set_up_rules
from evaluations.models import Score, ScoreLine
from tests.evaluations.domain.scoring_oracle import Oracle, everybody
from tests.evaluations.domain.scoring_world import AS_OF, RECORDED, World, forgotten, worlds
from tests.factories.evaluations import RULES_AT
from tests.factories.scoring import lines_of, run_scores, score_of

LATER = RECORDED + timedelta(days=4)
some = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def world(tree):
    campaign = set_up_campaign(organization=tree.root, code="cxzy", title="创先争优", by=None, at=RULES_AT)
    set_up_rules(campaign, by=None, at=RULES_AT)
    return World(tree, campaign)


def run_of(world, **more):
    return run_scores(world.campaign, as_of=AS_OF, **more)


def numbers_of(run):
    """Every integer of a run, by subject and indicator, whatever the keys of facts are."""
    lines = ScoreLine.objects.filter(run=run).values_list(
        "organization", "member", "indicator", "numerator", "denominator", "points_available", "points"
    )
    scores = Score.objects.filter(run=run).values_list(
        "organization", "member", "total", "band", "band_by_total", "is_barred", "rank", "ranked_among"
    )
    return sorted(lines, key=str), sorted(scores, key=str)


@some
@given(worlds)
def test_engine_agrees_with_loops_over_objects(world, facts):
    with forgotten():
        for fact in facts:
            world.write(fact)
        run = run_of(world)
        oracle = Oracle(world.campaign, as_of=AS_OF, known_at=timezone.now())
        for organization, member in everybody():
            expected = oracle.lines(organization, member)
            lines = lines_of(run, organization, member)
            assert {code: (line.numerator, line.denominator) for code, line in lines.items()} == expected
            total, points = oracle.total("member" if member else "organization", expected)
            score = score_of(run, organization, member)
            assert {code: (line.points_available, line.points) for code, line in lines.items()} == points
            assert score.total == total
            if organization:
                assert (score.band_by_total, score.band, score.is_barred) == oracle.band(total, organization)


@some
@given(worlds)
def test_lines_cite_what_they_count(world, facts):
    with forgotten():
        for fact in facts:
            world.write(fact)
        run = run_of(world)
        for line in ScoreLine.objects.filter(run=run).select_related("indicator", "run"):
            rows, measure = evidence_rows(line), measure_of_line(line)
            cited = (sum(row[2] for row in rows), sum(row[3] for row in rows))
            if line.indicator.measure == "reached":
                assert line.numerator == min(len(rows), measure.parameters["target"])
            else:
                assert cited == (line.numerator, line.denominator)
            if measure.counts_rows:
                assert cited[0] == sum(1 for row in rows if row[2])


@some
@given(worlds, st.randoms(use_true_random=False))
def test_taking_one_fact_away_changes_the_lines_that_cite_it_and_no_other(world, facts, chance):
    with forgotten():
        written = [world.write(fact) for fact in facts]
        versions = [fact for fact in written if hasattr(fact, "superseded_at")]
        if not versions:
            return
        gone = chance.choice(versions)
        before = run_of(world, known_at=LATER - timedelta(hours=1))
        supersede(gone, at=LATER)
        after = run_of(world, known_at=LATER)
        for line in ScoreLine.objects.filter(run=before).select_related("indicator", "run"):
            now = ScoreLine.objects.get(
                run=after, organization=line.organization_id, member=line.member_id, indicator=line.indicator_id
            )
            fact = _cited(gone, line, _by_fact(evidence_rows(line)))
            if fact is None:
                target_gone = line.indicator.measure == "reached" and has_no_facts(after, line)
                assert target_gone or (now.numerator, now.denominator) == (line.numerator, line.denominator)
            elif line.indicator.measure not in {"reached", "marked"}:
                assert (now.numerator, now.denominator) == (line.numerator - fact[0], line.denominator - fact[1])


def has_no_facts(run, line):
    """Whether nothing at all is left for the line's subject."""
    return Score.objects.get(run=run, organization=line.organization_id, member=line.member_id).total is None


def _by_fact(rows):
    """{fact: (numerator, denominator)}; a joint activity has a row for each partner below the line's subject."""
    sums = {}
    for fact, _day, numerator, denominator in rows:
        before = sums.get(fact, (0, 0))
        sums[fact] = (before[0] + numerator, before[1] + denominator)
    return sums


def _cited(gone, line, rows):
    """What the evidence of `gone` adds to a line; marks are cited one by one, so the first of the sheet's will do."""
    kind = {"activity": {"reached", "took_part"}, "task": {"on_time"}, "appraisal": {"satisfied"}, "marking": {"marked"}}
    if line.indicator.measure not in kind[gone._meta.model_name]:
        return None
    if gone._meta.model_name == "marking":
        return next((rows[mark.pk] for mark in gone.marks.all() if mark.pk in rows), None)
    return rows.get(gone.pk)


@some
@given(worlds, st.randoms(use_true_random=False))
def test_order_of_recording_does_not_matter(world, facts, chance):
    shuffled = list(facts)
    chance.shuffle(shuffled)
    found = []
    for order in (facts, shuffled):
        with forgotten():
            for fact in order:
                world.write(fact)
            found.append(numbers_of(run_of(world)))
    assert found[0] == found[1]


@some
@given(worlds, st.integers(1, 6))
def test_chunks_do_not_matter(world, facts, chunk_members):
    with forgotten():
        for fact in facts:
            world.write(fact)
        whole, parts = run_of(world), run_of(world, chunk_members=chunk_members)
        assert (whole.chunks.count(), parts.chunks.count() > 1) == (1, True)
        assert parts.result_digest == whole.result_digest
        assert parts.inputs_digest == whole.inputs_digest


@some
@given(worlds, worlds, st.randoms(use_true_random=False))
def test_an_earlier_moment_is_blind_to_what_came_later(world, facts, later, chance):
    with forgotten():
        written = [world.write(fact) for fact in facts]
        first = run_of(world, known_at=RECORDED)
        known = {fact.identity for fact in facts}
        for fact in later:
            if fact.identity not in known:
                world.write(fact, recorded_at=LATER)
        for fact in written:
            if hasattr(fact, "superseded_at") and chance.random() < 0.5:
                supersede(fact, at=LATER)
        again = run_of(world, known_at=RECORDED)
        assert again.result_digest == first.result_digest
        assert again.inputs_digest == first.inputs_digest
        assert again.rules_digest == first.rules_digest
        assert numbers_of(again) == numbers_of(first)


def test_nothing_recorded_means_not_applicable_everywhere(world):
    run = run_of(world)
    assert not ScoreLine.objects.filter(run=run).exclude(denominator=0, points=0, points_available=0).exists()
    assert set(Score.objects.filter(run=run).values_list("total", "band", "band_by_total", "rank", "ranked_among")) == {
        (None, "", "", None, None)
    }

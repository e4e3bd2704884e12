"""The life of a run: asked for once, worked off by whoever comes, ranked, published, never doubled, never lost."""
from datetime import date, timedelta

import pytest
from django.db import transaction

from config.kit import jobs
from config.kit.jobs import JobState
from evaluations.domain import chunks, nights, preparation, runs
from evaluations.domain.rules import RulesIncomplete
from evaluations.domain.whole_run import beat_of, work_off
from evaluations.enums import MeasureName as M
from evaluations.models import CurrentRun, RunChunk, Score, ScoreLine, ScoringRun
from tests.factories.campaign import ActivityFactory, CampaignFactory, CriterionFactory
from tests.factories.evaluations import GateFactory, IndicatorFactory, standard_bands
from tests.factories.scoring import criterion_with, run_scores
from tests.factories.units import OrganizationFactory
from units.models import HistoryEntry


@pytest.fixture
def campaign(root):
    """A campaign that counts activities: two are expected of an organisation, one of a member."""
    made = CampaignFactory(organization=root)
    standard_bands(made)
    criterion_with(made, (M.REACHED, 100, {"target": 2}))
    criterion_with(made, (M.REACHED, 100, {"target": 1}), code="L1", track="member")
    return made


def start(campaign, at, **more):
    return runs.start_run(
        campaign, **{"as_of": date(2011, 6, 10), "known_at": at, "by": None, "at": at, "occurrence": "asked:1", **more}
    )


def prepared(campaign, at, chunk_members=1):
    """A run whose chunks wait, with their keys."""
    run = jobs.claim(ScoringRun, start(campaign, at).pk, at=at)
    return run, preparation.prepare_run(run, at=at, chunk_members=chunk_members)


def take_and_score(pk, at):
    chunk = jobs.claim(RunChunk, pk, at=at)
    chunks.score_chunk(chunk, beat=beat_of(chunk, lambda: at))
    return chunk


# Asking for a run -----------------------------------------------------------------------------
def test_a_run_is_asked_for_once(campaign, office, at):
    first, second = start(campaign, at, by=office), start(campaign, at, by=office)
    assert first == second
    assert ScoringRun.objects.count() == 1
    entry = HistoryEntry.objects.of(first).get()
    assert (entry.verb, entry.actor, entry.detail["rules"]) == ("ask", office, first.rules_digest)


def test_day_before_the_campaign_is_refused(campaign, at):
    with pytest.raises(runs.DayOutside, match="^日期早于活动开始的日期，没有可算的情况。$"):
        start(campaign, at, as_of=date(2010, 5, 31))


def test_day_that_has_not_come_is_refused(campaign, at):
    with pytest.raises(runs.DayOutside, match="^日期不能晚于今天，还没有发生的不能计分。$"):
        start(campaign, at, as_of=date(2011, 6, 11))


def test_moment_that_has_not_come_is_refused(campaign, at):
    with pytest.raises(runs.MomentAhead, match="^材料收到的时间不能晚于现在。$"):
        start(campaign, at, known_at=at + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda c: CriterionFactory(campaign=c, code="G9", weight=5), "党组织各条件的权重合计 105，应为 100。"),
        (lambda c: IndicatorFactory(campaign=c, code="X", points=1), "条件“领导班子好”的指标分值合计 101 分，应为 100 分。"),
        (lambda c: GateFactory(campaign=c, effect="cap", cap_band="none", title="满意率"),
         "限制项“满意率”说的等次不在等次线里。"),
        (lambda c: IndicatorFactory(campaign=c, code="Y", criterion_code="G9", title="党课", parameters={"target": 0}),
         "“党课”不能计量：“次数”应是不小于 1 的整数。"),
        (lambda c: IndicatorFactory(campaign=c, code="Y", criterion_code="G9", title="党课", parameters={"goal": 1}),
         "“党课”不能计量：没有参数“goal”。"),
        (lambda c: IndicatorFactory(campaign=c, code="Y", criterion_code="G9", title="党课", parameters={"window": "year"}),
         "“党课”不能计量：“时间”没有“year”这个选项。"),
        (lambda c: IndicatorFactory(campaign=c, code="Y", criterion_code="G9", title="党课", parameters={"kinds": "study"}),
         "“党课”不能计量：“活动类型”应是一列编号。"),
    ],
)
def test_rules_that_do_not_add_up_are_refused(campaign, at, spoil, message):
    spoil(campaign)
    with pytest.raises(RulesIncomplete) as refusal:
        start(campaign, at)
    assert refusal.value.message == message
    assert not ScoringRun.objects.exists()


def test_campaign_without_rules_is_refused(root, at):
    with pytest.raises(RulesIncomplete, match="^还没有条件和指标，不能计分。$"):
        start(CampaignFactory(organization=root), at)


def test_refinement_that_does_not_add_up_stops_the_run_with_a_sentence(campaign, unit, at):
    IndicatorFactory(campaign=campaign, organization=unit, refines="G1-1", code="G1-1a", points=60)
    run = start(campaign, at)
    with pytest.raises(RulesIncomplete):
        work_off(run, now=lambda: at, wait=None)
    run.refresh_from_db()
    assert (run.job_state, run.error) == (JobState.FAILED, "条件“领导班子好”的指标分值合计 60 分，应为 100 分。")


# Working it off -------------------------------------------------------------------------------
def test_the_last_chunk_ranks_and_publishes(campaign, tree, at):
    ActivityFactory.create_batch(2, campaign=campaign, organization=tree.organ_branch, codes=["G1"])
    ActivityFactory(campaign=campaign, organization=tree.organ_branch_2, codes=["G1"])
    ActivityFactory(campaign=campaign, organization=tree.society, codes=["G1"])
    run = run_scores(campaign, chunk_members=1)
    found = Score.objects.filter(run=run, member=None).values_list("organization", "total", "band", "rank", "ranked_among")
    assert {row[0]: row[1:] for row in found} == {
        tree.organ.pk: (1_000_000, "good", 1, 3),
        tree.organ_branch.pk: (1_000_000, "good", 1, 3),
        tree.organ_branch_2.pk: (500_000, "poor", 3, 3),
        tree.institution.pk: (None, "", None, None),
        tree.institution_branch.pk: (None, "", None, None),
        tree.society.pk: (500_000, "poor", 1, 1),
    }
    assert not Score.objects.filter(run=run, member__isnull=False).exclude(rank=None).exists()
    assert (run.job_state, run.published_at, run.done_units) == (JobState.DONE, at, run.total_units)
    assert CurrentRun.objects.get(campaign=campaign).run == run
    assert len(run.result_digest) == len(run.inputs_digest) == len(run.rules_digest) == 64


def test_the_same_day_and_moment_give_the_same_bytes(campaign, branch, at):
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    first = run_scores(campaign, known_at=at)
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"], recorded_at=at + timedelta(seconds=1))
    again = run_scores(campaign, known_at=at)
    assert first.pk != again.pk
    assert (first.result_digest, first.inputs_digest) == (again.result_digest, again.inputs_digest)


def test_chunk_of_a_dead_worker_is_done_once_by_another(campaign, branch, at):
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    _run, keys = prepared(campaign, at)
    dead = jobs.claim(RunChunk, keys[0], at=at)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():  # killed after writing, before the commit
        chunks.score_chunk(dead, beat=lambda: at)
        raise KeyboardInterrupt
    assert not Score.objects.exists()
    later = at + timedelta(seconds=61)
    assert runs.sweep_runs(at=later)[1] == keys
    for key in keys:
        take_and_score(key, later)
    expected = sorted(run_scores(campaign).scores.values_list("organization", "member"), key=str)
    assert sorted(_run.scores.values_list("organization", "member"), key=str) == expected


def test_slow_worker_that_lost_its_chunk_writes_nothing(campaign, branch, at):
    _run, keys = prepared(campaign, at)
    slow = jobs.claim(RunChunk, keys[0], at=at)
    later = at + timedelta(seconds=61)
    runs.sweep_runs(at=later)
    take_and_score(keys[0], later)
    before = list(ScoreLine.objects.order_by("pk").values_list("pk", flat=True))
    with pytest.raises(jobs.LeaseLost):
        chunks.score_chunk(slow, beat=beat_of(slow, lambda: later))
    assert list(ScoreLine.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_a_chunk_scored_twice_is_not_doubled(campaign, branch, at):
    _run, keys = prepared(campaign, at, chunk_members=1000)
    take_and_score(keys[0], at)
    once = ScoreLine.objects.count(), Score.objects.count()
    RunChunk.objects.filter(pk=keys[0]).update(job_state=JobState.QUEUED)
    take_and_score(keys[0], at)
    assert (ScoreLine.objects.count(), Score.objects.count()) == once == (6 + 14, 6 + 14)


def test_of_two_last_finishers_one_closes(campaign, at):
    run, keys = prepared(campaign, at)
    for key in keys[:-1]:
        take_and_score(key, at)
    assert runs.take_for_closing(run.pk, at=at) is None  # one chunk is still open
    take_and_score(keys[-1], at)
    first, second = runs.take_for_closing(run.pk, at=at), runs.take_for_closing(run.pk, at=at)
    assert (first.pk, second) == (run.pk, None)
    runs.close_run(first, beat=lambda: at)
    assert runs.take_for_closing(run.pk, at=at) is None


def test_run_whose_closing_worker_died_is_closed_by_the_next(campaign, at):
    run, keys = prepared(campaign, at)
    for key in keys:
        take_and_score(key, at)
    runs.take_for_closing(run.pk, at=at)
    assert runs.sweep_runs(at=at + timedelta(seconds=30)) == ([], [])
    later = at + timedelta(seconds=61)
    assert runs.sweep_runs(at=later) == ([run.pk], [])
    runs.close_run(runs.take_for_closing(run.pk, at=later), beat=lambda: later)
    run.refresh_from_db()
    assert run.job_state == JobState.DONE


def test_run_that_waits_for_workers_is_not_given_up(campaign, at):
    run, keys = prepared(campaign, at)
    for minutes in range(1, 9):
        assert runs.sweep_runs(at=at + timedelta(minutes=minutes)) == ([], keys)
    run.refresh_from_db()
    assert (run.job_state, run.attempts) == (JobState.RUNNING, 1)


def test_run_that_was_not_prepared_is_found_again(campaign, at):
    run = start(campaign, at)
    assert runs.sweep_runs(at=at) == ([run.pk], [])
    jobs.claim(ScoringRun, run.pk, at=at)
    assert runs.sweep_runs(at=at) == ([], [])
    assert runs.sweep_runs(at=at + timedelta(seconds=61)) == ([run.pk], [])


def test_chunk_that_keeps_failing_stops_the_run_and_says_so(campaign, at):
    run, keys = prepared(campaign, at)
    for _attempt in range(jobs.MAX_ATTEMPTS):
        jobs.give_back(jobs.claim(RunChunk, keys[1], at=at), at=at, error="磁盘已满")
    runs.sweep_runs(at=at)
    run.refresh_from_db()
    assert (run.job_state, run.error) == (JobState.DEAD, "第 2 批多次没有算完：磁盘已满")
    assert set(run.chunks.exclude(pk=keys[1]).values_list("job_state", flat=True)) == {JobState.CANCELLED}
    assert not CurrentRun.objects.filter(run=run).exists()


def test_closing_that_keeps_failing_stops(campaign, at):
    run, keys = prepared(campaign, at)
    for key in keys:
        take_and_score(key, at)
    while closing := runs.take_for_closing(run.pk, at=at):
        runs.give_back_closing(closing, at=at, error="坏了")
    run.refresh_from_db()
    assert (run.job_state, run.error, run.attempts) == (JobState.DEAD, "坏了", jobs.MAX_ATTEMPTS)


# Publishing -----------------------------------------------------------------------------------
def test_older_day_or_moment_does_not_push_out_a_newer_one(campaign, office, at):
    newer = run_scores(campaign)
    for older in (run_scores(campaign, as_of=date(2011, 6, 9)), run_scores(campaign, known_at=at - timedelta(hours=1))):
        assert CurrentRun.objects.get(campaign=campaign).run == newer
        assert (older.job_state, older.published_at) == (JobState.DONE, None)
    runs.make_current(older, by=office, at=at)
    assert CurrentRun.objects.get(campaign=campaign).run == older
    assert older.published_at == at
    assert HistoryEntry.objects.of(older).filter(verb="publish", actor=office).exists()


def test_unfinished_run_is_not_shown_to_everybody(campaign, office, at):
    with pytest.raises(runs.NotFinished, match="^这一轮还没有算完，不能公布。$"):
        runs.make_current(start(campaign, at), by=office, at=at)


# Nights ---------------------------------------------------------------------------------------
def test_nightly_run_is_that_of_the_last_night(campaign, at):
    run = nights.start_nightly_run(campaign, at=at)  # in the morning of the 10th: the clock came late
    assert (run.as_of, run.occurrence) == (date(2011, 6, 9), f"night:2011-06-09:{campaign.pk}")
    assert run.known_at == at.replace(hour=22) - timedelta(days=1)
    assert nights.start_nightly_run(campaign, at=at.replace(hour=21, minute=59)) == run
    assert nights.start_nightly_run(campaign, at=at.replace(hour=22)) != run


def test_missed_nights_are_told_and_not_made_up(campaign, at):
    assert nights.missed_nights(campaign, at=at) == []
    nights.start_nightly_run(campaign, at=at)
    assert nights.missed_nights(campaign, at=at) == []
    assert nights.missed_nights(campaign, at=at + timedelta(days=3)) == [date(2011, 6, 10), date(2011, 6, 11)]


def test_campaigns_of_two_roots_do_not_meet(campaign, branch, at):
    other = CampaignFactory(organization=OrganizationFactory(name="另一机关党委", category=""))
    criterion_with(other, (M.REACHED, 100, {"target": 1}))
    ActivityFactory(campaign=campaign, organization=branch, codes=["G1"])
    run = run_scores(other)
    assert (run.job_state, run.scores.count()) == (JobState.DONE, 0)
    assert run_scores(campaign).scores.count() == 20

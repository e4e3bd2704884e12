"""Scoring by tasks: a real worker, workers that die, and the clock's nights."""
import logging
from datetime import date, timedelta

import pytest

from config.kit import jobs
from config.kit.jobs import JobState
from evaluations import tasks
from evaluations.domain import chunks
from evaluations.domain.runs import start_run
from evaluations.enums import MeasureName as M
from evaluations.models import CurrentRun, RunChunk, Score, ScoreLine, ScoringRun
from tests.factories.campaign import ActivityFactory, CampaignFactory
from tests.factories.evaluations import IndicatorFactory, standard_bands
from tests.factories.scoring import criterion_with, run_scores


@pytest.fixture
def campaign(root, branch):
    made = CampaignFactory(organization=root)
    standard_bands(made)
    criterion_with(made, (M.REACHED, 100, {"target": 2}))
    criterion_with(made, (M.REACHED, 100, {"target": 1}), code="L1", track="member")
    ActivityFactory(campaign=made, organization=branch, codes=["G1"])
    return made


@pytest.fixture
def run(campaign, at):
    return start_run(
        campaign, as_of=date(2011, 6, 10), known_at=at, by=None, at=at, occurrence="asked:by-a-test"
    )


def work_through(run):
    """What the broker would carry: the run's own task, then one for each chunk that waits."""
    tasks.run_scoring(run.pk)
    for pk in RunChunk.objects.filter(run=run, job_state=JobState.QUEUED).order_by("-number").values_list("pk", flat=True):
        tasks.score_chunk(pk)
    run.refresh_from_db()


@pytest.mark.worker
def test_a_worker_takes_a_run_from_the_button_to_the_page(campaign, office, client_for, worker, tree):
    client = client_for(office)
    url = client.post("/runs/new/", {"as_of": "2011-06-10", "nonce": "b" * 32}).url
    for _stage in ("prepared", "scored", "closed"):  # each stage sends the messages of the next one
        worker.settle()
    run = ScoringRun.objects.get()
    assert (run.job_state, run.error, run.done_units) == (JobState.DONE, "", 1)
    assert CurrentRun.objects.get(campaign=campaign).run == run
    assert tree.organ_branch.name in client.get(url).content.decode()


def test_tasks_in_any_order_give_one_published_run(run, settings):
    settings.SCORING_CHUNK_MEMBERS = 2
    work_through(run)
    assert (run.job_state, run.done_units, run.total_units) == (JobState.DONE, 4, 4)
    assert run.published_at
    assert (Score.objects.filter(run=run).count(), ScoreLine.objects.filter(run=run).count()) == (20, 20)


def test_every_task_may_come_twice(run):
    work_through(run)
    before = list(ScoreLine.objects.order_by("pk").values_list("pk", flat=True)), run.ended_at
    work_through(run)
    assert (list(ScoreLine.objects.order_by("pk").values_list("pk", flat=True)), run.ended_at) == before


def test_rules_that_a_unit_spoiled_fail_the_run_in_words(run, campaign, unit, at):
    IndicatorFactory(campaign=campaign, organization=unit, refines="G1-1", code="a", points=40)
    run = start_run(campaign, as_of=run.as_of, known_at=at, by=None, at=at, occurrence="asked:after-that")
    work_through(run)
    assert (run.job_state, run.error) == (JobState.FAILED, "条件“领导班子好”的指标分值合计 40 分，应为 100 分。")


def test_chunk_that_breaks_is_given_back_and_dies_with_the_run(run, monkeypatch, stopped_clock, at, caplog):
    def broken(chunk, *, beat):
        raise OSError("磁盘已满")

    tasks.run_scoring(run.pk)
    chunk = RunChunk.objects.get(run=run)
    with monkeypatch.context() as patched:
        patched.setattr(chunks, "score_chunk", broken)
        for _attempt in range(jobs.MAX_ATTEMPTS):
            tasks.score_chunk(chunk.pk)
    chunk.refresh_from_db()
    assert (chunk.job_state, "磁盘已满" in chunk.error) == (JobState.DEAD, True)
    tasks.sweep_scoring()
    run.refresh_from_db()
    assert run.job_state == JobState.DEAD
    assert "第 1 批多次没有算完" in run.error
    assert not CurrentRun.objects.filter(run=run).exists()


def test_dead_worker_is_found_by_the_sweep_and_nothing_is_doubled(run, stopped_clock, at):
    """The worker claims the run's only chunk and is never heard of again."""
    tasks.run_scoring(run.pk)
    jobs.claim(RunChunk, RunChunk.objects.get(run=run).pk, at=at)
    stopped_clock(at + timedelta(seconds=59))
    tasks.sweep_scoring()
    assert RunChunk.objects.get(run=run).job_state == JobState.RUNNING
    stopped_clock(at + timedelta(seconds=61))
    tasks.sweep_scoring()
    work_through(run)
    assert run.job_state == JobState.DONE
    assert run.result_digest == run_scores(run.campaign, known_at=run.known_at).result_digest


# Nights ---------------------------------------------------------------------------------------
def test_night_is_scored_once_however_often_the_clock_strikes(campaign, at):
    tasks.score_tonight()
    tasks.score_tonight()
    run = ScoringRun.objects.get()
    assert (run.as_of, run.requested_by, run.is_nightly) == (date(2011, 6, 9), None, True)


def test_nights_that_were_missed_are_skipped_and_said(campaign, stopped_clock, at, caplog):
    tasks.score_tonight()
    stopped_clock(at + timedelta(days=3))
    with caplog.at_level(logging.WARNING, logger="evaluations.tasks"):
        tasks.score_tonight()
    assert "no nightly scoring on 2011-06-10, 2011-06-11; not made up" in caplog.text
    assert list(ScoringRun.objects.order_by("pk").values_list("as_of", flat=True)) == [date(2011, 6, 9), date(2011, 6, 12)]


def test_one_campaigns_broken_rules_do_not_stop_the_others_night(campaign, caplog):
    IndicatorFactory(campaign=campaign, points=1)
    other = CampaignFactory(organization__name="另一机关党委", organization__category="")
    criterion_with(other, (M.REACHED, 100, {"target": 1}))
    with caplog.at_level(logging.WARNING, logger="evaluations.tasks"):
        tasks.score_tonight()
    assert ScoringRun.objects.get().campaign == other
    assert "的指标分值合计 101 分，应为 100 分。" in caplog.text


def test_closed_campaign_has_no_nights(campaign):
    type(campaign).objects.update(state="closed")
    tasks.score_tonight()
    assert not ScoringRun.objects.exists()

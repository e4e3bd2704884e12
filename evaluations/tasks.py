"""Jobs and clock jobs of evaluations; thin: read the clock, claim the row, one domain call."""
import logging

from celery import shared_task
from django.conf import settings

from campaign.models import Campaign
from config.kit import clock, faults, jobs
from config.kit.refusal import Refusal
from evaluations.domain import (
    chunks,
    flood_guard,
    nights,
    opinion_retention,
    preparation,
    questionnaire_counts,
    runs,
    slip_prints,
    tally,
)
from evaluations.domain.whole_run import beat_of
from evaluations.models import RunChunk, ScoringRun, SheetCount, SlipPrint, Tally
from evaluations.print_permissions import may_print

log = logging.getLogger(__name__)


@shared_task
def run_scoring(pk):
    """Take a run one step further: prepare it and send out its chunks, or close it when they are all done."""
    run = jobs.claim(ScoringRun, pk, at=clock.now())
    if run is None:
        close_scoring(pk)
        return
    try:
        for chunk in preparation.prepare_run(run, at=clock.now()):
            jobs.nudge(score_chunk, chunk)
    except jobs.LeaseLost:
        log.warning("run %s went to another worker", pk)
    except Refusal as refusal:
        _close(jobs.fail, run, refusal.message)
    except Exception as reason:
        log.exception("run %s was not prepared", pk)
        _close(jobs.give_back, run, repr(reason))


@shared_task
def score_chunk(pk):
    """Score one chunk; whoever finishes the last one closes the run."""
    chunk = jobs.claim(RunChunk, pk, at=clock.now())
    if chunk is None:
        return
    try:
        chunks.score_chunk(chunk, beat=beat_of(chunk, clock.now))
    except jobs.LeaseLost:
        log.warning("chunk %s went to another worker", pk)
        return
    except Exception as reason:
        log.exception("chunk %s was not scored", pk)
        _close(jobs.give_back, chunk, repr(reason))
        return
    runs.count_progress(chunk.run_id, at=clock.now())
    close_scoring(chunk.run_id)


def close_scoring(pk):
    """Rank and publish the run if all its chunks are done and nobody else is at it."""
    run = runs.take_for_closing(pk, at=clock.now())
    if run is None:
        return
    try:
        runs.close_run(run, beat=beat_of(run, clock.now))
    except jobs.LeaseLost:
        log.warning("run %s went to another worker", pk)
    except Exception as reason:
        log.exception("run %s was not closed", pk)
        runs.give_back_closing(run, at=clock.now(), error=repr(reason))


@shared_task
def sweep_scoring():
    """Nudge runs and chunks that wait, and free those whose worker died."""
    waiting_runs, waiting_chunks = runs.sweep_runs(at=clock.now())
    for pk in waiting_runs:
        jobs.nudge(run_scoring, pk)
    for pk in waiting_chunks:
        jobs.nudge(score_chunk, pk)


@shared_task
def score_tonight():
    """Start the nightly run of every open campaign, once a night; nights that were missed are skipped and said."""
    for campaign in Campaign.objects.open().order_by("pk"):
        missed = nights.missed_nights(campaign, at=clock.now())
        if missed:
            log.warning("%s: no nightly scoring on %s; not made up", campaign.code, ", ".join(map(str, missed)))
        try:
            run = nights.start_nightly_run(campaign, at=clock.now())
        except Refusal as refusal:
            log.warning("%s: no nightly scoring: %s", campaign.code, refusal.message)
            continue
        jobs.nudge(run_scoring, run.pk)


@shared_task
def count_poll(pk):
    """Count a closed poll; one that disagrees stays uncounted and says so."""
    _count(Tally, pk, tally.count_poll)


@shared_task
def count_questionnaire(pk):
    """Count a closed questionnaire, likewise."""
    _count(SheetCount, pk, questionnaire_counts.count_questionnaire)


def _count(model, pk, count):
    row = jobs.claim(model, pk, at=clock.now())
    if row is None:
        return
    try:
        count(row, at=clock.now())
    except jobs.LeaseLost:
        log.warning("%s %s went to another worker", model.__name__, pk)
    except Refusal as refusal:
        _close(jobs.fail, row, refusal.message)
    except Exception as reason:
        # Neither in the log nor in the row its text: it could hold what was in an envelope.
        log.error("%s %s was not done: %s", model.__name__, pk, faults.told(reason))
        _close(jobs.give_back, row, type(reason).__name__)


@shared_task
def sweep_tallies():
    """Nudge counts that wait, free those whose worker died, and destroy keys that a killed worker left."""
    for model, task in ((Tally, count_poll), (SheetCount, count_questionnaire)):
        jobs.sweep(model, task, at=clock.now())
    tally.destroy_left_keys()
    questionnaire_counts.destroy_left_keys()


@shared_task
def print_slips(pk):
    """Set the slips of one print; whoever asked must still be allowed to."""
    job = jobs.claim(SlipPrint, pk, at=clock.now())
    if job is None:
        return
    verdict = may_print(job.requested_by, job.asked)
    if not verdict:
        _close(jobs.fail, job, verdict.reason)
        return
    try:
        sealed = slip_prints.set_pages(
            job, at=clock.now(), progress=lambda done, total: jobs.heartbeat(job, at=clock.now(), done=done, total=total)
        )
        slip_prints.finish_print(job, sealed, at=clock.now())
    except jobs.LeaseLost:
        log.warning("print %s was replaced or went to another worker", pk)
    except Refusal as refusal:
        _close(jobs.fail, job, refusal.message)
    except Exception as reason:
        log.error("print %s was not done: %s", pk, type(reason).__name__)
        _close(jobs.give_back, job, type(reason).__name__)  # never its text or trace: they could hold codes


@shared_task
def sweep_slip_prints():
    """Nudge prints that wait, free those whose worker died, and destroy pages that nobody fetched."""
    jobs.sweep(SlipPrint, print_slips, at=clock.now())
    slip_prints.forget_expired(at=clock.now())


@shared_task
def forget_hours():
    """Delete the numbers of hours that are over."""
    flood_guard.forget_hours(at=clock.now())


@shared_task
def settle_opinions():
    """Write yesterday's opinions anew, so that nothing beside them tells the hour at which they came."""
    opinion_retention.settle_opinions(on=clock.today())


@shared_task
def purge_opinions():
    """Delete the texts of opinions that were closed long ago."""
    opinion_retention.purge_opinions(months=settings.OPINION_KEPT_MONTHS, on=clock.today())


def _close(verb, job, error):
    """Write the end of a failed try, unless another worker holds the row by now."""
    try:
        verb(job, at=clock.now(), error=error)
    except jobs.LeaseLost:
        log.warning("%s %s went to another worker", type(job).__name__, job.pk)

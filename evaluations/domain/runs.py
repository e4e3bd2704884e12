"""The life of a scoring run: asked for, prepared, scored chunk by chunk, ranked, published, and found again after a crash."""
import uuid

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from config.kit import jobs
from config.kit.jobs import JobState
from config.kit.refusal import Refusal
from evaluations.domain.digests import inputs_digest, result_digest
from evaluations.domain.rules import read_rules, rules_digest
from evaluations.models import CurrentRun, RunChunk, ScoringRun
from units.domain.history import record

RANKS = """
    UPDATE evaluations_score SET rank = r.place, ranked_among = r.among
    FROM (
        SELECT id, RANK() OVER (PARTITION BY category ORDER BY total DESC) AS place,
            COUNT(*) OVER (PARTITION BY category) AS among
        FROM evaluations_score
        WHERE run_id = %(run)s AND member_id IS NULL AND total IS NOT NULL
    ) r
    WHERE r.id = evaluations_score.id"""


class DayOutside(Refusal):
    """The day lies outside the campaign, or has not come yet."""

    field = "as_of"


class MomentAhead(Refusal):
    """Nothing can be known yet at a moment that has not come."""

    field = "known_at"


class NotFinished(Refusal):
    """Only a finished run can be shown to everybody."""


def start_run(campaign, *, as_of, known_at, by, at, occurrence):
    """Put a run in the queue, with the rules it will use. The caller nudges a worker.

    `occurrence` names what the run is for; the run of that name is returned if it was there already.
    Raises DayOutside, MomentAhead, RulesIncomplete.
    """
    if as_of < campaign.starts_on:
        raise DayOutside(_("日期早于活动开始的日期，没有可算的情况。"))
    if as_of > timezone.localdate(at):
        raise DayOutside(_("日期不能晚于今天，还没有发生的不能计分。"))
    if known_at > at:
        raise MomentAhead(_("材料收到的时间不能晚于现在。"))
    already = ScoringRun.objects.filter(occurrence=occurrence).first()
    if already:
        return already
    rules = read_rules(campaign, as_of=as_of, known_at=known_at)
    try:
        with transaction.atomic():
            run = ScoringRun.objects.create(
                campaign=campaign, as_of=as_of, known_at=known_at, requested_by=by, occurrence=occurrence, queued_at=at,
                rules=rules, rules_digest=rules_digest(rules),
            )
            detail = {"as_of": as_of, "known_at": known_at, "rules": run.rules_digest}
            record(run, "ask", by=by, at=at, detail=detail, organization=campaign.organization)
    except IntegrityError:
        return ScoringRun.objects.get(occurrence=occurrence)
    return run


def count_progress(run_pk, *, at):
    """Let the run's row tell how many of its chunks are done, and that it is alive."""
    done = RunChunk.objects.filter(run=run_pk, job_state=JobState.DONE).count()
    ScoringRun.objects.filter(pk=run_pk, job_state=JobState.RUNNING).update(done_units=done, heartbeat_at=at)


def progress_of(run, *, at):
    """How far an unfinished run is: {"rows_written", "seconds_left"}; seconds are None before the first chunk is done."""
    chunks = RunChunk.objects.filter(run=run)
    rows = sum(chunks.values_list("rows", flat=True))
    if not run.done_units or run.started_at is None:
        return {"rows_written": rows, "seconds_left": None}
    elapsed = max(0, int((at - run.started_at).total_seconds()))
    return {"rows_written": rows, "seconds_left": elapsed * (run.total_units - run.done_units) // run.done_units}


def take_for_closing(run_pk, *, at):
    """The run with a lease of this worker's own, when all its chunks are done and nobody else is closing it; else None."""
    unfinished = RunChunk.objects.filter(run=run_pk).exclude(job_state=JobState.DONE)
    if unfinished.exists():
        return None
    lease = uuid.uuid4()
    free = ScoringRun.objects.filter(pk=run_pk, job_state=JobState.RUNNING, is_prepared=True, lease__isnull=True)
    if not free.update(lease=lease, heartbeat_at=at, lease_until=at + jobs.LEASE):
        return None
    return ScoringRun.objects.select_related("campaign__organization").get(pk=run_pk)


def close_run(run, *, beat):
    """Rank the organisations inside their categories, write the digests and publish. `run` comes from take_for_closing.

    `beat()` keeps the lease and returns the present moment. Raises LeaseLost.
    """
    with connection.cursor() as cursor:
        cursor.execute(RANKS, {"run": run.pk})
    beat()
    inputs = inputs_digest(run)
    beat()
    result = result_digest(run)
    at = beat()
    with transaction.atomic():
        jobs.finish(run, at=at, inputs_digest=inputs, result_digest=result, done_units=run.chunks.count())
        detail = {"result": result, "rules": run.rules_digest, "inputs": inputs}
        record(run, "finish", by=None, at=at, detail=detail, organization=run.campaign.organization)
        _publish(run, at=at, only_if_newer=True)
    return run


def make_current(run, *, by, at):
    """Let the campaign's pages show this run, even an older one: the office asks for it. Raises NotFinished."""
    if run.job_state != JobState.DONE:
        raise NotFinished(_("这一轮还没有算完，不能公布。"))
    with transaction.atomic():
        _publish(run, at=at, only_if_newer=False)
        record(run, "publish", by=by, at=at, organization=run.campaign.organization)
    return run


def _publish(run, *, at, only_if_newer):
    """Swap the campaign's current run by one conditional UPDATE; an older day or moment does not push a newer one out."""
    CurrentRun.objects.get_or_create(campaign=run.campaign)
    while True:
        shown = CurrentRun.objects.select_related("run").get(campaign=run.campaign)
        if only_if_newer and shown.run and (shown.run.as_of, shown.run.known_at) > (run.as_of, run.known_at):
            return False
        if CurrentRun.objects.filter(pk=shown.pk, run=shown.run_id).update(run=run):
            break
    ScoringRun.objects.filter(pk=run.pk, published_at__isnull=True).update(published_at=at)
    run.refresh_from_db(fields=["published_at"])
    return True


def give_back_closing(run, *, at, error):
    """After an unexpected error while closing: free the run for another try, or stop after the last one."""
    held = ScoringRun.objects.filter(pk=run.pk, lease=run.lease, job_state=JobState.RUNNING)
    if run.attempts >= jobs.MAX_ATTEMPTS:
        return held.update(job_state=JobState.DEAD, ended_at=at, error=str(error)[:2000], lease=None)
    return held.update(lease=None, attempts=F("attempts") + 1, error=str(error)[:2000])


def sweep_runs(*, at):
    """Find what died or was forgotten. Returns (keys of runs to nudge, keys of chunks to nudge).

    A prepared run waits for its chunks and is not stale by itself: it lives as long as they can still be done.
    """
    prepared = ScoringRun.objects.filter(job_state=JobState.RUNNING, is_prepared=True)
    prepared.stale(at=at).filter(lease__isnull=False).update(lease=None)  # whoever closed it died
    jobs.give_back_stale(RunChunk, at=at)
    for run in prepared.filter(chunks__job_state__in=(JobState.DEAD, JobState.FAILED)).distinct():
        _stop(run, at=at)
    prepared.filter(lease__isnull=True).update(heartbeat_at=at, lease_until=at + jobs.LEASE)
    jobs.give_back_stale(ScoringRun, at=at)
    waiting = Q(job_state=JobState.QUEUED) | Q(job_state=JobState.RUNNING, is_prepared=True, lease__isnull=True)
    runs = ScoringRun.objects.filter(waiting).exclude(
        Q(is_prepared=True) & Q(chunks__job_state__in=(JobState.QUEUED, JobState.RUNNING))
    )
    chunks = RunChunk.objects.filter(job_state=JobState.QUEUED, run__job_state=JobState.RUNNING, run__is_prepared=True)
    return tuple(list(rows.order_by("pk").values_list("pk", flat=True)) for rows in (runs, chunks))


def _stop(run, *, at):
    """A chunk failed for good: the run is dead, its other chunks are not started any more."""
    broken = run.chunks.filter(job_state__in=(JobState.DEAD, JobState.FAILED)).order_by("number").first()
    error = _("第 %(number)s 批多次没有算完：%(error)s") % {"number": broken.number, "error": broken.error}
    with transaction.atomic():
        if run.chunks.model.objects.filter(run=run, job_state=JobState.RUNNING).exists():
            return
        run.chunks.filter(job_state=JobState.QUEUED).update(job_state=JobState.CANCELLED)
        stopped = ScoringRun.objects.filter(pk=run.pk, job_state=JobState.RUNNING)
        if stopped.update(job_state=JobState.DEAD, ended_at=at, error=error[:2000], lease=None):
            record(run, "stop", by=None, at=at, detail={"error": error}, organization=run.campaign.organization)

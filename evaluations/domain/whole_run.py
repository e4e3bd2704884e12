"""A run from end to end in this process: what a worker does task by task, for the shell and for measuring."""
from config.kit import jobs
from config.kit.jobs import JobState
from config.kit.refusal import Refusal
from evaluations.domain.chunks import score_chunk
from evaluations.domain.preparation import prepare_run
from evaluations.domain.runs import close_run, count_progress, take_for_closing
from evaluations.models import RunChunk, ScoringRun


def work_off(run, *, now, wait, chunk_members=None):
    """Do whatever is left to do for `run` and return it as it ended. Workers may take part.

    `now()` gives the present moment, `wait()` is called while others work on what is left. Raises RulesIncomplete.
    """
    while True:
        did_something = _step(run, now, chunk_members)
        run = ScoringRun.objects.select_related("campaign__organization").get(pk=run.pk)
        if run.job_ended:
            return run
        if not did_something:
            wait()


def _step(run, now, chunk_members):
    """One step of the run; False when everything open is in other hands."""
    claimed = jobs.claim(ScoringRun, run.pk, at=now())
    if claimed:
        try:
            prepare_run(claimed, at=now(), chunk_members=chunk_members)
        except Refusal as refusal:
            jobs.fail(claimed, at=now(), error=refusal.message)
            raise
        return True
    for pk in RunChunk.objects.filter(run=run.pk, job_state=JobState.QUEUED).order_by("number").values_list("pk", flat=True):
        chunk = jobs.claim(RunChunk, pk, at=now())
        if chunk:
            score_chunk(chunk, beat=beat_of(chunk, now))
            count_progress(run.pk, at=now())
            return True
    closing = take_for_closing(run.pk, at=now())
    if closing:
        close_run(closing, beat=beat_of(closing, now))
    return closing is not None


def beat_of(job, now):
    """A function that keeps the lease of `job` and returns the present moment."""

    def beat():
        at = now()
        jobs.heartbeat(job, at=at)
        return at

    return beat

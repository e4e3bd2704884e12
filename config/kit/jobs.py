"""Rows are the truth, the broker is a nudge (4-trust §1): the life of every long piece of work.

A job is a row written in the business transaction. After commit a nudge goes to Celery; if the broker is away the
clock's sweep finds the row. A worker claims it by a conditional UPDATE, keeps it by heartbeats, and finishes it only
with its own lease, so every job may run twice and has its effect once.
"""
import logging
import uuid
from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
STALE_AFTER = timedelta(seconds=60)
LEASE = timedelta(seconds=400)  # longer than the hard limit of a task


class JobState(models.TextChoices):
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("没有完成")
    DEAD = "dead", _("多次失败，已停下")
    CANCELLED = "cancelled", _("已取消")


ENDED = {JobState.DONE, JobState.FAILED, JobState.DEAD, JobState.CANCELLED}


class LeaseLost(Exception):
    """Another worker holds the job now; what this one did must not count."""


class JobQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(job_state=JobState.QUEUED)

    def stale(self, *, at):
        """Running rows whose worker has not been heard of for a minute."""
        return self.filter(job_state=JobState.RUNNING).filter(
            Q(heartbeat_at__lt=at - STALE_AFTER) | Q(lease_until__lt=at)
        )


class Job(models.Model):
    """Abstract job row. `done_units` of `total_units` is the progress shown while it runs."""

    job_state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done_units = models.PositiveIntegerField(default=0)
    total_units = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def job_ended(self):
        return self.job_state in ENDED

    @property
    def percent(self):
        return min(100, 100 * self.done_units // self.total_units) if self.total_units else 0


def nudge(task, pk):
    """After commit, tell a worker that row `pk` waits; a broker that is away is no error, the sweep finds the row."""

    def send():
        try:
            task.apply_async((pk,), retry=False)
        except Exception as reason:  # kombu raises whatever its transport raises
            log.warning("nudge for %s %s not delivered: %s", task.name, pk, reason)

    transaction.on_commit(send, robust=True)


def claim(model, pk, *, at):
    """Take row `pk` for this worker. Returns the row with a fresh lease, or None when it is not to be taken."""
    lease = uuid.uuid4()
    taken = model._base_manager.filter(pk=pk, job_state=JobState.QUEUED).update(
        job_state=JobState.RUNNING,
        lease=lease,
        lease_until=at + LEASE,
        heartbeat_at=at,
        started_at=at,
        attempts=F("attempts") + 1,
        error="",
    )
    return model._base_manager.get(pk=pk) if taken else None


def heartbeat(job, *, at, done=None, total=None):
    """Say that the work goes on, and how far it is. Raises LeaseLost."""
    changes = {"heartbeat_at": at, "lease_until": at + LEASE}
    if done is not None:
        changes["done_units"] = done
    if total is not None:
        changes["total_units"] = total
    _write(job, **changes)


def finish(job, *, at, **changes):
    """Close the row as done, inside the transaction that holds the work's effect. Raises LeaseLost."""
    _write(job, job_state=JobState.DONE, ended_at=at, heartbeat_at=at, **changes)


def fail(job, *, at, error):
    """Close the row as failed with a sentence for its owner; nothing is tried again."""
    _write(job, job_state=JobState.FAILED, ended_at=at, error=str(error)[:2000])


def give_back(job, *, at, error):
    """After an unexpected error: back to the queue, or dead after the last attempt. Returns the new state."""
    state = JobState.DEAD if job.attempts >= MAX_ATTEMPTS else JobState.QUEUED
    _write(
        job,
        job_state=state,
        lease=None,
        error=str(error)[:2000],
        ended_at=at if state == JobState.DEAD else None,
    )
    return state


def give_back_stale(model, *, at):
    """Free rows whose worker died. Returns the keys that wait again; those out of attempts become dead."""
    stale = JobQuerySet(model).stale(at=at)
    stale.filter(attempts__gte=MAX_ATTEMPTS).update(
        job_state=JobState.DEAD, lease=None, ended_at=at, error=str(_("处理它的进程几次中断。"))
    )
    keys = list(stale.values_list("pk", flat=True))
    stale.filter(pk__in=keys).update(job_state=JobState.QUEUED, lease=None)
    return keys


def sweep(model, task, *, at):
    """Free rows whose worker died, and nudge `task` for every row that waits."""
    give_back_stale(model, at=at)
    for pk in model.objects.waiting().values_list("pk", flat=True):
        nudge(task, pk)


def _write(job, **changes):
    """Update the row only while this worker holds it."""
    held = type(job)._base_manager.filter(pk=job.pk, lease=job.lease, job_state=JobState.RUNNING)
    if not held.update(**changes):
        raise LeaseLost(f"{type(job).__name__} {job.pk}")
    for name, value in changes.items():
        setattr(job, name, value)

"""Jobs and clock jobs of units; thin: read the clock, claim the row, one domain call."""
import logging

from celery import shared_task

from config.kit import clock, jobs
from config.kit.refusal import Refusal
from units.domain import exports
from units.models import Export

log = logging.getLogger(__name__)


@shared_task
def run_export(pk):
    """Write one export. A second worker that comes later finds nothing to claim and leaves."""
    export = jobs.claim(Export, pk, at=clock.now())
    if export is None:
        return
    try:
        made = exports.write_export(
            export,
            demo=clock.is_demo(),
            progress=lambda done, total: jobs.heartbeat(export, at=clock.now(), done=done, total=total),
        )
        exports.finish_export(export, made, at=clock.now())
    except jobs.LeaseLost:
        log.warning("export %s went to another worker", pk)
    except Refusal as refusal:
        _close(jobs.fail, export, refusal.message)
    except Exception as reason:
        log.exception("export %s failed", pk)
        _close(jobs.give_back, export, repr(reason))


def _close(verb, export, error):
    """Write the end of a failed try, unless another worker holds the row by now."""
    try:
        verb(export, at=clock.now(), error=error)
    except jobs.LeaseLost:
        log.warning("export %s went to another worker", export.pk)


@shared_task
def sweep_exports():
    """Nudge exports that wait, free those whose worker died, and delete files whose week is over."""
    jobs.give_back_stale(Export, at=clock.now())
    for pk in Export.objects.waiting().values_list("pk", flat=True):
        jobs.nudge(run_export, pk)
    exports.forget_expired(at=clock.now())

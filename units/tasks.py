"""Jobs and clock jobs of units; thin: read the clock, claim the row, one domain call."""
import logging
import time
from datetime import UTC, datetime

from celery import shared_task

from config.kit import clock, jobs, planner
from config.kit.refusal import Refusal
from units.domain import exports, imports, sign_ins
from units.domain.import_apply import apply_import
from units.domain.import_files import forget_files
from units.enums import ImportStage
from units.models import Export, RosterImport

log = logging.getLogger(__name__)

ADDRESSES_STAY = 24 * 3600  # seconds


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
            progress=_progress_of(export),
        )
        exports.finish_export(export, made, at=clock.now())
    except jobs.LeaseLost:
        log.warning("export %s went to another worker", pk)
    except Refusal as refusal:
        _close(jobs.fail, export, refusal.message)
    except Exception as reason:
        log.exception("export %s failed", pk)
        _close(jobs.give_back, export, repr(reason))


def _close(verb, job, error):
    """Write the end of a failed try, unless another worker holds the row by now. Returns whether it was written."""
    try:
        verb(job, at=clock.now(), error=error)
    except jobs.LeaseLost:
        log.warning("%s %s went to another worker", type(job).__name__, job.pk)
        return False
    return True


@shared_task
def sweep_exports():
    """Nudge exports that wait, free those whose worker died, and delete files whose week is over."""
    jobs.sweep(Export, run_export, at=clock.now())
    exports.forget_expired(at=clock.now())


@shared_task
def run_import(pk):
    """Do the half of an import that its stage asks for: check the files, or write what was confirmed."""
    roster_import = jobs.claim(RosterImport, pk, at=clock.now())
    if roster_import is None:
        return
    is_checking = roster_import.stage == ImportStage.CHECKING
    try:
        if is_checking:
            imports.check_import(roster_import, at=clock.now(), on=clock.today(), progress=_progress_of(roster_import))
        else:
            apply_import(roster_import, at=clock.now())
    except jobs.LeaseLost:
        log.warning("import %s went to another worker", pk)
    except Refusal as refusal:
        if _close(jobs.fail, roster_import, refusal.message):
            (imports.refuse_file if is_checking else imports.back_to_preview)(roster_import)
    except Exception as reason:
        log.exception("import %s failed", pk)
        _close(jobs.give_back, roster_import, repr(reason))


def _progress_of(job):
    return lambda done, total: jobs.heartbeat(job, at=clock.now(), done=done, total=total)


@shared_task
def sweep_imports():
    """Nudge imports that wait, and free those whose worker died."""
    jobs.sweep(RosterImport, run_import, at=clock.now())


@shared_task
def sweep_import_files():
    """Delete uploaded ledgers whose month is over."""
    forget_files(at=clock.now())


@shared_task
def forget_sign_ins():
    """Delete sign-ins whose time is over, and the network addresses that the lock's library noted a day ago, in the machine's
    own time also in a demo."""
    sign_ins.forget_sign_ins(at=clock.now())
    sign_ins.forget_addresses(before=datetime.fromtimestamp(time.time() - ADDRESSES_STAY, UTC))


@shared_task
def tell_planner():
    """Keep SQLite's choice of indexes good as tables grow."""
    planner.learn_sizes()

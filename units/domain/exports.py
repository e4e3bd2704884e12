"""Exports: a worker writes a file from what its owner may see; the row is the job, the file waits a week to be fetched."""
import hashlib
import os
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit import jobs
from config.kit.refusal import Refusal
from units.domain.history import record
from units.models import Export

KEPT_FOR = timedelta(days=7)
_writers = {}


class UnknownExport(Refusal):
    """No app has registered this kind."""


class NothingToFetch(Refusal):
    """The file is not made yet, or it has gone."""


def register(kind, write):
    """Let `write(target, *, parameters, user, demo, progress)` make exports of `kind`; called from AppConfig.ready().

    It writes the file at `target` (a path), calls `progress(done, total)` now and then, cuts everything to what `user`
    may see, and returns the name under which the file is fetched. Refusals reach the owner in their own words.
    """
    _writers[kind] = write


@transaction.atomic
def request_export(kind, *, title, parameters, by, at):
    """Put an export in the queue; the caller nudges a worker. Raises UnknownExport."""
    if kind not in _writers:
        raise UnknownExport(_("没有这种导出。"))
    export = Export.objects.create(kind=kind, title=title[:120], parameters=parameters, requested_by=by, queued_at=at)
    record(export, "export", by=by, at=at, detail={"kind": kind, **parameters})
    return export


def write_export(export, *, demo, progress):
    """Make the file of a claimed export; returns the fields that `finish_export` stores. No file stays after an error."""
    folder = export_folder()
    stored_name = f"{uuid.uuid4().hex}.part"
    target = folder / stored_name
    try:
        if export.kind not in _writers:
            raise UnknownExport(_("没有这种导出。"))
        file_name = _writers[export.kind](
            str(target), parameters=export.parameters, user=export.requested_by, demo=demo, progress=progress
        )
        final = target.with_suffix(Path(file_name).suffix)
        digest = _sha256(target)
        os.replace(target, final)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return {
        "file_name": file_name, "stored_name": final.name, "byte_size": final.stat().st_size, "sha256": digest,
    }


def finish_export(export, made, *, at):
    """Close the row with its file. Raises jobs.LeaseLost, and then takes the file away: another worker makes its own."""
    try:
        jobs.finish(export, at=at, expires_at=at + KEPT_FOR, **made)
    except jobs.LeaseLost:
        (export_folder() / made["stored_name"]).unlink(missing_ok=True)
        raise


def file_of(export, *, at):
    """The path of a finished export's file. Raises NothingToFetch."""
    if export.job_state != jobs.JobState.DONE:
        raise NothingToFetch(_("文件还没有做好。"))
    path = export_folder() / export.stored_name
    if (export.expires_at and export.expires_at <= at) or not export.stored_name or not path.is_file():
        raise NothingToFetch(_("文件已经过期，请重新导出。"))
    return path


def forget_expired(*, at):
    """Delete the files whose week is over; the rows stay as the record of what was exported. Returns how many."""
    expired = Export.objects.filter(expires_at__lte=at).exclude(stored_name="")
    for export in expired:
        (export_folder() / export.stored_name).unlink(missing_ok=True)
        Export.objects.filter(pk=export.pk).update(stored_name="")
    return len(expired)


def export_folder():
    """Where the files lie; never served by a web server, only by the view that checks the owner."""
    folder = Path(settings.MEDIA_ROOT) / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Uploaded ledgers hold ID numbers in plain text, so they are deleted once they are no longer needed; the rows stay."""
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from config.kit import jobs
from units.domain.imports import KINDS
from units.enums import ImportStage
from units.models import RosterImport

KEPT_FOR = timedelta(days=30)


def forget_files(*, at):
    """Delete the files of imports that ended, or that nobody confirmed, 30 days ago. Returns how many imports had some."""
    with_files = Q()
    for ledger in KINDS:
        with_files |= ~Q(**{f"{ledger}_file": ""})
    old = RosterImport.objects.filter(with_files, requested_at__lte=at - KEPT_FOR, job_state__in=jobs.ENDED)
    for roster_import in old:
        RosterImport.objects.filter(pk=roster_import.pk, stage=ImportStage.PREVIEW).update(
            stage=ImportStage.REFUSED, error=_("超过 30 天没有确认，上传的文件已经删除。请重新上传。")
        )
        for ledger in KINDS:
            getattr(roster_import, f"{ledger}_file").delete(save=False)
        # Only these columns: another process may be moving the row.
        RosterImport.objects.filter(pk=roster_import.pk).update(**dict.fromkeys((f"{name}_file" for name in KINDS), ""))
    return len(old)

"""Imports of the two ledgers: upload, check, answer, confirm. Nothing is written to the roster before it is confirmed."""
import uuid
from dataclasses import asdict, dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from config.kit import jobs
from config.kit.refusal import Refusal
from config.kit.workbook import open_workbook
from units.domain import id_numbers
from units.domain.chinese_dates import Tenth
from units.domain.history import record
from units.domain.import_apply import preview_digest
from units.domain.import_members import plan_members
from units.domain.import_organizations import plan_organizations
from units.domain.import_snapshot import take_snapshot
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.domain.ledger_members import MEMBER_LEDGER
from units.domain.ledger_organizations import ORGANIZATION_LEDGER
from units.domain.ledger_reader import read_ledger
from units.enums import ImportStage, LineOutcome
from units.models import ImportLine, Organization, RosterImport

KINDS = {ORGANIZATIONS: ORGANIZATION_LEDGER, MEMBERS: MEMBER_LEDGER}


class NothingToImport(Refusal):
    """No file, or members without any organisation to put them in."""


class NotWaiting(Refusal):
    """The import is not at the step at which this can be done."""


class ReasonMissing(Refusal):
    """Changes are corrections, and a correction says why."""

    field = "reason"


@dataclass
class ImportPlan:
    """The plans of both ledgers and a digest of the database they rely on."""

    organizations: object
    members: object
    digest: str

    @property
    def parts(self):
        return {ORGANIZATIONS: self.organizations, MEMBERS: self.members}

    def lines(self):
        return [line for part in self.parts.values() for line in part.lines]

    def wrong(self):
        return [wrong for part in self.parts.values() for wrong in part.wrong]

    def found(self, name):
        """All totals, questions or notes of both ledgers."""
        return [one for part in self.parts.values() if part.reading for one in getattr(part.reading, name)]


def plan_import(files, *, answers, on, progress=None):
    """Read the ledgers and plan them against the database; nothing is stored.

    `files` maps "organizations" and "members" to (name, bytes), or leaves one out; `answers` as in `read_ledger`; `on` is
    the present day. `progress(done, total)` is told the rows read so far. Raises a WorkbookRefusal.
    """
    books = {ledger: open_workbook(data, name) for ledger, (name, data) in files.items()}
    total, before, readings = sum(book.row_count for book in books.values()), 0, dict.fromkeys(KINDS)
    for ledger in books:
        tell = (lambda rows, before=before: progress(before + rows, total)) if progress else None
        readings[ledger] = read_ledger(books[ledger], KINDS[ledger], answers=answers, on=on, progress=tell)
        before += readings[ledger].seen
    rows = readings[MEMBERS].rows if readings[MEMBERS] else []
    numbers = {id_numbers.digest(row.values["id_number"]) for row in rows if row.values.get("id_number")}
    snapshot = take_snapshot({row.values["name"] for row in rows}, numbers)
    organizations = plan_organizations(readings[ORGANIZATIONS], snapshot)
    members = plan_members(readings[MEMBERS], snapshot, organizations, on=on)
    plan = ImportPlan(organizations, members, "")
    plan.digest = preview_digest(plan.lines(), snapshot)
    return plan


@transaction.atomic
def start_import(files, *, by, at):
    """Keep the uploaded files and put the check in the queue; the caller nudges a worker. Raises NothingToImport."""
    if not files:
        raise NothingToImport(_("请选择要导入的文件，至少一个。"))
    if ORGANIZATIONS not in files and not Organization.objects.exists():
        raise NothingToImport(_("还没有党组织。请先上传党组织名册，或两个文件一起上传。"), field=ORGANIZATIONS)
    roster_import = RosterImport(requested_by=by, requested_at=at, queued_at=at)
    for ledger, (name, data) in files.items():
        setattr(roster_import, f"{ledger}_name", name[-160:])
        # The name on disk is ours: what a person called the file is kept in the row.
        getattr(roster_import, f"{ledger}_file").save(f"{uuid.uuid4().hex}.ledger", ContentFile(data), save=False)
    roster_import.save()
    record(roster_import, "upload", by=by, at=at)
    return roster_import


def stored_files(roster_import):
    """{ledger: (name, bytes)} of an import."""
    files = {}
    for ledger in KINDS:
        file = getattr(roster_import, f"{ledger}_file")
        if file:
            with file.open("rb") as stream:
                files[ledger] = (getattr(roster_import, f"{ledger}_name"), stream.read())
    return files


def check_import(roster_import, *, at, on, progress):
    """The first half of the job: plan, store the lines for the preview, close the job. Returns the ImportPlan.

    Raises a WorkbookRefusal.
    """
    plan = plan_import(stored_files(roster_import), answers=roster_import.answers, on=on, progress=progress)
    store_plan(roster_import, plan)
    with transaction.atomic():
        jobs.finish(
            roster_import, at=at, stage=ImportStage.PREVIEW, base_digest=plan.digest, done_units=roster_import.total_units,
            questions=[asdict(question) for question in plan.found("questions")],
            totals=[asdict(total) for total in plan.found("totals")],
            summary={
                **{ledger: part.counts() for ledger, part in plan.parts.items() if part.reading},
                "notes": plan.found("notes"),
                "absent": {ledger: part.absent for ledger, part in plan.parts.items()},
            },
        )
    return plan


@transaction.atomic
def store_plan(roster_import, plan):
    """Write the planned lines and the wrong cells as ImportLine rows, in the order of the files."""
    roster_import.lines.all().delete()
    ImportLine.objects.bulk_create(
        [ImportLine(roster_import=roster_import, **line) for line in _line_fields(plan)], batch_size=500
    )


def _line_fields(plan):
    """Fields of every ImportLine, ordered by ledger, sheet and row."""
    for part in plan.parts.values():
        sheets = {name: number for number, name in enumerate(part.reading.sheets)} if part.reading else {}
        found = [{**asdict(line), "label": line.label[:120]} for line in part.lines]
        found += [
            {**asdict(wrong), "outcome": LineOutcome.WRONG, "column": wrong.column[:60], "value": wrong.value[:200],
             "expected": wrong.expected[:200]}
            for wrong in part.wrong
        ]
        yield from sorted(found, key=lambda fields: (sheets.get(fields["sheet"], -1), fields["row"]))


def answer_questions(roster_import, answers, *, by, at):
    """Keep how a person reads the columns in question, and check again. Raises NotWaiting.

    `answers` maps keys of the import's questions to "january" or "october"; others are left out. Without answers the
    files are simply checked again.
    """
    keys = {question["key"] for question in roster_import.questions}
    valid = {key: value for key, value in answers.items() if key in keys and value in (Tenth.JANUARY, Tenth.OCTOBER)}
    with transaction.atomic():
        _requeue(roster_import, ImportStage.CHECKING, at, answers={**roster_import.answers, **valid}, reason="")
        record(roster_import, "recheck", by=by, at=at, detail={"answers": valid})


@transaction.atomic
def keep_ticks(roster_import, *, shown, ticked):
    """Remember which of the changed lines on one page (`shown`, primary keys) are to be written."""
    lines = roster_import.lines.filter(outcome=LineOutcome.CHANGED, pk__in=shown)
    lines.filter(pk__in=ticked).update(accepted=True)
    lines.exclude(pk__in=ticked).update(accepted=False)


@transaction.atomic
def confirm_import(roster_import, *, reason, by, at):
    """Put the writing in the queue; the caller nudges a worker. Raises NotWaiting, ReasonMissing, NothingToImport."""
    lines = roster_import.lines
    changes = lines.filter(outcome=LineOutcome.CHANGED, accepted=True).exists()
    if not changes and not lines.filter(outcome=LineOutcome.NEW).exists():
        raise NothingToImport(_("没有可以写入的行。"))
    if changes and not reason.strip():
        raise ReasonMissing(_("请写一句更正原因，例如“与纸质名册核对后更正”。"))
    _requeue(roster_import, ImportStage.APPLYING, at, applied_by=by, reason=reason.strip()[:200])


def back_to_preview(roster_import):
    """After a refused writing the preview stands again; only the worker that held the job calls this."""
    RosterImport.objects.filter(pk=roster_import.pk, stage=ImportStage.APPLYING).update(stage=ImportStage.PREVIEW)


def refuse_file(roster_import):
    """After a file that cannot be read there is no preview."""
    RosterImport.objects.filter(pk=roster_import.pk, stage=ImportStage.CHECKING).update(stage=ImportStage.REFUSED)


def _requeue(roster_import, stage, at, **changes):
    """From the preview, or from a half that has failed for good, into the queue for `stage`; one of two clicks wins."""
    waiting = RosterImport.objects.filter(pk=roster_import.pk, job_state__in=jobs.ENDED)
    stages = {ImportStage.PREVIEW}
    if stage == ImportStage.CHECKING:
        stages |= {ImportStage.CHECKING, ImportStage.APPLYING}
    if not waiting.filter(stage__in=stages).update(
        stage=stage, job_state=jobs.JobState.QUEUED, queued_at=at, started_at=None, ended_at=None, heartbeat_at=None,
        attempts=0, done_units=0, total_units=0, error="", **changes,
    ):
        raise NotWaiting(_("这次导入已经在处理，请看最新的进度。"))
    roster_import.refresh_from_db()

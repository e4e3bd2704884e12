"""Write what a confirmed import planned: one transaction, in bulk, and only if the preview still holds."""
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit import jobs
from config.kit.refusal import Refusal
from units.domain.history import record_many
from units.domain.import_apply_members import write_members
from units.domain.import_apply_organizations import write_organizations
from units.domain.import_snapshot import take_snapshot
from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS
from units.enums import ImportStage, LineOutcome
from units.models import RosterImport


class StalePreview(Refusal):
    """The database is not what the preview saw."""


@dataclass
class Effect:
    """What an import did, for the history and for taking it back.

    `made` holds primary keys of new rows by model name, `closed` those of facts that were superseded, `before` and `after`
    the fields of changed rows; `events` are rows for the history.
    """

    made: dict = field(default_factory=dict)
    closed: dict = field(default_factory=dict)
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    events: list = field(default_factory=list)

    def note_made(self, name, rows):
        self.made.setdefault(name, []).extend(row.pk for row in rows)

    def note_closed(self, name, facts):
        self.closed.setdefault(name, []).extend(fact.pk for fact in facts)

    def as_data(self):
        return {"made": self.made, "closed": self.closed, "before": self.before, "after": self.after}


def preview_digest(lines, snapshot=None):
    """Digest of the database as far as `lines` (stored or planned) rely on it; of `snapshot` where one was just taken."""
    members = [line for line in lines if line.ledger == MEMBERS and line.outcome != LineOutcome.WRONG]
    names = {line.label for line in members}
    digests = {line.values["id_digest"] for line in members if line.values.get("id_digest")}
    return (snapshot or take_snapshot(names, digests)).digest(names, digests)


@transaction.atomic
def apply_import(roster_import, *, at):
    """Write the new rows and the accepted changes of a confirmed import and close its job.

    Raises StalePreview, other Refusals, and jobs.LeaseLost; nothing is written then.
    """
    # Two imports must not write at once: each waits here for the other.
    list(RosterImport.objects.select_for_update().filter(stage=ImportStage.APPLYING).order_by("pk").values_list("pk"))
    lines = list(roster_import.lines.order_by("pk"))
    if preview_digest(lines) != roster_import.base_digest:
        raise StalePreview(_("预览之后数据有变化，请重新预览。"))
    wanted = [line for line in lines if line.outcome == LineOutcome.NEW]
    wanted += [line for line in lines if line.outcome == LineOutcome.CHANGED and line.accepted]
    effect = Effect()
    stamp = {"at": at, "by": roster_import.applied_by, "reason": roster_import.reason}
    keys = write_organizations([line for line in wanted if line.ledger == ORGANIZATIONS], effect, **stamp)
    write_members([line for line in wanted if line.ledger == MEMBERS], keys, effect, **stamp)
    detail = {"files": str(roster_import), **written_counts(wanted)}
    events = [(roster_import, "import", detail, None), *effect.events]
    record_many(events, by=roster_import.applied_by, at=at)
    jobs.finish(
        roster_import, at=at, stage=ImportStage.APPLIED, applied_at=at, undo=effect.as_data(), done_units=len(lines),
        summary={**roster_import.summary, "written": written_counts(wanted)},
    )
    return effect


def written_counts(lines):
    """{"new": rows, "changed": rows}."""
    return {
        "new": sum(line.outcome == LineOutcome.NEW for line in lines),
        "changed": sum(line.outcome == LineOutcome.CHANGED for line in lines),
    }

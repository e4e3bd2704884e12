"""The log as the auditor reads it: what the rows are about, whether they still fit together, and when that was last checked."""
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from units.domain.history import first_bad_entry, mac_of, record
from units.domain.record_history import VERBS
from units.models import HistoryEntry, HistoryHead

CHECK = "check_log"
SUBJECTS = {
    "units.User": _("账号"), "units.Organization": _("党组织"), "units.Member": _("党员"),
    "units.Transfer": _("组织关系转接"), "units.PartyGroup": _("党小组"),
    "units.RosterImport": _("导入"), "units.Export": _("导出"), "units.HistoryHead": _("日志"),
    "campaign.Campaign": _("活动方案"), "campaign.Criterion": _("条件"), "campaign.Plan": _("计划"),
    "campaign.Task": _("任务"), "campaign.Activity": _("活动"), "campaign.Commitment": _("承诺"),
    "campaign.Rectification": _("整改"), "evaluations.Review": _("点评"), "evaluations.Appraisal": _("评议"),
    "evaluations.Marking": _("考评"), "evaluations.Indicator": _("指标"), "evaluations.ScoringRun": _("计分"),
    "evaluations.AwardRound": _("表彰"), "evaluations.Nomination": _("推荐"),
}


@dataclass(frozen=True)
class LogRow:
    """One row in words; `fits` is False when it was changed after it was written."""

    entry: HistoryEntry
    verb: str
    subject: str
    detail: str
    fits: bool


@dataclass(frozen=True)
class LogCheck:
    """The last check of the whole chain: when, over how many rows, and the first bad row's number (None: all fit)."""

    at: datetime
    rows: int
    bad: int | None


def log_rows(entries):
    """[LogRow] of some entries; each is held against its own mac."""
    return [
        LogRow(
            entry, str(VERBS.get(entry.verb, entry.verb)), str(SUBJECTS.get(entry.subject_type, entry.subject_type)),
            _detail_words(entry.detail), entry.mac == mac_of(entry, entry.previous_mac),
        )
        for entry in entries
    ]


def _detail_words(detail):
    """The note or reason alone where there is one, else every value with its name."""
    note = detail.get("note") or detail.get("reason")
    return note or "，".join(f"{name}: {value}" for name, value in detail.items() if value not in ("", None, [], {}))


def check_log(*, by, at):
    """Walk the whole chain and write down what was found. Returns the LogCheck."""
    bad = first_bad_entry()
    number = None if bad is None else bad.sequence
    head, _made = HistoryHead.objects.get_or_create(pk=1)
    rows = HistoryEntry.objects.count()
    record(head, CHECK, by=by, at=at, detail={"rows": rows, "bad": number})
    return LogCheck(at, rows, number)


def last_check():
    """The newest LogCheck, or None."""
    entry = HistoryEntry.objects.filter(verb=CHECK).order_by("-sequence").first()
    return LogCheck(entry.at, entry.detail["rows"], entry.detail["bad"]) if entry else None

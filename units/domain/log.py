"""The log as the auditor reads it: what the rows are about, whether they still fit together, and when that was last checked."""
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from units.domain.history import first_bad_entry, mac_of, record
from units.domain.record_history import VERBS
from units.enums import Role
from units.models import HistoryEntry, HistoryHead

CHECK = "check_log"
SUBJECTS = {
    "units.User": _("账号"), "units.Organization": _("党组织"), "units.Member": _("党员"),
    "units.Transfer": _("组织关系转接"), "units.Handover": _("交接"), "units.PartyGroup": _("党小组"),
    "units.LinkedBody": _("群团组织"),
    "units.RosterImport": _("导入"), "units.Export": _("导出"), "units.HistoryHead": _("日志"),
    "campaign.Campaign": _("活动方案"), "campaign.Criterion": _("条件"), "campaign.Plan": _("计划"),
    "campaign.Task": _("任务"), "campaign.Activity": _("活动"), "campaign.Commitment": _("承诺"),
    "campaign.Rectification": _("整改"), "evaluations.Review": _("点评"), "evaluations.ReviewMeeting": _("集中点评"),
    "campaign.CalendarDay": _("节假日安排"),
    "evaluations.Appraisal": _("评议"),
    "evaluations.Marking": _("考评"), "evaluations.Indicator": _("指标"), "evaluations.ScoringRun": _("计分"),
    "evaluations.AwardRound": _("表彰"), "evaluations.Nomination": _("推荐"), "evaluations.Poll": _("不记名测评"),
    "evaluations.Inquiry": _("询问"), "evaluations.Opinion": _("意见"), "evaluations.OpinionMonth": _("意见箱情况"),
    "evaluations.Questionnaire": _("问卷"), "evaluations.Symposium": _("座谈会"),
    "campaign.Oversight": _("督导"), "campaign.SpotCheck": _("抽查"), "campaign.SpotVisit": _("抽查记录"),
    "campaign.Designation": _("先锋岗和示范窗口"), "campaign.RoleModel": _("典型"), "campaign.Exhibit": _("图片展"),
    "campaign.Paper": _("成果"), "campaign.Bulletin": _("简报"), "campaign.ActivityKind": _("活动类型"),
    "campaign.Delivery": _("没有发出的提醒"),
}
# What the keys of a row's detail are called; a key that is not here stands as it was written.
DETAILS = {
    "activity": _("活动"), "answers": _("回答"), "as_of": _("情况算到"), "bad": _("对不上的行"), "category": _("类别"),
    "cells": _("公布的格数"), "changed": _("有变化"), "codes": _("投票码"),
    "code": _("代号"), "counts": _("数量"), "cutoff_on": _("组织关系截止"), "demo": _("演示"),
    "digest": _("指纹"), "error": _("原因"), "files": _("文件"), "from": _("原来"), "inputs": _("材料指纹"),
    "items": _("项目"), "kind": _("种类"), "known_at": _("材料收到"), "label": _("名称"), "name": _("名称"), "new": _("新增"),
    "nominations_due_on": _("推荐截止"), "number": _("编号"), "part": _("部分"), "quotas": _("名额"), "result": _("结果指纹"),
    "role": _("角色"), "row": _("行"), "rows": _("行数"), "rules": _("规则指纹"), "run": _("计分"), "sheet": _("工作表"),
    "subject": _("对象"), "title": _("名称"), "to": _("改为"), "votes": _("应到、实到、赞成"),
    "weight": _("权重"), "what": _("内容"), "word": _("等次"),
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
    told = [name for name, value in detail.items() if value not in ("", None, [], {})]
    told.sort(key=lambda name: (name != "what", name))  # PostgreSQL keeps no order of the keys
    words = note or "，".join(
        f"{DETAILS.get(name, name)} {_value_words(name, detail[name])}" for name in told if name != "acting_for"
    )
    instead = detail.get("acting_for")
    return "；".join(filter(None, [words, str(_("代%(name)s")) % {"name": instead}])) if instead else words


def _value_words(name, value):
    if name == "role" and value in Role.values:
        return Role(value).label
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    return "、".join(map(str, value)) if isinstance(value, list) else value


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

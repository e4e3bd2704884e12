"""All versions of one activity with what each changed, and how it ended when it was withdrawn."""
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from campaign.domain.criteria import criterion_titles
from campaign.domain.extras import told_extras
from campaign.enums import AbsenceReason
from campaign.models import Activity, Participation
from config.kit.dates import chinese_date
from units.models import HistoryEntry, Member


@dataclass(frozen=True)
class Change:
    """One field of two versions, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """One step in the life of an activity, newest first on the page; `reason` is the author's own."""

    at: datetime
    what: str
    who: str
    reason: str = ""
    changes: list = field(default_factory=list)


@dataclass(frozen=True)
class Withdrawal:
    at: datetime
    who: str
    reason: str


def versions_of(activity):
    """[Version], newest first, in a fixed number of queries."""
    absent = Participation.objects.filter(was_present=False, partner=None).select_related("member").order_by("member__stroke_key")
    rows = list(
        Activity.objects.filter(lineage=activity.lineage)
        .select_related("kind", "task", "recorded_by")
        .prefetch_related("criteria", "activity_photos", "kind__fields", "parts__organization", "activity_documents")
        .prefetch_related("linked_bodies")
        .prefetch_related(Prefetch("participations", absent, to_attr="absent_rows"))
        .order_by("recorded_at", "pk")
    )
    titles = criterion_titles(activity.campaign)
    told = [_words(row, titles) for row in rows]
    versions = [
        Version(
            row.recorded_at,
            _("更正") if number else _("记入"),
            _name(row.recorded_by),
            row.change_reason,
            _changes(told[number - 1], told[number]) if number else [],
        )
        for number, row in enumerate(rows)
    ]
    ended = withdrawal_of(rows[-1])
    if ended is not None:
        versions.append(Version(ended.at, _("撤回"), ended.who, ended.reason))
    return versions[::-1]


def withdrawal_of(activity):
    """Who withdrew the last version `activity` and why; None while it stands. The history keeps it, for no version follows."""
    if activity.stands:
        return None
    entry = HistoryEntry.objects.of(activity).filter(verb="withdraw").select_related("actor").order_by("-sequence").first()
    if entry is None:
        return Withdrawal(activity.superseded_at, "", "")
    return Withdrawal(activity.superseded_at, _name(entry.actor), entry.detail.get("reason", ""))


def conflict_between(activity, facts):
    """[Change] from the stored version to what somebody else typed meanwhile (ActivityFacts); five queries."""
    titles = criterion_titles(activity.campaign)
    activity.absent_rows = activity.participations.filter(was_present=False, partner=None).select_related("member")
    missing = Member.objects.filter(pk__in=facts.absent).by_strokes().values_list("pk", "name")
    names = [absent_words(name, facts.reasons.get(pk, "")) for pk, name in missing]
    typed = _labelled(
        facts, titles, codes=facts.codes, absent=names, photos=len(facts.photos),
        expected=activity.expected if facts.expected is None else facts.expected,
        partners=_parts_after(activity, facts), documents=len(facts.documents) + len(facts.papers),
    )
    return _changes(_words(activity, titles), typed)


def _parts_after(activity, facts):
    """The partners' words if `facts` took the place of `activity`."""
    parts = {part.organization_id: part for part in activity.parts.select_related("organization")}
    same_day = facts.happened_on == activity.happened_on
    return [
        _part_words(parts[partner.pk]) if same_day and partner.pk in parts else partner.name for partner in facts.partners
    ]


def absent_words(name, reason):
    """张三（请假）; the name alone where nobody gave a reason."""
    return f"{name}（{AbsenceReason(reason).label}）" if reason else name


def _name(user):
    return user.display_name if user else str(_("系统"))


def _changes(old, new):
    return [Change(label, old[label] or "—", new[label] or "—") for label in new if old[label] != new[label]]


def _words(version, titles):
    codes = sorted(row.code for row in version.criteria.all())
    absent = [absent_words(row.member.name, row.reason) for row in version.absent_rows]
    photos = len(version.activity_photos.all())
    parts = sorted(version.parts.all(), key=lambda part: part.organization.path)
    return _labelled(
        version, titles, codes=codes, absent=absent, photos=photos, expected=version.expected,
        partners=[_part_words(part) for part in parts], documents=len(version.activity_documents.all()),
    )


def _part_words(part):
    if part.confirmed_at is None:
        return part.organization.name
    return _("%(name)s %(present)s/%(expected)s 人") % {
        "name": part.organization.name, "present": part.present, "expected": part.expected
    }


def _labelled(said, titles, *, codes, absent, photos, expected, partners, documents):
    """{label: value in words} of what a correction can change; `said` is a version or ActivityFacts."""
    return {
        _("名称"): said.title,
        _("做了什么，有什么变化"): said.text,
        _("日期"): chinese_date(said.happened_on),
        _("参加党员"): _("%(n)s 人") % {"n": said.present},
        _("应到党员"): _("%(n)s 人") % {"n": expected},
        _("没来的"): "、".join(absent),
        _("参加群众"): _("%(n)s 人") % {"n": said.masses},
        _("服务群众"): _("%(n)s 人") % {"n": said.served},
        _("一起参加的"): "、".join(said.body_words),
        _("类型"): said.kind.title,
        _("另填的"): "；".join(f"{label}：{words}" for label, words in told_extras(said.kind, said.extras)),
        _("对应“五个好”"): "、".join(titles.get(code, code) for code in codes),
        _("地点"): said.place,
        _("联合开展的"): "、".join(partners),
        _("计划任务"): said.task.title if said.task else "",
        _("照片"): _("%(n)s 张") % {"n": photos},
        _("文件"): _("%(n)s 个") % {"n": documents},
    }

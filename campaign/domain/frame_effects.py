"""What a change of the frame would change: the change is made, looked at and taken back, before anybody confirms it.

Probes say how things stand; upper apps register theirs, so that runs and award rounds are asked too.
"""
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from campaign.domain.criterion_versions import criterion_lines
from campaign.domain.phase_permissions import work_days
from campaign.models import Activity, Campaign, Task
from config.kit.day_words import day_words, span_words

NOTHING = "—"


@dataclass(frozen=True)
class Effect:
    """One thing that changes, as it is and as it would be; "—" where there is nothing."""

    label: str
    before: str
    after: str


class _TakenBack(Exception):
    """Ends the trial; nothing of it stays."""


_probes: list[Callable] = []


def register_probe(probe):
    """Let `probe(campaign, on=date)` return {key: (label, value)}; called from AppConfig.ready()."""
    _probes.append(probe)


def publish(campaign, write, *, on, confirmed=""):
    """Call `write()` and keep it when nothing changes by it, or when `confirmed` is the digest of what does.

    Returns [] when it was kept, else the [Effect] that have to be confirmed first; then nothing of it stays. Raises
    whatever refusal `write` raises.
    """
    before = _state(campaign, on)
    try:
        with transaction.atomic():
            write()
            effects = _compared(before, _state(campaign, on))
            if effects and digest_of(effects) != confirmed:
                raise _TakenBack
    except _TakenBack:
        return effects
    return []


def _compared(before, after):
    effects = []
    for key in [*before, *(key for key in after if key not in before)]:
        label, old = before.get(key, ("", NOTHING))
        new_label, new = after.get(key, ("", NOTHING))
        if old != new:
            effects.append(Effect(str(label or new_label), str(old), str(new)))
    return effects


def digest_of(effects):
    """What the confirmation carries along: another change meanwhile makes another digest, and the page comes again."""
    return hashlib.sha256(json.dumps([asdict(effect) for effect in effects], ensure_ascii=False).encode()).hexdigest()[:32]


def _state(campaign, on):
    [fresh] = Campaign.objects.filter(pk=campaign.pk)
    state = {}
    for probe in [frame_lines, criterion_lines, work_today, things_in_phases, *_probes]:
        state |= probe(fresh, on=on)
    return state


def frame_lines(campaign, *, on):
    """The frame itself, a line for each thing that can be changed."""
    lines = {("days",): (_("活动的起止"), span_words(campaign.starts_on, campaign.ends_on))}
    for name in ("title", "requirement", "theme", "vehicle", "thread", "reply_days"):
        lines["own", name] = (Campaign._meta.get_field(name).verbose_name, getattr(campaign, name) or NOTHING)
    spans = [("step", _("步骤"), campaign.steps), ("phase", _("阶段"), campaign.phases)]
    for kind, word, rows in spans:
        for row in rows.order_by("position", "pk"):
            lines[kind, row.pk, "title"] = (word, row.title)
            lines[kind, row.pk, "days"] = (_("“%(title)s”的起止") % {"title": row.title}, span_words(row.starts_on, row.ends_on))
            lines[kind, row.pk, "text"] = (_("“%(title)s”的要求") % {"title": row.title}, row.text or NOTHING)
    for aim in campaign.aims.order_by("position", "pk"):
        lines["aim", aim.pk] = (_("目标"), f"{aim.title}：{aim.text}")
    for milestone in campaign.milestones.order_by("on", "pk"):
        lines["milestone", milestone.pk] = (_("节点"), f"{day_words(milestone.on)} {milestone.title} {milestone.text}".strip())
    for theme in campaign.category_themes.order_by("pk"):
        lines["theme", theme.category] = (theme.get_category_display(), f"{theme.theme} {theme.text}".strip())
    for row in campaign.expectations.select_related("step", "phase").order_by("pk"):
        label = _("“%(span)s”对%(category)s的要求") % {"span": row.phase or row.step, "category": row.get_category_display()}
        lines["expectation", row.step_id, row.phase_id, row.category] = (label, row.text)
    return lines


def work_today(campaign, *, on):
    """When each kind of work may be done, and whether that is so today."""
    lines = {}
    for days in work_days(campaign, on=on):
        spans = "、".join(span_words(row.starts_on, row.ends_on) for row in days.rows) or _("随时")
        lines["work", days.work] = (_("可以%(work)s的时间") % {"work": days.work.label}, spans)
        lines["open", days.work] = (_("今天能不能%(work)s") % {"work": days.work.label}, _("能") if days.is_open else _("不能"))
    return lines


def things_in_phases(campaign, *, on):
    """Tasks and records that lie in each phase, and tasks whose day lies outside their plan's phase."""
    lines = {}
    tasks = Task.objects.standing().filter(plan__campaign=campaign)
    activities = Activity.objects.standing().filter(campaign=campaign)
    for phase in campaign.phases.order_by("starts_on", "pk"):
        words, days = {"title": phase.title}, (phase.starts_on, phase.ends_on)
        lines["tasks", phase.pk] = (_("在“%(title)s”里到期的任务") % words, _count(tasks.filter(due_on__range=days)))
        records = activities.filter(happened_on__range=days)
        lines["activities", phase.pk] = (_("在“%(title)s”里的活动记录") % words, _count(records))
    outside = Q(due_on__lt=F("plan__phase__starts_on")) | Q(due_on__gt=F("plan__phase__ends_on"))
    lines["outside",] = (_("期限落在计划阶段以外的任务"), _count(tasks.filter(outside)))
    return lines


def _count(rows):
    return _("%(n)s 条") % {"n": rows.count()}

"""Change the campaign frame: its own fields, aims, steps, phases, milestones and the categories' themes."""
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from campaign.models import (
    Activity,
    Aim,
    Campaign,
    CategoryTheme,
    Expectation,
    Milestone,
    Phase,
    PhasePermission,
    Plan,
    Step,
)
from config.kit.refusal import Refusal
from units.domain.history import record


class FrameRefusal(Refusal):
    """Something in the frame does not fit; `row` is the number of the row meant (0 …), None for the campaign itself."""

    def __init__(self, message, *, field=None, row=None):
        super().__init__(message, field=field)
        self.row = row


class OutsideCampaign(FrameRefusal):
    """A step or phase does not lie inside the campaign, or a phase not inside its step."""


class PhasesOverlap(FrameRefusal):
    """Two phases of one step share days."""


class FrameInUse(FrameRefusal):
    """A step with phases, or a phase with plans, cannot be taken away."""


class FrameGone(FrameRefusal):
    """Somebody else took this row away meanwhile."""


class CampaignTooShort(FrameRefusal):
    """The new days leave something outside that is recorded or planned."""


@dataclass(frozen=True)
class Part:
    """One list of the frame: its model and the fields a row has."""

    label: str
    model: type
    fields: tuple[str, ...]
    ordered_by: str = ""  # the field that gives the position; rows keep their own order without it


PARTS = {
    "aims": Part(_("四个目标"), Aim, ("title", "text")),
    "steps": Part(_("步骤"), Step, ("title", "text", "starts_on", "ends_on"), "starts_on"),
    "phases": Part(_("阶段"), Phase, ("step", "title", "text", "starts_on", "ends_on"), "starts_on"),
    "milestones": Part(_("节点"), Milestone, ("title", "on", "text")),
    "themes": Part(_("分类主题"), CategoryTheme, ("category", "theme", "text")),
    "expectations": Part(_("分类要求"), Expectation, ("step", "phase", "category", "text")),
    "permissions": Part(_("办理时间"), PhasePermission, ("work", "step", "phase", "from_on", "until_on")),
}
HANG_ON_SPANS = {"expectations", "permissions"}  # their rows name a step and perhaps one of its phases


def part_rows(campaign, part):
    """The rows of one part as plain data for a form: [{id, …}] in their order."""
    order = {
        "milestones": ["on"], "themes": ["pk"], "expectations": ["step__position", "phase__position"],
        "permissions": ["work", "step__position"],
    }.get(part, ["position"])
    return list(PARTS[part].model.objects.filter(campaign=campaign).order_by(*order, "pk").values("id", *PARTS[part].fields))


@transaction.atomic
def change_campaign(campaign, *, by, at, **fields):
    """Change the campaign's own fields (title, requirement, theme, vehicle, thread, starts_on, ends_on, reply_days).

    Raises CampaignTooShort when steps, phases or standing activities would lie outside the new days.
    """
    starts_on, ends_on = fields["starts_on"], fields["ends_on"]
    for span in [*campaign.steps.order_by("starts_on", "pk"), *campaign.phases.order_by("starts_on", "pk")]:
        if span.starts_on < starts_on:
            raise CampaignTooShort(_("“%(title)s”早于这一天开始，请先改它的日期。") % {"title": span.title}, field="starts_on")
        if span.ends_on > ends_on:
            raise CampaignTooShort(_("“%(title)s”晚于这一天结束，请先改它的日期。") % {"title": span.title}, field="ends_on")
    logged = Activity.objects.standing().filter(campaign=campaign).aggregate(first=Min("happened_on"), last=Max("happened_on"))
    if logged["first"] and logged["first"] < starts_on:
        raise CampaignTooShort(_("已经有这一天以前的活动记录。"), field="starts_on")
    if logged["last"] and logged["last"] > ends_on:
        raise CampaignTooShort(_("已经有这一天以后的活动记录。"), field="ends_on")
    changed = [str(Campaign._meta.get_field(name).verbose_name) for name, value in fields.items()
               if getattr(campaign, name) != value]
    Campaign.objects.filter(pk=campaign.pk).update(**fields)
    campaign.refresh_from_db()
    record(campaign, "change", by=by, at=at, detail={"note": "、".join(changed)}, organization=campaign.organization)
    return campaign


@transaction.atomic
def write_part(campaign, part, rows, *, by, at):
    """Make the part of the frame exactly `rows`: [{id or None, fields…}]; rows left out are taken away.

    Returns {added, changed, removed}. Raises OutsideCampaign, PhasesOverlap, FrameInUse, FrameGone.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two editors of one part take turns
    shape = PARTS[part]
    existing = shape.model.objects.filter(campaign=campaign)
    related = [name for name in shape.fields if name in ("step", "phase")]
    there = {row.pk: row for row in (existing.select_related(*related) if related else existing)}
    if part in SAME_BY:
        rows = _by_what_tells_apart(part, rows, there.values())
    for number, row in enumerate(rows):
        if row.get("id") and row["id"] not in there:
            raise FrameGone(_("这一行已经被别人删除，请刷新页面再改。"), row=number)
    _check(campaign, part, rows)
    removed = [row for key, row in there.items() if key not in {row.get("id") for row in rows}]
    _check_unused(part, removed)
    shape.model.objects.filter(pk__in=[row.pk for row in removed]).delete()
    counts = {"added": 0, "changed": 0, "kept": 0, "removed": len(removed)}
    positions = _positions(shape, rows)
    for number, row in enumerate(rows):
        counts[_write_row(campaign, shape, there.get(row.get("id")), row, positions[number])] += 1
    del counts["kept"]
    note = _("%(part)s：新增 %(added)s，修改 %(changed)s，删除 %(removed)s") % {"part": shape.label, **counts}
    record(
        campaign, "change", by=by, at=at, detail={"part": part, **counts, "note": note}, organization=campaign.organization
    )
    return counts


SAME_BY = {  # the fields that tell rows of a part apart, and what is said when two rows share them
    "themes": (("category",), _("这一类已经有主题。")),
    "expectations": (("step", "phase", "category"), _("这个步骤或阶段对这一类已经有要求。")),
}


def _by_what_tells_apart(part, rows, existing):
    """Rows are found by what tells them apart, so that two of them may exchange theirs."""
    names, message = SAME_BY[part]
    keys = {tuple(getattr(row, name) for name in names): row.pk for row in existing}
    seen = set()
    for number, row in enumerate(rows):
        key = tuple(row[name] for name in names)
        if key in seen:
            raise FrameRefusal(message, field="category", row=number)
        seen.add(key)
    return [{**row, "id": keys.get(tuple(row[name] for name in names))} for row in rows]


def _positions(shape, rows):
    """The place of each row: by its day where the part has one, else as it stands."""
    numbers = list(range(len(rows)))
    if shape.ordered_by:
        numbers.sort(key=lambda number: (rows[number][shape.ordered_by], number))
    return {number: place for place, number in enumerate(numbers)}


def _write_row(campaign, shape, existing, row, position):
    """Create, change or leave one row; returns which of added, changed, kept it was."""
    values = {name: row[name] for name in shape.fields}
    if any(name == "position" for name in (f.name for f in shape.model._meta.fields)):
        values["position"] = position
    if existing is None:
        if shape.model is Step:
            values["code"] = _free_code(campaign)
        shape.model.objects.create(campaign=campaign, **values)
        return "added"
    changed = [name for name, value in values.items() if getattr(existing, name) != value]
    for name in changed:
        setattr(existing, name, values[name])
    if changed:
        existing.save(update_fields=changed)
    return "changed" if changed else "kept"


def _free_code(campaign):
    """A code for a step that the office adds; the template's own have names."""
    used = set(Step.objects.filter(campaign=campaign).values_list("code", flat=True))
    return next(f"step-{n}" for n in range(1, len(used) + 2) if f"step-{n}" not in used)


def _check(campaign, part, rows):
    if part in ("steps", "phases"):
        for number, row in enumerate(rows):
            _check_inside(row, number, campaign, _("活动期间"))
    if part == "steps":
        _check_steps_hold_phases(campaign, rows)
    if part == "phases":
        for number, row in enumerate(rows):
            _check_inside(row, number, row["step"], _("所属步骤"))
        _check_overlap(rows)
    if part in HANG_ON_SPANS:
        for number, row in enumerate(rows):
            _check_hangs_on(row, number)


def _check_hangs_on(row, number):
    """The phase is one of the step's, and own days lie inside the days of what they hang on."""
    span = row["phase"] or row["step"]
    if row["phase"] and row["phase"].step_id != row["step"].pk:
        raise FrameRefusal(
            _("“%(phase)s”不是“%(step)s”里的阶段。") % {"phase": row["phase"].title, "step": row["step"].title},
            field="phase", row=number,
        )
    for name in ("from_on", "until_on"):
        if row.get(name) and not span.starts_on <= row[name] <= span.ends_on:
            raise OutsideCampaign(
                _("“%(span)s”是 %(first)s 到 %(last)s，请写这中间的日期，或者空着。")
                % {"span": span.title, "first": span.starts_on.isoformat(), "last": span.ends_on.isoformat()},
                field=name, row=number,
            )


def _check_inside(row, number, span, word):
    if row["starts_on"] < span.starts_on:
        raise OutsideCampaign(
            _("不能早于%(span)s的开始日期 %(day)s。") % {"span": word, "day": span.starts_on.isoformat()},
            field="starts_on", row=number,
        )
    if row["ends_on"] > span.ends_on:
        raise OutsideCampaign(
            _("不能晚于%(span)s的结束日期 %(day)s。") % {"span": word, "day": span.ends_on.isoformat()},
            field="ends_on", row=number,
        )


def _check_steps_hold_phases(campaign, rows):
    """A step whose days change still has to hold its phases."""
    numbers = {row["id"]: number for number, row in enumerate(rows) if row.get("id")}
    for phase in Phase.objects.filter(campaign=campaign, step__in=list(numbers)).order_by("starts_on"):
        row = rows[numbers[phase.step_id]]
        if phase.starts_on < row["starts_on"] or phase.ends_on > row["ends_on"]:
            field = "starts_on" if phase.starts_on < row["starts_on"] else "ends_on"
            raise OutsideCampaign(
                _("阶段“%(title)s”会落在这个步骤之外，请先改阶段的日期。") % {"title": phase.title},
                field=field, row=numbers[phase.step_id],
            )


def _check_overlap(rows):
    """Phases of one step follow one another."""
    numbers = sorted(range(len(rows)), key=lambda n: (rows[n]["step"].pk, rows[n]["starts_on"], n))
    for before, number in zip(numbers, numbers[1:], strict=False):
        earlier, later = rows[before], rows[number]
        if earlier["step"] == later["step"] and later["starts_on"] <= earlier["ends_on"]:
            raise PhasesOverlap(
                _("和“%(title)s”的日期重叠，应在 %(day)s 以后开始。")
                % {"title": earlier["title"], "day": earlier["ends_on"].isoformat()},
                field="starts_on", row=number,
            )


def _check_unused(part, removed):
    keys = [row.pk for row in removed]
    if part == "steps":
        phase = Phase.objects.filter(step__in=keys).select_related("step").first()
        if phase:
            raise FrameInUse(_("步骤“%(title)s”下还有阶段，不能删除。") % {"title": phase.step.title})
    if part == "phases":
        plan = Plan.objects.filter(phase__in=keys).select_related("phase").first()
        if plan:
            raise FrameInUse(_("阶段“%(title)s”已经有单位计划，不能删除。") % {"title": plan.phase.title})

"""Tasks of plans: changed in place while the plan is a draft, by new versions with a reason once it was approved."""
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.task_results import settle_task
from campaign.enums import PLAN_EDITABLE, PlanState, TaskOutcome
from campaign.models import ActivityKind, Plan, Task, TaskCriterion, TaskResult
from config.kit.facts import FactSuperseded, supersede
from config.kit.refusal import Refusal
from units.domain.history import record
from units.models import Member


class TaskLocked(Refusal):
    """The plan is being judged: its tasks stand still until then."""


class DueOutside(Refusal):
    """A task is due outside the days of its plan."""

    field = "due_on"


class OwnerElsewhere(Refusal):
    """The owner of a task is not a member of the plan's organisation or of one below it."""

    field = "owner"


class ChangeWithoutReason(Refusal):
    """After approval every change of a task says why."""

    field = "reason"


class TaskClosed(Refusal):
    """The task has ended already."""


class CannotClose(Refusal):
    """The activity named does not close this task."""

    field = "activity"


@dataclass(frozen=True)
class TaskText:
    """What a task says; `codes` are the codes of the criteria it serves."""

    title: str
    due_on: date
    target: int = 1
    text: str = ""
    place: str = ""
    kind: ActivityKind | None = None
    owner: Member | None = None
    codes: list[str] = field(default_factory=list)

    @property
    def columns(self):
        """The fields of the row itself."""
        return {name: getattr(self, name) for name in ("title", "due_on", "target", "text", "place", "kind", "owner")}


def days_of(plan):
    """First and last day on which a task of `plan` may be due."""
    span = plan.phase or plan.campaign
    return span.starts_on, span.ends_on


@transaction.atomic
def add_task(plan, text, *, by, at):
    """Add a task behind the others, to a draft or (the level above does that) to an approved plan.

    Raises TaskLocked, DueOutside, OwnerElsewhere.
    """
    plan = _locked(plan)
    _check(plan, text)
    task = Task.objects.create(
        plan=plan, organization=plan.organization, recorded_at=at, recorded_by=by,
        position=plan.tasks.standing().count(), **text.columns,
    )
    write_codes(task, text.codes)
    record(task, "add", by=by, at=at, organization=plan.organization)
    return task


@transaction.atomic
def change_task(task, text, *, reason="", by, at):
    """Change a task: in place under an editable plan, else as a new version with a reason.

    Returns the standing row. Raises TaskLocked, DueOutside, OwnerElsewhere, ChangeWithoutReason, TaskClosed,
    FactSuperseded.
    """
    plan = _locked(task.plan)
    _check(plan, text)
    if plan.state in PLAN_EDITABLE and plan.approved_at is None:
        changed = Task.objects.standing().filter(pk=task.pk).update(**text.columns)
        if not changed:
            raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
        task.refresh_from_db()
        task.criteria.all().delete()
        write_codes(task, text.codes)
        record(task, "change", by=by, at=at, organization=plan.organization)
        return task
    if not reason.strip():
        raise ChangeWithoutReason(_("计划已经同意，改任务要写一句原因。"))
    if task.results.standing().filter(outcome=TaskOutcome.DROPPED).exists():
        raise TaskClosed(_("这项任务已经不再做，不能再改。"))
    newer = Task(
        plan=plan, organization=plan.organization, position=task.position, recorded_by=by, parent=task.parent,
        change_reason=reason.strip(), **text.columns,
    )
    supersede(task, at=at, replacement=newer)
    write_codes(newer, text.codes)
    settle_task(newer, by=by, at=at)
    record(newer, "correct", by=by, at=at, detail={"reason": reason.strip()}, organization=plan.organization)
    return newer


@transaction.atomic
def remove_task(task, *, by, at):
    """Take a task out of a plan that was not approved yet. Raises TaskLocked, also for one that was approved elsewhere."""
    plan = _locked(task.plan)
    if plan.approved_at is not None:
        raise TaskLocked(_("计划已经同意，任务不能删除，只能写明原因不再做。"))
    if task.supersedes_id is not None:
        raise TaskLocked(_("这项任务是从撤并的党组织接过来的，不能删除；计划同意以后可以写明原因不再做。"))
    record(task, "remove", by=by, at=at, detail={"title": task.title}, organization=plan.organization)
    task.delete()


@transaction.atomic
def close_task(task, *, activity=None, reason="", by, at, on):
    """End a task by the activity that did it, or by a reason for which it is not done any more (dropped on day `on`).

    Returns the TaskResult. Raises TaskLocked (plan not approved), CannotClose, ChangeWithoutReason, TaskClosed.
    """
    if task.plan.approved_at is None:
        raise TaskLocked(_("计划还没有同意，任务不能办结。"))
    if activity is None and not reason.strip():
        raise ChangeWithoutReason(_("请选完成它的活动，或写明原因。"))
    if activity is not None and activity.organization_id != task.organization_id:
        raise CannotClose(_("请选本单位的活动。"))
    if activity is not None and task.target > 1:
        raise CannotClose(_("这项任务要做 %(target)s 次，请在记活动时选这项任务，做满自动办结。") % {"target": task.target})
    try:
        with transaction.atomic():
            result = TaskResult.objects.create(
                task=task, activity=activity, reason=reason.strip(), recorded_at=at, recorded_by=by,
                outcome=TaskOutcome.DONE if activity else TaskOutcome.DROPPED,
                happened_on=activity.happened_on if activity else on,
            )
    except IntegrityError as cause:
        raise TaskClosed(_("这项任务已经办结。")) from cause
    record(
        task, "close" if activity else "drop", by=by, at=at, organization=task.organization,
        detail={"activity": str(activity)} if activity else {"reason": reason.strip()},
    )
    return result


def _locked(plan):
    """The plan's row, held until the end of the transaction, so that nobody submits it meanwhile. Raises TaskLocked."""
    held = Plan.objects.select_for_update(of=("self",)).select_related("campaign", "phase", "organization").get(pk=plan.pk)
    if held.state == PlanState.SUBMITTED:
        raise TaskLocked(_("计划正在审，同意或退回以后再改任务。"))
    return held


def _check(plan, text):
    """The due day lies in the plan's days, the owner belongs to the organisation."""
    first, last = days_of(plan)
    if not first <= text.due_on <= last:
        raise DueOutside(
            _("完成期限要在 %(first)s 到 %(last)s 之间。") % {"first": _words(first), "last": _words(last)}
        )
    if text.owner and not Member.objects.within(plan.organization).filter(pk=text.owner.pk).exists():
        raise OwnerElsewhere(_("责任人要是本单位的党员。"))


def _words(day):
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}


def write_codes(task, codes):
    """Name the criteria that a new row of a task serves."""
    TaskCriterion.objects.bulk_create(TaskCriterion(task=task, code=code) for code in dict.fromkeys(codes))

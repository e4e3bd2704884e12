"""Tasks of an organisation that ends: what is still ahead goes into the heir's plan, what was due before stays as it is.

A task keeps its lineage, so what was done for it already still counts towards its target, and a score of before the day can
be made again.
"""
from django.utils.translation import gettext as _

from campaign.domain.plans import move_plan
from campaign.domain.tasks import close_task, write_codes
from campaign.enums import PlanState
from campaign.models import Plan, Task
from config.kit.facts import supersede
from units.domain.history import record


def foresee_tasks(succession):
    """One sentence about the tasks that go over and one about those that stay, where there are any."""
    going = open_tasks(succession).filter(due_on__gte=succession.starts_on).count()
    staying = open_tasks(succession).filter(due_on__lt=succession.starts_on).count()
    said = []
    if going:
        said.append(_("没有办完的任务 %(n)s 项交给“%(heir)s”，原来的期限不变。") % {"n": going, "heir": succession.heir})
    if staying:
        said.append(_("已经过期的任务 %(n)s 项仍记在“%(old)s”名下，不再提醒。") % {"n": staying, "old": succession.source})
    return said


def hand_over_tasks(succession, *, by, at):
    """Put the open tasks that are due on the day or later into the heir's plans; a plan that waits is given back.

    What the heir carries already, or gave out itself, is closed here with that reason instead.
    """
    of_heir = Task.objects.standing().filter(organization=succession.heir)
    there = {*of_heir.values_list("lineage", flat=True), *of_heir.values_list("parent__lineage", flat=True)}
    ahead = open_tasks(succession).filter(due_on__gte=succession.starts_on)
    for task in ahead.select_related("plan__campaign", "parent").prefetch_related("criteria").order_by("position", "pk"):
        if task.parent and task.parent.lineage in there:
            reason = _("%(reason)s，“%(heir)s”已有这项任务") % {"reason": succession.reason, "heir": succession.heir}
            close_task(task, reason=reason[:200], by=by, at=at, on=succession.starts_on)
        else:
            _hand_over(task, succession, by=by, at=at)
    for plan in Plan.objects.waiting().filter(organization=succession.source):
        move_plan(plan, "return", by=by, at=at, note=succession.reason)


def open_tasks(succession):
    """Standing tasks of the one that ends which nobody has closed (a queryset)."""
    return Task.objects.open().filter(organization=succession.source)


def _hand_over(task, succession, *, by, at):
    plan = _plan_of_heir(task.plan, succession, by=by, at=at)
    newer = Task(
        plan=plan, organization=succession.heir, title=task.title, text=task.text, kind_id=task.kind_id, place=task.place,
        owner_id=task.owner_id, due_on=task.due_on, target=task.target, position=plan.tasks.standing().count(),
        parent_id=task.parent_id, recorded_by=by, change_reason=succession.reason,
    )
    supersede(task, at=at, replacement=newer)
    write_codes(newer, [row.code for row in task.criteria.all()])
    record(newer, "hand_over", by=by, at=at, detail={"note": succession.reason}, organization=succession.heir)


def _plan_of_heir(plan, succession, *, by, at):
    """The heir's plan for the same phase, or else one with the same words; it is in force, for the tasks were approved."""
    made, is_new = Plan.objects.get_or_create(
        campaign=plan.campaign, organization=succession.heir, phase=plan.phase,
        defaults={
            "title": plan.title, "theme": plan.theme, "vehicle": plan.vehicle, "state": PlanState.APPROVED, "moved_at": at,
            "approved_at": at, "created_by": by,
        },
    )
    if is_new:
        record(made, "hand_over", by=by, at=at, detail={"note": succession.reason}, organization=succession.heir)
    return made

"""Versions of a plan side by side: each time it is handed in a version is kept, and two of them can be compared."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.models import PlanVersion

NOTHING = "—"
PLAN_LABELS = {
    "title": gettext_lazy("名称"), "phase": gettext_lazy("阶段"), "theme": gettext_lazy("主题"),
    "vehicle": gettext_lazy("载体"), "responsible": gettext_lazy("第一责任人"),
}
TASK_LABELS = {
    "title": gettext_lazy("任务"), "kind": gettext_lazy("活动类型"), "codes": gettext_lazy("对应的条件"),
    "due_on": gettext_lazy("完成期限"), "target": gettext_lazy("次数"), "owner": gettext_lazy("责任人"),
    "place": gettext_lazy("地点"), "text": gettext_lazy("要求"),
}
ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass(frozen=True)
class Line:
    """One field of the plan or of a task, as it was and as it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class TaskDifference:
    """One task: `what` is added, removed, changed or same; `lines` are its fields that differ."""

    what: str
    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    """What differs between two versions; `tasks` in the order removed, changed, added, same."""

    lines: list[Line]
    tasks: list[TaskDifference]

    @property
    def is_empty(self):
        return not self.lines and all(task.what == SAME for task in self.tasks)

    @property
    def counts(self):
        """{what: how many tasks}."""
        return {what: sum(task.what == what for task in self.tasks) for what in (ADDED, CHANGED, REMOVED)}


def words_of(plan):
    """The plan and its standing tasks as plain data: {title, phase, …, tasks: [{lineage, title, …}]}; three queries."""
    tasks = plan.tasks.standing().select_related("kind", "owner").prefetch_related("criteria").order_by("position", "pk")
    return {
        "title": plan.title, "phase": str(plan.phase or _("全程")), "theme": plan.theme, "vehicle": plan.vehicle,
        "responsible": str(plan.responsible or ""), "tasks": [_task_words(task) for task in tasks],
    }


def _task_words(task):
    return {
        "lineage": str(task.lineage), "title": task.title, "kind": str(task.kind or ""),
        "codes": "、".join(sorted(row.code for row in task.criteria.all())), "due_on": task.due_on.isoformat(),
        "target": str(task.target), "owner": str(task.owner or ""), "place": task.place, "text": task.text,
    }


def keep_version(plan, *, by, at):
    """Keep the plan as it is handed in now; the caller holds the plan's row. Returns the PlanVersion."""
    return PlanVersion.objects.create(
        plan=plan, number=plan.versions.count() + 1, handed_in_at=at, handed_in_by=by, words=words_of(plan)
    )


def difference(before, after):
    """The Difference between two `words_of`; tasks are the same when their lineage is."""
    old = {task["lineage"]: task for task in before["tasks"]}
    new = {task["lineage"]: task for task in after["tasks"]}
    removed = [TaskDifference(REMOVED, task["title"], _all(task)) for key, task in old.items() if key not in new]
    added = [TaskDifference(ADDED, task["title"], _all(task, is_new=True)) for key, task in new.items() if key not in old]
    both = [_compared(old[key], task) for key, task in new.items() if key in old]
    return Difference(
        _lines(PLAN_LABELS, before, after),
        [*removed, *(task for task in both if task.what == CHANGED), *added, *(task for task in both if task.what == SAME)],
    )


def _compared(before, after):
    lines = _lines(TASK_LABELS, before, after)
    return TaskDifference(CHANGED if lines else SAME, after["title"], lines)


def _lines(labels, before, after):
    """The fields whose words differ."""
    return [
        Line(str(label), before[name] or NOTHING, after[name] or NOTHING)
        for name, label in labels.items() if before[name] != after[name]
    ]


def _all(task, *, is_new=False):
    """What a task says that stands on one side only, without its title."""
    said = [(label, task[name]) for name, label in TASK_LABELS.items() if name != "title" and task[name]]
    return [Line(str(label), NOTHING if is_new else words, words if is_new else NOTHING) for label, words in said]


def since_last_version(plan):
    """What differs between the last version and the one before it, or between it and now; None where there is nothing to
    compare: (Difference, PlanVersion compared with)."""
    kept = list(plan.versions.in_order())
    if not kept:
        return None
    current = words_of(plan)
    if kept[-1].words != current:
        return difference(kept[-1].words, current), kept[-1]
    return (difference(kept[-2].words, current), kept[-2]) if len(kept) > 1 else None

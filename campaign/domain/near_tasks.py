"""An organisation's open tasks of the next weeks, and how far the tasks of each phase are."""
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q

from campaign.domain.timeline import Axis
from campaign.enums import TaskOutcome
from campaign.models import Task, TaskResult

WEEKS = 6
MOST = 8


@dataclass(frozen=True)
class NearTask:
    """One open task on the line of six weeks; a late one is drawn from its day to today."""

    task: Task
    days: int
    x: float
    due_x: float
    width: float


@dataclass(frozen=True)
class NearWeeks:
    axis: Axis
    today: float
    ticks: list[dict]
    tasks: list[NearTask]


def near_weeks(tasks, *, on):
    """The six weeks around `on` (from last week's Monday) with the open tasks due in them or late before; one query.

    `tasks` is a queryset of the tasks that concern the reader.
    """
    first = on - timedelta(days=on.weekday() + 7)
    axis = Axis(first, first + timedelta(weeks=WEEKS))
    rows = tasks.open().filter(due_on__lt=axis.last).select_related("plan", "organization").order_by("due_on", "pk")[:MOST]
    near = []
    for task in rows:
        left, right = sorted([axis.at(task.due_on), axis.at(on)])
        near.append(NearTask(task, (task.due_on - on).days, left, axis.at(task.due_on), round(right - left, 2)))
    ticks = []
    for week in range(WEEKS):
        day = first + timedelta(weeks=week)
        with_month = week == 0 or day.month != (day - timedelta(weeks=1)).month
        ticks.append({"x": axis.at(day), "label": f"{day.month}月{day.day}日" if with_month else f"{day.day}日"})
    return NearWeeks(axis, axis.at(on), ticks, near)


def _counted(tasks):
    """Standing tasks of approved plans without those that are not done any more, each with `is_done`."""
    results = TaskResult.objects.standing().filter(task=OuterRef("pk"))
    return (
        tasks.standing()
        .filter(plan__approved_at__isnull=False)
        .annotate(is_done=Exists(results.filter(outcome=TaskOutcome.DONE)))
        .exclude(Exists(results.filter(outcome=TaskOutcome.DROPPED)))
    )


def tasks_by_phase(tasks, phases):
    """{phase id: [task with is_done]} of the tasks due in each phase, in the order of their days; one query."""
    rows = list(_counted(tasks).order_by("due_on", "pk"))
    return {
        phase.key: [task for task in rows if phase.starts_on <= task.due_on <= phase.ends_on] for phase in phases
    }


def counts_by_phase(tasks, phases):
    """{phase id: (done, total)} of the tasks due in each phase; one query, one row per day whatever their number."""
    days = list(
        _counted(tasks).values("due_on")
        .annotate(done=Count("pk", filter=Q(is_done=True)), total=Count("pk"))
        .values_list("due_on", "done", "total").order_by("due_on")
    )
    counts = {}
    for phase in phases:
        inside = [row for row in days if phase.starts_on <= row[0] <= phase.ends_on]
        counts[phase.key] = (sum(row[1] for row in inside), sum(row[2] for row in inside))
    return counts

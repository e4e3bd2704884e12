"""How far plans are: their tasks with what closed them, counted for many plans in a handful of queries."""
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, Subquery

from campaign.enums import TaskOutcome
from campaign.models import Activity, Task, TaskResult


@dataclass(frozen=True)
class PlanCount:
    """Tasks of one plan, without those that are not done any more."""

    total: int = 0
    done: int = 0
    late: int = 0


@dataclass(frozen=True)
class TaskRow:
    """One task as the page shows it; `days` until it is due (negative: late), `activities` standing so far."""

    task: Task
    days: int
    result: TaskResult | None
    activities: int
    codes: list[str] = field(default_factory=list)
    branches: tuple[int, int] | None = None  # how many below carry it, how many of them have done it

    @property
    def is_done(self):
        return self.result is not None and self.result.outcome == TaskOutcome.DONE

    @property
    def is_dropped(self):
        return self.result is not None and self.result.outcome == TaskOutcome.DROPPED

    @property
    def is_open(self):
        return self.result is None


def plan_counts(plans, *, on):
    """{plan id: PlanCount} in one query; a plan without tasks is left out."""
    outcome = TaskResult.objects.standing().filter(task=OuterRef("pk")).values("outcome")[:1]
    rows = (
        Task.objects.standing()
        .filter(plan__in=[plan.pk for plan in plans])
        .annotate(outcome=Subquery(outcome))
        .values("plan")
        .annotate(
            total=Count("pk", filter=~Q(outcome=TaskOutcome.DROPPED) | Q(outcome__isnull=True)),
            done=Count("pk", filter=Q(outcome=TaskOutcome.DONE)),
            late=Count("pk", filter=Q(outcome__isnull=True, due_on__lt=on)),
        )
        .order_by()
    )
    return {row["plan"]: PlanCount(row["total"], row["done"], row["late"]) for row in rows}


def task_rows(plans, *, on):
    """{plan id: [TaskRow]} in the order of their due days; four queries for all plans together."""
    tasks = list(
        Task.objects.standing()
        .filter(plan__in=[plan.pk for plan in plans])
        .select_related("kind", "owner")
        .prefetch_related("criteria")
        .order_by("due_on", "position", "pk")
    )
    results = {
        result.task_id: result
        for result in TaskResult.objects.standing().filter(task__in=tasks).select_related("activity")
    }
    counted = dict(
        Activity.objects.standing()
        .filter(task__lineage__in=[task.lineage for task in tasks])
        .values_list("task__lineage")
        .annotate(number=Count("pk"))
        .order_by()
    )
    rows = defaultdict(list)
    for task in tasks:
        codes = sorted(criterion.code for criterion in task.criteria.all())
        rows[task.plan_id].append(
            TaskRow(task, (task.due_on - on).days, results.get(task.pk), counted.get(task.lineage, 0), codes)
        )
    return rows

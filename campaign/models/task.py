"""Tasks of a plan, and the facts of how each ended."""
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.enums import TaskOutcome
from config.kit.facts import Fact, FactQuerySet
from units import scope


class TaskQuerySet(FactQuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.scope_paths(), "organization__"))

    def open(self):
        """Standing tasks of approved plans that have no standing result."""
        ended = TaskResult.objects.standing().filter(task=models.OuterRef("pk"))
        return self.standing().filter(plan__approved_at__isnull=False).exclude(models.Exists(ended))

    def late(self, *, on):
        """Those that somebody can still do: what was missed by an organisation that is gone is counted, not chased."""
        return self.open().filter(due_on__lt=on, organization__dissolved_on__isnull=True)

    def due_within(self, *, on, days):
        return self.open().filter(due_on__lte=on + timedelta(days=days))


class Task(Fact):
    """One version of one task: what, by whom, by when, how many activities close it. `organization` is the plan's.

    `parent` is a version of the unit's task that it was taken over from; the unit's task itself is the parent's lineage.
    """

    plan = models.ForeignKey("campaign.Plan", on_delete=models.CASCADE, related_name="tasks")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(_("任务"), max_length=60)
    text = models.CharField(_("要求"), max_length=300, blank=True)
    kind = models.ForeignKey(
        "campaign.ActivityKind", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("活动类型")
    )
    place = models.CharField(_("地点"), max_length=60, blank=True)
    owner = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="owned_tasks", verbose_name=_("责任人")
    )
    due_on = models.DateField(_("完成期限"))
    target = models.PositiveSmallIntegerField(_("次数"), default=1)
    position = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="handed_down", verbose_name=_("上级的任务")
    )

    objects = TaskQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(target__gte=1),
                name="campaign_task_target_positive",
                violation_error_message=_("次数至少是 1。"),
            ),
        ]
        indexes = [models.Index(fields=["organization", "due_on"], name="campaign_task_due")]

    def __str__(self):
        return self.title


class TaskCriterion(models.Model):
    """A criterion (by its code) that a task serves; an activity started from the task inherits them."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "code"], name="campaign_taskcriterion_once")]

    def __str__(self):
        return self.code


class TaskResult(Fact):
    """How a task ended and on which day: by the activity that did it, or by a reason."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="results")
    outcome = models.CharField(max_length=8, choices=TaskOutcome.choices)
    activity = models.ForeignKey(
        "campaign.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="task_results"
    )
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    happened_on = models.DateField(_("完成日期"))

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(superseded_at__isnull=True),
                name="campaign_taskresult_once_per_task",
                violation_error_message=_("这项任务已经办结。"),
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=False) | ~Q(reason=""),
                name="campaign_taskresult_activity_or_reason",
                violation_error_message=_("请选完成它的活动，或写明原因。"),
            ),
        ]

    def __str__(self):
        return f"{self.task_id} {self.outcome}"

"""A unit's plan (方案): theme, vehicle, first responsible person; its tasks stand in task.py."""
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import PLAN_EDITABLE, PlanState
from units import scope


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.scope_paths(), "organization__"))

    def approved(self):
        return self.filter(state=PlanState.APPROVED)

    def waiting(self):
        return self.filter(state=PlanState.SUBMITTED)


class Plan(models.Model):
    """The plan of one organisation in one campaign, or in one phase of it."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="plans")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="plans")
    phase = models.ForeignKey(
        "campaign.Phase", on_delete=models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("阶段")
    )
    title = models.CharField(_("名称"), max_length=60)
    theme = models.CharField(_("主题"), max_length=100)
    vehicle = models.CharField(_("载体"), max_length=100, blank=True)
    responsible = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("第一责任人")
    )
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    moved_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    return_note = models.CharField(_("退回意见"), max_length=200, blank=True)
    created_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two constraints, because SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["campaign", "organization", "phase"],
                name="campaign_plan_once_per_phase",
                violation_error_message=_("这个阶段已经有计划。"),
            ),
            models.UniqueConstraint(
                fields=["campaign", "organization"],
                condition=models.Q(phase__isnull=True),
                name="campaign_plan_once",
                violation_error_message=_("已经有全程的计划。"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("plan_detail", args=[self.pk])

    @property
    def is_editable(self):
        return self.state in PLAN_EDITABLE

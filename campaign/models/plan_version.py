"""What a plan and its tasks said each time it was handed in, kept so that the next version can be held against it."""
from django.db import models

from campaign.models.plan import Plan
from units import scope


class PlanVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.scope_paths(), "plan__organization__"))

    def in_order(self):
        return self.order_by("number")


class PlanVersion(models.Model):
    """The plan as it was handed in for the `number`-th time. `words` is what campaign/domain/plan_versions.py wrote."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.JSONField()

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="campaign_planversion_number")]

    def __str__(self):
        return f"{self.plan_id} {self.number}"

"""The part that another organisation had in a joint activity: its own numbers, which count once it has confirmed them."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units import scope


class ActivityPartQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.scope_paths(), "organization__"))

    def standing(self):
        """Of versions that count now."""
        return self.filter(activity__superseded_at__isnull=True)

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def waiting(self):
        return self.standing().filter(confirmed_at__isnull=True)


class ActivityPart(models.Model):
    """One partner of one version of an activity. A confirmation makes a new version, so a version's parts never change."""

    activity = models.ForeignKey("campaign.Activity", on_delete=models.CASCADE, related_name="parts")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="activity_parts")
    expected = models.PositiveIntegerField(_("应到党员"), default=0)
    present = models.PositiveIntegerField(_("参加党员"), default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActivityPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "activity"], name="campaign_activitypart_once"),
            models.CheckConstraint(
                condition=Q(present__lte=F("expected")),
                name="campaign_activitypart_present_within_expected",
                violation_error_message=_("参加的人数不能多于应到的人数。"),
            ),
        ]

    def __str__(self):
        return f"{self.activity_id} {self.organization_id}"

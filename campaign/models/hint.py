"""What the friendly look found in an entry: for the author's eyes, and a weight in the draw; never a deduction."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.enums import HintKind
from units import scope


class FriendlyHintQuerySet(models.QuerySet):
    def standing(self):
        """Hints of versions that count now."""
        return self.filter(activity__superseded_at__isnull=True)

    def within(self, organization):
        return self.filter(scope.within(organization.path, "organization__"))


class FriendlyHint(models.Model):
    """One kind of hint that one version of an activity was submitted with. What it said, and about whom, is not kept."""

    activity = models.ForeignKey("campaign.Activity", on_delete=models.CASCADE, related_name="hints")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("提示"), max_length=8, choices=HintKind.choices)
    recorded_at = models.DateTimeField()

    objects = FriendlyHintQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "kind"], name="campaign_friendlyhint_once")]
        indexes = [models.Index(fields=["organization", "recorded_at"], name="campaign_hint_org_at")]

    def __str__(self):
        return f"{self.activity_id} {self.kind}"

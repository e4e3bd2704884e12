"""Who was expected at an activity and who came; rows belong to one version of the activity."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.enums import AbsenceReason


class Participation(models.Model):
    """One expected member of one version of an activity."""

    activity = models.ForeignKey("campaign.Activity", on_delete=models.CASCADE, related_name="participations")
    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="participations")
    partner = models.ForeignKey(  # the organisation it came with in a joint activity; empty for the one that recorded it
        "units.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    was_present = models.BooleanField(default=True)
    reason = models.CharField(_("没来的原因"), max_length=6, choices=AbsenceReason.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "member"], name="campaign_participation_once")]
        indexes = [models.Index(fields=["member", "activity"], name="campaign_participation_member")]

    def __str__(self):
        return f"{self.activity_id} {self.member_id}"

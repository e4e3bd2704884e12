"""Former places of items and commitments: whose they were before their organisation ended, so that a score of then can be
made again, and so that what was due by then goes on counting there."""
from django.db import models
from django.db.models import Q


class FormerPlace(models.Model):
    """The item or the commitment was `organization`'s up to the day `until`; it was handed over at `moved_at`."""

    rectification = models.ForeignKey(
        "campaign.Rectification", on_delete=models.CASCADE, null=True, related_name="former_places"
    )
    commitment = models.ForeignKey("campaign.Commitment", on_delete=models.CASCADE, null=True, related_name="former_places")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rectification__isnull=True) ^ Q(commitment__isnull=True), name="campaign_formerplace_of_one_thing"
            ),
        ]

    def __str__(self):
        return f"{self.organization_id} {self.until}"

"""Former deadlines of rectification items: what a day was before it was moved, so that a score of then can be made again."""
from django.db import models


class FormerDeadline(models.Model):
    """`rectification` was due on `due_on` until `moved_at`, when it got another day."""

    rectification = models.ForeignKey("campaign.Rectification", on_delete=models.CASCADE, related_name="former_deadlines")
    due_on = models.DateField()
    moved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rectification", "moved_at"], name="campaign_formerdeadline_moved")]

    def __str__(self):
        return f"{self.rectification_id} {self.due_on}"

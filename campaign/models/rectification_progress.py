"""What is being done about a rectification item, with photos as evidence; told before it is reported done."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.models.rectification import Rectification


class RectificationProgress(models.Model):
    """One step on the way, told by the owner or the organisation's secretary."""

    rectification = models.ForeignKey(Rectification, on_delete=models.CASCADE, related_name="progress")
    text = models.CharField(_("进展"), max_length=200)
    happened_on = models.DateField(_("日期"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self):
        return self.text


class RectificationPhoto(models.Model):
    """A photo as evidence; never required."""

    progress = models.ForeignKey(RectificationProgress, on_delete=models.CASCADE, related_name="progress_photos")
    photo = models.ForeignKey("campaign.Photo", on_delete=models.PROTECT, related_name="rectification_photos")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["progress", "photo"], name="campaign_rectificationphoto_once")]

    def __str__(self):
        return f"{self.progress_id} {self.photo_id}"

"""Sketches of texts and photos, by which those that are alike find each other; derived, may be made anew at any time."""
from django.db import models


class TextBand(models.Model):
    """One of the bands of an activity's text (config.kit.likeness); 0 stands for a text too short to be like another."""

    activity = models.ForeignKey("campaign.Activity", on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["band", "activity"], name="campaign_textband_once")]

    def __str__(self):
        return f"{self.activity_id} {self.band}"


class PromiseBand(models.Model):
    """One of the bands of what a commitment promises; 0 as above."""

    commitment = models.ForeignKey("campaign.Commitment", on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["band", "commitment"], name="campaign_promiseband_once")]

    def __str__(self):
        return f"{self.commitment_id} {self.band}"


class PhotoSketch(models.Model):
    """The perceptual hash of a photo: 16 hexadecimal digits, "" for one of a single colour, and its four parts."""

    photo = models.OneToOneField("campaign.Photo", on_delete=models.CASCADE, primary_key=True, related_name="sketch")
    bits = models.CharField(max_length=16, blank=True)
    part_0 = models.PositiveIntegerField(null=True, db_index=True)
    part_1 = models.PositiveIntegerField(null=True, db_index=True)
    part_2 = models.PositiveIntegerField(null=True, db_index=True)
    part_3 = models.PositiveIntegerField(null=True, db_index=True)

    def __str__(self):
        return self.bits

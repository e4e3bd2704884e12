"""The guard against floods: numbers of the running hour for the whole box, and proofs that were used; never who."""
from django.db import models

from evaluations.enums import FloodLane


class FloodHour(models.Model):
    """How many came in the running hour (0 to 23) by one lane; the row is deleted when the hour is over."""

    lane = models.CharField(max_length=6, choices=FloodLane.choices)
    hour = models.PositiveSmallIntegerField()
    sent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "hour"], name="evaluations_floodhour_once")]

    def __str__(self):
        return f"{self.lane} {self.sent}"


class SpentChallenge(models.Model):
    """SHA-256 of a challenge that came back; deleted two days later, when it would have expired long ago."""

    digest = models.CharField(max_length=64, primary_key=True)
    spent_on = models.DateField()

    def __str__(self):
        return self.digest[:8]

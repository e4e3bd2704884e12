"""A meeting at which several secretaries are reviewed (集中点评): occasion, day and place stand once for all its reviews."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.enums import ReviewOccasion
from units import scope


class ReviewMeetingQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """Those who read the organisation whose secretaries were reviewed, and whoever held it."""
        return self.filter(scope.within_any(user.reading_paths(), "organization__") | Q(recorded_by=user))


class ReviewMeeting(models.Model):
    """One meeting; its reviews point here. `organization` is the level above those reviewed."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="review_meetings")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="review_meetings")
    occasion = models.CharField(_("场合"), max_length=20, choices=ReviewOccasion.choices)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")

    objects = ReviewMeetingQuerySet.as_manager()

    def __str__(self):
        return f"{self.get_occasion_display()} {self.held_on}"

    def get_absolute_url(self):
        return reverse("review_meeting_detail", args=[self.pk])

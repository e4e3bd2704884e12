"""Addresses under which a calendar program fetches an organisation's calendar without signing in."""
from django.db import models
from django.db.models import Q


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; nobody hands out addresses for somebody else."""
        return self.filter(user=user)

    def working(self):
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """One address. Only the SHA-256 of its token is kept; it shows what `user` may see at the moment it is fetched."""

    user = models.ForeignKey("units.User", on_delete=models.CASCADE, related_name="calendar_feeds")
    organization = models.ForeignKey("units.Organization", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"], condition=Q(revoked_at__isnull=True), name="campaign_calendarfeed_one_working"
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.organization_id}"

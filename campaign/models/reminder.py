"""Reminders: one row per thing, person and channel, written before anything is sent (4-trust §1)."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.enums import ReminderChannel, ReminderState


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user, channel=ReminderChannel.APP)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Reminder(models.Model):
    """`occurrence` names the thing and its turn, e.g. `task:17:2011-06-12`; with kind, recipient and channel it is the key."""

    kind = models.CharField(max_length=20)
    recipient = models.ForeignKey("units.User", on_delete=models.CASCADE, related_name="reminders")
    occurrence = models.CharField(max_length=80)
    channel = models.CharField(max_length=4, choices=ReminderChannel.choices)
    state = models.CharField(max_length=8, choices=ReminderState.choices, default=ReminderState.QUEUED, db_index=True)
    title = models.CharField(_("事项"), max_length=120)
    body = models.CharField(_("内容"), max_length=300, blank=True)
    url = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    lease = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "recipient", "occurrence", "channel"], name="campaign_reminder_once")
        ]
        indexes = [models.Index(fields=["recipient", "channel", "read_at"], name="campaign_reminder_inbox")]

    def __str__(self):
        return self.title

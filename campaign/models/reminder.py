"""Reminders: one row per thing, person and channel, written before anything is sent (4-trust §1)."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.enums import MailChoice, ReminderChannel, ReminderState
from units.enums import Role


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user, channel=ReminderChannel.APP)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def by_thing(self):
        """One row per thing, the latest first: {item, latest (key), times, unread}."""
        return self.values("item").annotate(
            latest=models.Max("pk"), times=models.Count("pk"), unread=models.Count("pk", filter=models.Q(read_at__isnull=True))
        ).order_by("-latest")

    def waiting(self, channel):
        return self.filter(channel=channel, state=ReminderState.QUEUED)


class Reminder(models.Model):
    """`occurrence` names the thing and its turn, e.g. `task:17:2011-06-12`; with kind, recipient and channel it is the key.
    `item` is the thing alone, `task:17`: messages are shown by it, and of one thing there is at most one in a week."""

    kind = models.CharField(max_length=20)
    recipient = models.ForeignKey("units.User", on_delete=models.CASCADE, related_name="reminders")
    occurrence = models.CharField(max_length=80)
    item = models.CharField(max_length=80)
    channel = models.CharField(max_length=4, choices=ReminderChannel.choices)
    state = models.CharField(max_length=8, choices=ReminderState.choices, default=ReminderState.QUEUED, db_index=True)
    title = models.CharField(_("事项"), max_length=120)
    body = models.CharField(_("内容"), max_length=2000, blank=True)
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
        indexes = [
            models.Index(fields=["recipient", "channel", "read_at"], name="campaign_reminder_inbox"),
            models.Index(fields=["created_at"], name="campaign_reminder_created"),
        ]

    def __str__(self):
        return self.title


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What did not go out, or may not have, for the system administrator; nobody else."""
        states = [ReminderState.FAILED, ReminderState.UNKNOWN]
        seen = self.filter(state__in=states).exclude(channel=ReminderChannel.APP)
        return seen if user.has_role(Role.SYSTEM) else seen.none()


class Delivery(Reminder):
    """A reminder as the one who looks after the machine sees it: to whom, by what way, what went wrong; not what it says."""

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        proxy = True

    def __str__(self):
        return f"{self.get_channel_display()} {self.pk}"


class ReminderChoice(models.Model):
    """How somebody wants to be reminded; without a row: mail for each thing, and text messages."""

    user = models.OneToOneField("units.User", on_delete=models.CASCADE, primary_key=True, related_name="reminder_choice")
    mail = models.CharField(_("邮件"), max_length=6, choices=MailChoice.choices, default=MailChoice.EACH)
    sms = models.BooleanField(_("收短信"), default=True)
    changed_at = models.DateTimeField()

    def __str__(self):
        return f"{self.user_id} {self.mail}"

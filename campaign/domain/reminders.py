"""Reminders: once per thing, person and channel; written first, then sent, and never sent twice for want of an answer."""
import smtplib
import uuid
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaign.enums import ReminderChannel, ReminderState
from campaign.models import Reminder
from units.models import User

SENDING_FOR_TOO_LONG = timedelta(minutes=10)
TOO_OLD = timedelta(hours=24)  # 4-trust §1; after a long stop or a restore nobody gets yesterday's news
MAX_ATTEMPTS = 3


@transaction.atomic
def write_reminders(things, *, at):
    """Write one reminder per thing and channel; those already written stay as they are. Returns how many are new.

    `things` are DueThings. The unique key does the counting, so two clocks at once double nothing.
    """
    things = [thing for thing in things if thing.is_reminded]
    mailboxes = dict(
        User.objects.filter(pk__in={thing.recipient_id for thing in things}).exclude(email="").values_list("pk", "email")
    )
    before = Reminder.objects.count()
    Reminder.objects.bulk_create(
        [row for thing in things for row in _rows(thing, thing.recipient_id in mailboxes, at)],
        ignore_conflicts=True,
        batch_size=500,
    )
    return Reminder.objects.count() - before


def _rows(thing, has_mailbox, at):
    """The in-app row, which counts as sent the moment it stands, and the mail that waits to be sent."""
    fields = {
        "kind": thing.kind, "recipient_id": thing.recipient_id, "occurrence": thing.occurrence,
        "title": thing.title[:120], "body": thing.detail[:300], "url": thing.url, "due_on": thing.due_on, "created_at": at,
    }
    yield Reminder(channel=ReminderChannel.APP, state=ReminderState.SENT, sent_at=at, **fields)
    if has_mailbox:
        yield Reminder(channel=ReminderChannel.MAIL, state=ReminderState.QUEUED, **fields)


def claim_mails(*, at, limit=100):
    """Take up to `limit` queued mails for this worker; returns them."""
    lease = uuid.uuid4()
    waiting = Reminder.objects.filter(channel=ReminderChannel.MAIL, state=ReminderState.QUEUED)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
    waiting.filter(pk__in=keys).update(
        state=ReminderState.SENDING, lease=lease, claimed_at=at, attempts=F("attempts") + 1
    )
    return list(Reminder.objects.filter(lease=lease).select_related("recipient").order_by("pk"))


def send_mails(*, at, site_url, limit=100):
    """Claim and send one batch. Returns {state: count}.

    A server that refused leaves `queued` for another try, `failed` after the third; silence after the message was handed
    over leaves `unknown`, for a person to look at.
    """
    counts = {}
    connection = get_connection()
    for reminder in claim_mails(at=at, limit=limit):
        state, error = _send(reminder, connection, site_url)
        if state == ReminderState.QUEUED and reminder.attempts >= MAX_ATTEMPTS:
            state = ReminderState.FAILED
        Reminder.objects.filter(pk=reminder.pk, lease=reminder.lease, state=ReminderState.SENDING).update(
            state=state, error=error[:300], sent_at=at if state == ReminderState.SENT else None
        )
        counts[state] = counts.get(state, 0) + 1
    connection.close()
    return counts


def _send(reminder, connection, site_url):
    """Hand one mail over; returns the state it is in now and the error in words."""
    message = EmailMessage(
        subject=_("提醒：%(title)s") % {"title": reminder.title},
        body="\n\n".join(filter(None, [reminder.body, site_url.rstrip("/") + reminder.url])),
        to=[reminder.recipient.email],
        connection=connection,
    )
    try:
        connection.open()
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as reason:
        return ReminderState.FAILED, str(reason)
    except (ConnectionRefusedError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError) as reason:
        return ReminderState.QUEUED, str(reason)
    except (OSError, smtplib.SMTPException) as reason:
        connection.connection = None  # whatever became of the session, the next mail opens a new one
        return ReminderState.UNKNOWN, str(reason)
    return ReminderState.SENT, ""


def skip_old_mails(*, at):
    """Mails that wait for more than a day are not sent any more, and say so; the message in the application stands.

    Returns how many.
    """
    waiting = Reminder.objects.filter(channel=ReminderChannel.MAIL, state=ReminderState.QUEUED, created_at__lt=at - TOO_OLD)
    return waiting.update(state=ReminderState.FAILED, error=_("超过一天没有发出，不再发送。"))


def give_up_on_lost_mails(*, at):
    """Mails whose worker died while sending are `unknown`: they may have gone out. Returns how many."""
    return Reminder.objects.filter(state=ReminderState.SENDING, claimed_at__lt=at - SENDING_FOR_TOO_LONG).update(
        state=ReminderState.UNKNOWN, error=_("发送时进程中断，不清楚是否已经发出。")
    )


def read_all(user, *, at):
    """Mark every message of `user` as read. Returns how many were not."""
    return Reminder.objects.visible_to(user).unread().update(read_at=at)


def read_one(reminder, *, at):
    """Mark one message as read."""
    Reminder.objects.filter(pk=reminder.pk, read_at__isnull=True).update(read_at=at)

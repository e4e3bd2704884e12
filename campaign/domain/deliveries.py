"""Sending what reminders wait to be sent: claimed, handed over once, and never again for want of an answer (4-trust §1)."""
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.enums import DELIVERY_MOVES, ReminderState
from campaign.models import Delivery, Reminder
from config.kit.refusal import Refusal
from units.domain.history import record

SENDING_FOR_TOO_LONG = timedelta(minutes=10)
TOO_OLD = timedelta(hours=24)  # after a long stop or a restore nobody gets yesterday's news
MAX_ATTEMPTS = 3
QUIET_FROM, QUIET_UNTIL = 20, 8  # hours of the day: nothing rings in the evening, at night or early


class DeliveryMoved(Refusal):
    """Somebody else has decided about it already."""


def is_quiet(at):
    """Whether messages wait at this moment. The longest wait is twelve hours, well below TOO_OLD."""
    return not QUIET_UNTIL <= timezone.localtime(at).hour < QUIET_FROM


def claim(channel, *, at, limit=100):
    """Take up to `limit` queued reminders of a channel for this worker; returns them."""
    lease = uuid.uuid4()
    waiting = Reminder.objects.waiting(channel)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
    waiting.filter(pk__in=keys).update(
        state=ReminderState.SENDING, lease=lease, claimed_at=at, attempts=F("attempts") + 1
    )
    return list(Reminder.objects.filter(lease=lease).select_related("recipient__member").order_by("pk"))


def send(channel, *, at, limit=100):
    """Claim and send one batch by `channel` (campaign.domain.channels). Returns {state: count}.

    What was not taken stays `queued` for another try, `failed` after the third; silence after it was handed over leaves
    `unknown`, for a person to look at.
    """
    counts = {}
    try:
        for reminder in claim(channel.name, at=at, limit=limit):
            state, error = channel.hand_over(reminder, at=at)
            if state == ReminderState.QUEUED and reminder.attempts >= MAX_ATTEMPTS:
                state = ReminderState.FAILED
            Reminder.objects.filter(pk=reminder.pk, lease=reminder.lease, state=ReminderState.SENDING).update(
                state=state, error=error[:300], sent_at=at if state == ReminderState.SENT else None
            )
            counts[state] = counts.get(state, 0) + 1
    finally:
        channel.close()
    return counts


def skip_old(channel, *, at):
    """Those that wait for more than a day are not sent any more, and say so; the message in the application stands.

    Returns how many.
    """
    old = Reminder.objects.waiting(channel).filter(created_at__lt=at - TOO_OLD, attempts__lt=MAX_ATTEMPTS)
    return old.update(state=ReminderState.FAILED, error=_("超过一天没有发出，不再发送。"))


def give_up_on_lost(*, at):
    """Those whose worker died while sending are `unknown`: they may have gone out. Returns how many."""
    return Reminder.objects.filter(state=ReminderState.SENDING, claimed_at__lt=at - SENDING_FOR_TOO_LONG).update(
        state=ReminderState.UNKNOWN, error=_("发送时进程中断，不清楚是否已经发出。")
    )


@transaction.atomic
def decide_delivery(delivery, verb, *, by, at):
    """A person lets it be sent again, or has found that it came (DELIVERY_MOVES). Raises DeliveryMoved.

    Sent again it counts as new: its day begins anew, and it has all its attempts.
    """
    starts_from, leads_to = DELIVERY_MOVES[verb]
    changes = {"state": leads_to, "error": ""}
    changes |= {"attempts": 0, "created_at": at} if verb == "send_again" else {"sent_at": at}
    if not Delivery.objects.filter(pk=delivery.pk, state__in=starts_from).update(**changes):
        raise DeliveryMoved(gettext_lazy("这条已经有人处理了。"))
    record(delivery, verb, by=by, at=at)
    delivery.refresh_from_db()
    return delivery

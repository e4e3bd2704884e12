"""Reminders: once per thing and week, person and channel; written first and sent later (campaign.domain.deliveries)."""
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.enums import MailChoice, ReminderChannel, ReminderState
from campaign.models import Reminder, ReminderChoice
from units.models import User

ONE_WEEK = timedelta(days=7)
PRESSING = timedelta(days=3)  # a text message is sent only of what is late, or due so soon
MOST_IN_DIGEST = 20


@transaction.atomic
def write_reminders(things, *, at, by_sms=False, by_hand=False):
    """Write one reminder per thing and channel; those already written stay as they are. Returns how many are new.

    `things` are DueThings. Of a thing that somebody was reminded of within a week nothing is written yet. The unique key
    does the counting, so two clocks at once double nothing. `by_sms`: there is a gateway for text messages; `by_hand`:
    a person asks for it, by a rule of its own about weeks.
    """
    things = [thing for thing in things if thing.is_reminded]
    things = things if by_hand else _not_this_week(things, at)
    ways = _ways({thing.recipient_id for thing in things}, by_sms)
    before = Reminder.objects.count()
    Reminder.objects.bulk_create(
        [row for thing in things for row in _rows(thing, ways[thing.recipient_id], at)], ignore_conflicts=True, batch_size=500
    )
    return Reminder.objects.count() - before


def _not_this_week(things, at):
    """The first turn of each thing and person, without those of the last seven days."""
    recent = Reminder.objects.filter(created_at__gt=at - ONE_WEEK, created_at__lte=at).values_list("recipient_id", "item")
    seen, kept = set(recent), []
    for thing in things:
        key = (thing.recipient_id, thing.named)
        if key not in seen:
            seen.add(key)
            kept.append(thing)
    return kept


def _ways(recipients, by_sms):
    """{account: channels beside the application} as each has chosen and can be reached."""
    chosen = {choice.user_id: choice for choice in ReminderChoice.objects.filter(user__in=recipients)}
    ways = {account: set() for account in recipients}
    for account, email, phone in User.objects.filter(pk__in=recipients).values_list("pk", "email", "member__phone"):
        choice = chosen.get(account)
        if email and (choice is None or choice.mail == MailChoice.EACH):
            ways[account].add(ReminderChannel.MAIL)
        if by_sms and phone and (choice is None or choice.sms):
            ways[account].add(ReminderChannel.SMS)
    return ways


def _rows(thing, ways, at):
    """The in-app row, which counts as sent the moment it stands, and the messages that wait to be sent."""
    fields = {
        "kind": thing.kind, "recipient_id": thing.recipient_id, "occurrence": thing.occurrence,
        "item": thing.named, "title": thing.title[:120], "body": thing.detail[:300], "url": thing.url,
        "due_on": thing.due_on, "created_at": at,
    }
    yield Reminder(channel=ReminderChannel.APP, state=ReminderState.SENT, sent_at=at, **fields)
    is_pressing = thing.due_on and thing.due_on <= timezone.localdate(at) + PRESSING
    for way in sorted(ways):
        if way != ReminderChannel.SMS or is_pressing:
            yield Reminder(channel=way, state=ReminderState.QUEUED, **fields)


@transaction.atomic
def write_digests(things, *, at, home):
    """On one morning of the week, a mail to everybody for whom something waits and who wants one. Returns how many are new.

    `things` are DueThings, all of them; `home` is the address that the mail leads to.
    """
    waiting = {}
    for thing in things:
        waiting.setdefault(thing.recipient_id, []).append(thing)
    year, week, _day = timezone.localdate(at).isocalendar()
    refused = ReminderChoice.objects.filter(mail=MailChoice.NONE).values("user")
    readers = User.objects.filter(pk__in=waiting, is_active=True).exclude(email="").exclude(pk__in=refused)
    before = Reminder.objects.count()
    Reminder.objects.bulk_create(
        [
            Reminder(
                kind="digest", recipient_id=account, occurrence=f"digest:{year}-{week}", item=f"digest:{year}-{week}",
                channel=ReminderChannel.MAIL, title=_title(waiting[account]), body=_lines(waiting[account]), url=home,
                created_at=at,
            )
            for account in readers.values_list("pk", flat=True)
        ],
        ignore_conflicts=True, batch_size=500,
    )
    return Reminder.objects.count() - before


def _title(things):
    return ngettext("本周要办的 %(n)s 件事", "本周要办的 %(n)s 件事", len(things)) % {"n": len(things)}


def _lines(things):
    lines = [thing.title[:60] + (f" {thing.due_on:%Y-%m-%d}" if thing.due_on else "") for thing in things[:MOST_IN_DIGEST]]
    if len(things) > MOST_IN_DIGEST:
        lines.append(_("……另有 %(n)s 件，见首页。") % {"n": len(things) - MOST_IN_DIGEST})
    return "\n".join(lines)


def read_all(user, *, at):
    """Mark every message of `user` as read. Returns how many were not."""
    return Reminder.objects.visible_to(user).unread().update(read_at=at)


def read_thing(reminder, *, at):
    """Mark every message about the thing of `reminder` as read, for its recipient."""
    same = Reminder.objects.filter(recipient=reminder.recipient_id, channel=reminder.channel, item=reminder.item)
    same.unread().update(read_at=at)


@transaction.atomic
def choose(user, *, mail, sms, at):
    """Keep how `user` wants to be reminded: `mail` is a MailChoice, `sms` whether text messages are wanted."""
    ReminderChoice.objects.update_or_create(user=user, defaults={"mail": mail, "sms": sms, "changed_at": at})

"""Sending: states by what the other side did, nothing sent twice for want of an answer, and what a person decides."""
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from campaign.domain import deliveries, reminders
from campaign.domain.campaign_template import set_up_campaign
from campaign.domain.channels import MailChannel, SmsChannel
from campaign.due import due_things
from campaign.enums import PlanState
from campaign.models import Delivery, Plan, Reminder, Task
from campaign.tasks import send_reminders
from config.kit.gateway import Gateway
from tests.factories.campaign import ReminderFactory
from tests.services.gateway import loopback
from units.models import HistoryEntry, Member

TEMPLATE = '{"to": "$phone", "say": "$text", "id": "$id"}'


@pytest.fixture
def task(root, branch, office, at, today):
    campaign = set_up_campaign(organization=root, code="cxzy", title="创先争优", by=office, at=at)
    plan = Plan.objects.create(
        campaign=campaign, organization=branch, title="方案", theme="主题", state=PlanState.APPROVED, moved_at=at,
        approved_at=at,
    )
    return Task.objects.create(
        plan=plan, organization=branch, title="窗口服务“少跑一趟”", due_on=today + timedelta(days=5), recorded_at=at
    )


class SilentServer(EmailBackend):
    """A gateway that takes the message and never answers."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


class AwayServer(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("nobody listens")


class RefusingServer(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"a@example.test": (550, b"no such user")})


def send(at):
    return deliveries.send(MailChannel("http://127.0.0.1"), at=at)


def mails(secretary, today, at):
    secretary.email = "a@example.test"
    secretary.save()
    reminders.write_reminders(due_things(on=today, user=secretary), at=at)
    return Reminder.objects.filter(channel="mail")


def test_mail_goes_out_once(task, secretary, today, at):
    rows = mails(secretary, today, at)
    assert send(at) == {"sent": rows.count()}
    assert send(at) == {}
    assert {message.subject for message in mail.outbox} >= {"提醒：窗口服务“少跑一趟”"}
    assert len(mail.outbox) == rows.count()


@pytest.mark.parametrize(
    "backend, state", [("SilentServer", "unknown"), ("RefusingServer", "failed"), ("AwayServer", "queued")]
)
def test_mail_that_did_not_go_through(backend, state, task, secretary, today, at, settings):
    rows = mails(secretary, today, at)
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"
    assert set(send(at)) == {state}
    assert set(rows.values_list("state", flat=True)) == {state}


def test_server_away_three_times_is_failed(task, secretary, today, at, settings):
    rows = mails(secretary, today, at)
    settings.EMAIL_BACKEND = f"{__name__}.AwayServer"
    for _try in range(3):
        send(at)
    assert set(rows.values_list("state", flat=True)) == {"failed"}


def test_mail_that_waited_for_more_than_a_day_is_not_sent_any_more(task, secretary, today, at):
    """After a long stop, or a restore elsewhere, nobody gets old reminders (4-trust §1 and §6)."""
    rows = mails(secretary, today, at)
    assert deliveries.skip_old("mail", at=at + timedelta(hours=24)) == 0
    assert deliveries.skip_old("mail", at=at + timedelta(hours=24, seconds=1)) == rows.count()
    assert send(at) == {} and mail.outbox == []
    assert set(rows.values_list("state", "error")) == {("failed", "超过一天没有发出，不再发送。")}


def test_mail_of_a_dead_worker_is_unknown_and_stays_so(task, secretary, today, at):
    rows = mails(secretary, today, at)
    deliveries.claim("mail", at=at)
    assert deliveries.give_up_on_lost(at=at + timedelta(minutes=9)) == 0
    assert deliveries.give_up_on_lost(at=at + timedelta(minutes=11)) == rows.count()
    assert send(at) == {}
    assert set(rows.values_list("error", flat=True)) == {"发送时进程中断，不清楚是否已经发出。"}


# Text messages --------------------------------------------------------------------------------
@pytest.fixture
def message(secretary, at):
    """One text message that waits."""
    Member.objects.filter(pk=secretary.member_id).update(phone="138 0000 0743")
    return ReminderFactory(recipient=secretary, channel="sms", state="queued", title="写“进展”", created_at=at)


def by_sms(at, url, timeout=5):
    return deliveries.send(SmsChannel(Gateway(url, "key", TEMPLATE, timeout), "http://here"), at=at)


@pytest.mark.parametrize(
    ("behaviour", "state"),
    [("accept", "sent"), ("refuse", "failed"), ("busy", "queued"), ("break", "unknown"), ("hang", "unknown")],
)
def test_what_the_gateway_does_decides_the_state(behaviour, state, message, at):
    with loopback(behaviour) as server:
        assert by_sms(at, server.url, timeout=0.3 if behaviour == "hang" else 5) == {state: 1}
        assert server.saw(1)
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (state, at if state == "sent" else None)
    assert bool(message.error) is (state != "sent")


def test_what_is_unknown_is_not_sent_again(message, at):
    with loopback("break") as server:
        by_sms(at, server.url)
        assert by_sms(at, server.url) == {} and len(server.seen) == 1


def test_a_gateway_that_is_away_is_tried_three_times(message, at):
    with loopback("accept") as server:
        url = server.url
    assert [by_sms(at, url) for _try in range(4)] == [{"queued": 1}, {"queued": 1}, {"failed": 1}, {}]


def test_the_message_goes_to_the_number_and_carries_its_own_id(message, at):
    with loopback("accept") as server:
        by_sms(at, server.url)
    assert server.said() == {"to": "13800000743", "say": "提醒：写“进展”", "id": str(message.pk)}


def test_without_a_number_nothing_is_handed_over(message, secretary, at):
    Member.objects.filter(pk=secretary.member_id).update(phone="")
    with loopback("accept") as server:
        assert by_sms(at, server.url) == {"failed": 1}
        assert server.seen == []


def test_in_the_quiet_hours_everything_waits(message, at, settings, stopped_clock):
    with loopback("accept") as server:
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_KEY = server.url, "key"
        stopped_clock(at.replace(hour=20))
        send_reminders()
        assert server.seen == []
        stopped_clock(at + timedelta(days=1) - timedelta(hours=1))  # eight in the morning
        send_reminders()
        assert len(server.seen) == 1


@pytest.mark.parametrize(("hour", "quiet"), [(0, True), (7, True), (8, False), (19, False), (20, True), (23, True)])
def test_the_quiet_hours(hour, quiet, at):
    assert deliveries.is_quiet(at.replace(hour=hour, minute=59)) is quiet


# What a person decides ------------------------------------------------------------------------
def test_a_person_lets_it_be_sent_again_and_it_counts_as_new(message, system, at):
    Reminder.objects.filter(pk=message.pk).update(state="unknown", error="timed out", attempts=3)
    delivery, later = Delivery.objects.get(pk=message.pk), at + timedelta(days=3)
    deliveries.decide_delivery(delivery, "send_again", by=system, at=later)
    assert (delivery.state, delivery.error, delivery.attempts, delivery.created_at) == ("queued", "", 0, later)
    with pytest.raises(deliveries.DeliveryMoved) as refused:
        deliveries.decide_delivery(delivery, "settle", by=system, at=later)
    assert refused.value.message == "这条已经有人处理了。"
    assert [entry.verb for entry in HistoryEntry.objects.of(delivery)] == ["send_again"]


def test_or_finds_that_it_came(message, system, at):
    Reminder.objects.filter(pk=message.pk).update(state="unknown", error="timed out")
    delivery = deliveries.decide_delivery(Delivery.objects.get(pk=message.pk), "settle", by=system, at=at)
    assert (delivery.state, delivery.sent_at) == ("sent", at)

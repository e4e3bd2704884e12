"""Reminders: once per thing and person, mail states, and nothing sent twice for want of an answer."""
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from campaign.domain import reminders
from campaign.domain.campaign_template import set_up_campaign
from campaign.due import due_things
from campaign.enums import PlanState
from campaign.models import Plan, Reminder, Task
from units.domain.history import first_bad_entry


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


def remind(user, today, at):
    return reminders.write_reminders(due_things(on=today, user=user), at=at)


def test_secretary_is_reminded_of_a_task_once(task, secretary, outsider, today, at):
    things = [thing for thing in due_things(on=today) if thing.kind == "task"]
    assert [(thing.recipient_id, thing.title) for thing in things] == [(secretary.pk, "窗口服务“少跑一趟”")]
    assert reminders.write_reminders(things, at=at) == 2  # in the application and by mail
    assert reminders.write_reminders(things, at=at) == 0
    assert Reminder.objects.visible_to(secretary).get().occurrence == f"task:{task.lineage}:{task.due_on}:soon"
    assert not Reminder.objects.visible_to(outsider).exists()


def test_late_task_is_named_again_and_moved_day_too(task, secretary, today, at):
    remind(secretary, today, at)
    later = task.due_on + timedelta(days=1)
    tasks = [thing for thing in due_things(on=later, user=secretary) if thing.kind == "task"]
    assert reminders.write_reminders(tasks, at=at) == 2
    assert Reminder.objects.visible_to(secretary).filter(occurrence__endswith=":late").count() == 1


def test_milestone_within_a_month_is_told_to_those_who_work_in_it(task, secretary, leader, member, today):
    told = {thing.recipient_id for thing in due_things(on=today) if thing.kind == "milestone"}
    assert {secretary.pk, leader.pk} <= told
    assert member.pk not in told


def mails(secretary, today, at):
    secretary.email = "a@example.test"
    secretary.save()
    remind(secretary, today, at)
    return Reminder.objects.filter(channel="mail")


def test_mail_goes_out_once(task, secretary, today, at):
    rows = mails(secretary, today, at)
    assert reminders.send_mails(at=at, site_url="http://127.0.0.1") == {"sent": rows.count()}
    assert reminders.send_mails(at=at, site_url="http://127.0.0.1") == {}
    assert {message.subject for message in mail.outbox} >= {"提醒：窗口服务“少跑一趟”"}
    assert len(mail.outbox) == rows.count()


@pytest.mark.parametrize(
    "backend, state", [("SilentServer", "unknown"), ("RefusingServer", "failed"), ("AwayServer", "queued")]
)
def test_mail_that_did_not_go_through(backend, state, task, secretary, today, at, settings):
    rows = mails(secretary, today, at)
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"
    assert set(reminders.send_mails(at=at, site_url="")) == {state}
    assert set(rows.values_list("state", flat=True)) == {state}


def test_server_away_three_times_is_failed(task, secretary, today, at, settings):
    rows = mails(secretary, today, at)
    settings.EMAIL_BACKEND = f"{__name__}.AwayServer"
    for _try in range(3):
        reminders.send_mails(at=at, site_url="")
    assert set(rows.values_list("state", flat=True)) == {"failed"}


def test_mail_that_waited_for_more_than_a_day_is_not_sent_any_more(task, secretary, today, at):
    """After a long stop, or a restore elsewhere, nobody gets old reminders (4-trust §1 and §6)."""
    rows = mails(secretary, today, at)
    assert reminders.skip_old_mails(at=at + timedelta(hours=24)) == 0
    assert reminders.skip_old_mails(at=at + timedelta(hours=24, seconds=1)) == rows.count()
    assert reminders.send_mails(at=at, site_url="") == {} and mail.outbox == []
    assert set(rows.values_list("state", "error")) == {("failed", "超过一天没有发出，不再发送。")}


def test_mail_of_a_dead_worker_is_unknown_and_stays_so(task, secretary, today, at):
    rows = mails(secretary, today, at)
    reminders.claim_mails(at=at)
    assert reminders.give_up_on_lost_mails(at=at + timedelta(minutes=9)) == 0
    assert reminders.give_up_on_lost_mails(at=at + timedelta(minutes=11)) == rows.count()
    assert reminders.send_mails(at=at, site_url="") == {}
    assert set(rows.values_list("error", flat=True)) == {"发送时进程中断，不清楚是否已经发出。"}


def test_setting_up_leaves_a_sound_chain(task):
    assert first_bad_entry() is None

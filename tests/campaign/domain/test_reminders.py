"""Reminders: once per thing, week and person, by the ways each has chosen, and a digest on one morning of the week."""
from datetime import timedelta

import pytest

from campaign.domain import reminders
from campaign.domain.campaign_template import set_up_campaign
from campaign.due import DueThing, due_things
from campaign.enums import PlanState
from campaign.models import Plan, Reminder, Task
from units.domain.history import first_bad_entry
from units.models import Member, User


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
    assert reminders.write_reminders(tasks, at=at + timedelta(days=6)) == 0  # once a week at most
    assert reminders.write_reminders(tasks, at=at + timedelta(days=7)) == 2
    assert Reminder.objects.visible_to(secretary).filter(occurrence__endswith=":late").count() == 1


def test_milestone_within_a_month_is_told_to_those_who_work_in_it(task, secretary, leader, member, today):
    told = {thing.recipient_id for thing in due_things(on=today) if thing.kind == "milestone"}
    assert {secretary.pk, leader.pk} <= told
    assert member.pk not in told


def test_setting_up_leaves_a_sound_chain(task):
    assert first_bad_entry() is None


# Ways and choices -----------------------------------------------------------------------------
def written(secretary, channel):
    return Reminder.objects.filter(recipient=secretary, channel=channel)


@pytest.mark.parametrize(("choice", "mails"), [("each", True), ("weekly", False), ("none", False)])
def test_mail_for_each_thing_only_for_those_who_want_it(choice, mails, task, secretary, today, at):
    User.objects.filter(pk=secretary.pk).update(email="a@example.test")
    reminders.choose(secretary, mail=choice, sms=True, at=at)
    remind(secretary, today, at)
    assert written(secretary, "app").exists()
    assert written(secretary, "mail").exists() is mails


def test_a_text_message_is_sent_of_what_presses_to_those_who_have_a_number_and_want_it(task, secretary, today, at):
    Member.objects.filter(pk=secretary.member_id).update(phone="13800000743")
    reminders.write_reminders(due_things(on=today, user=secretary), at=at)
    assert not written(secretary, "sms").exists()  # there is no gateway
    Reminder.objects.all().delete()
    reminders.write_reminders(due_things(on=today, user=secretary), at=at, by_sms=True)
    assert not written(secretary, "sms").exists()  # five days are left
    later = today + timedelta(days=2)
    things = due_things(on=later, user=secretary)
    Reminder.objects.all().delete()
    reminders.write_reminders(things, at=at + timedelta(days=2), by_sms=True)
    assert list(written(secretary, "sms").values_list("item", "state")) == [(f"task:{task.lineage}", "queued")]
    Reminder.objects.all().delete()
    reminders.choose(secretary, mail="each", sms=False, at=at)
    reminders.write_reminders(things, at=at + timedelta(days=2), by_sms=True)
    assert not written(secretary, "sms").exists()


def test_a_digest_once_a_week_for_each_who_has_mail_and_something_to_do(task, secretary, leader, today, at):
    User.objects.update(email="")
    User.objects.filter(pk=secretary.pk).update(email="a@example.test")
    User.objects.filter(pk=leader.pk).update(email="b@example.test")
    reminders.choose(leader, mail="none", sms=True, at=at)
    things = due_things(on=today)
    assert reminders.write_digests(things, at=at, home="/") == 1
    assert reminders.write_digests(things, at=at + timedelta(days=1), home="/") == 0
    digest = Reminder.objects.get(kind="digest")
    assert (digest.recipient, digest.channel, digest.state, digest.occurrence) == (secretary, "mail", "queued", "digest:2011-23")
    waiting = [thing for thing in things if thing.recipient_id == secretary.pk]
    assert digest.title == f"本周要办的 {len(waiting)} 件事"
    assert f"窗口服务“少跑一趟” {task.due_on}" in digest.body
    assert reminders.write_digests(things, at=at + timedelta(days=7), home="/") == 1


def test_a_long_digest_names_twenty_and_counts_the_rest(secretary, at):
    User.objects.filter(pk=secretary.pk).update(email="a@example.test")
    things = [DueThing(secretary.pk, "task", f"task:{n}:soon", f"任务 {n}", "", "/", "办") for n in range(23)]
    reminders.write_digests(things, at=at, home="/")
    lines = Reminder.objects.get(kind="digest").body.splitlines()
    assert (len(lines), lines[-1]) == (21, "……另有 3 件，见首页。")

"""Units without a plan are reminded once a week, wait on the home page, and go into a workbook."""
import datetime
from io import BytesIO

import openpyxl
import pytest

from campaign.domain.plan_reminders import (
    NobodyToRemind,
    missing_lines,
    remind_of_plans,
    without_plan,
    write_missing,
)
from campaign.domain.plans import move_plan
from campaign.due import DueThing, due_things
from campaign.models import Reminder
from tests.factories.campaign import PlanFactory
from units.models import HistoryEntry


def remind(organizations, campaign, office, at, on=None):
    return remind_of_plans(organizations, campaign, make=DueThing, by=office, at=at, on=on or at.date())


def waiting(user, on):
    return [thing.title for thing in due_things(on=on, user=user) if thing.kind == "plan_missing"]


def test_those_without_a_plan_are_listed_with_who_answers_for_them(campaign, tree, unit, committee, office, today):
    PlanFactory(campaign=campaign, organization=tree.institution)
    found = without_plan(campaign, office, on=today)
    lines = missing_lines(found, campaign, on=today)
    assert [(line.organization, line.accounts) for line in lines] == [(unit, [committee.pk]), (tree.society, [])]
    assert lines[1].secretary == tree.members[tree.society.pk][0]


def test_one_reminder_a_week_for_each(campaign, branch, secretary, office, at, today):
    assert remind([branch], campaign, office, at) == 1
    with pytest.raises(NobodyToRemind) as refused:
        remind([branch], campaign, office, at)
    assert refused.value.message == "没有可以提醒的：已经有计划，本周提醒过，或者还没有账号。"
    sent = Reminder.objects.filter(channel="app").values_list("recipient", "title")
    assert list(sent) == [(secretary.pk, "办公厅第一党支部还没有计划")]
    assert remind([branch], campaign, office, at, on=today + datetime.timedelta(days=7)) == 1
    [line] = missing_lines([branch], campaign, on=today + datetime.timedelta(days=7))
    assert (line.reminded_on, line.is_reminded_this_week) == (datetime.date(2011, 6, 17), True)
    assert HistoryEntry.objects.of(branch).filter(verb="remind").count() == 2


def test_nobody_is_reminded_of_a_plan_that_is_there(campaign, branch, secretary, office, at):
    PlanFactory(campaign=campaign, organization=branch)
    with pytest.raises(NobodyToRemind):
        remind([branch], campaign, office, at)
    assert Reminder.objects.count() == 0


def test_what_was_asked_for_waits_on_the_home_page_until_it_is_there(campaign, branch, secretary, office, at, today):
    assert waiting(secretary, today) == []
    remind([branch], campaign, office, at)
    assert waiting(secretary, today) == ["办公厅第一党支部还没有计划"]
    assert waiting(office, today) == []
    PlanFactory(campaign=campaign, organization=branch)
    assert waiting(secretary, today) == []


def test_the_lines_need_the_same_queries_for_any_number(campaign, tree, today, django_assert_num_queries):
    for some in ([tree.organ], [tree.organ, tree.institution, tree.society]):
        with django_assert_num_queries(3):
            assert len(missing_lines(some, campaign, on=today)) == len(some)


def test_the_list_goes_into_a_workbook(campaign, tree, today):
    file = BytesIO()
    assert write_missing(file, missing_lines([tree.society], campaign, on=today), demo=False) == 1
    sheet = openpyxl.load_workbook(BytesIO(file.getvalue())).active
    cells = list(sheet.iter_rows(values_only=True))
    assert ("社会工作协会党支部", "部管社会组织", tree.members[tree.society.pk][0].name, None) in [row[:4] for row in cells]


def test_a_plan_given_back_waits_for_its_secretary(campaign, branch, secretary, committee, outsider, at, today):
    plan = PlanFactory(campaign=campaign, organization=branch, state="submitted")
    move_plan(plan, "return", by=committee, at=at, note="任务要落到人")

    def waits(user):
        return [(thing.title, thing.detail) for thing in due_things(on=today, user=user) if thing.kind == "plan"]

    assert waits(secretary) == [("计划退回了，改好再提交", "任务要落到人")]
    assert waits(committee) == waits(outsider) == []

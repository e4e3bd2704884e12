"""A branch takes over its unit's plan: with one call, without doubling, tied to the unit's tasks."""
import datetime

import pytest

from campaign.domain.inherited_plans import (
    NothingToInherit,
    carrying,
    carrying_counts,
    inherit_plan,
    offers_to,
)
from campaign.domain.plans import PlanLocked, move_plan
from campaign.domain.tasks import TaskText, change_task
from campaign.enums import PlanState, TaskOutcome
from campaign.models import Plan, Task
from tests.factories.campaign import PlanFactory, TaskFactory, TaskResultFactory
from units.models import HistoryEntry


@pytest.fixture
def units_plan(campaign, unit):
    plan = PlanFactory(campaign=campaign, organization=unit, theme="提高能力", vehicle="岗位建功")
    TaskFactory(plan=plan, title="联系社区", target=2, codes=["G5"], place="社区")
    TaskFactory(plan=plan, title="讲党课")
    TaskFactory(plan=plan, title="已经过期", due_on=datetime.date(2011, 6, 1))
    TaskResultFactory(task=TaskFactory(plan=plan, title="不再做"), outcome=TaskOutcome.DROPPED)
    return plan


def test_what_is_ahead_is_offered(units_plan, campaign, branch, today):
    [offer] = offers_to(branch, campaign, on=today)
    assert (offer.plan, [task.title for task in offer.tasks]) == (units_plan, ["联系社区", "讲党课"])


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED])
def test_a_plan_that_is_not_approved_is_not_offered(units_plan, campaign, branch, today, state):
    Plan.objects.update(state=state)
    assert offers_to(branch, campaign, on=today) == []


def test_a_unit_is_offered_nothing(units_plan, campaign, unit, today, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert offers_to(unit, campaign, on=today) == []


def test_the_tasks_come_with_a_link_and_the_secretary_as_owner(units_plan, branch, branch_members, secretary, at, today):
    own = inherit_plan(units_plan, branch, by=secretary, at=at, on=today)
    assert (own.theme, own.vehicle, own.responsible, own.state) == ("提高能力", "岗位建功", branch_members[0], "draft")
    task = own.tasks.get(title="联系社区")
    assert (task.parent.title, task.target, task.place, task.owner) == ("联系社区", 2, "社区", branch_members[0])
    assert [row.code for row in task.criteria.all()] == ["G5"]
    assert HistoryEntry.objects.of(task).get().verb == "inherit"


def test_a_second_click_doubles_nothing(units_plan, branch, secretary, at, today):
    inherit_plan(units_plan, branch, by=secretary, at=at, on=today)
    with pytest.raises(NothingToInherit) as refused:
        inherit_plan(units_plan, branch, by=secretary, at=at, on=today)
    assert refused.value.message == "上级计划里没有可以沿用的任务，或者都已经沿用。"
    assert (Plan.objects.filter(organization=branch).count(), Task.objects.filter(organization=branch).count()) == (1, 2)


def test_later_tasks_of_the_unit_come_into_the_same_draft(units_plan, campaign, branch, secretary, at, today):
    own = inherit_plan(units_plan, branch, by=secretary, at=at, on=today)
    TaskFactory(plan=units_plan, title="新加的")
    [offer] = offers_to(branch, campaign, on=today)
    assert [task.title for task in offer.tasks] == ["新加的"]
    assert inherit_plan(units_plan, branch, by=secretary, at=at, on=today) == own
    assert own.tasks.count() == 3


def test_a_plan_handed_in_already_is_left_alone(units_plan, campaign, branch, secretary, at, today):
    PlanFactory(campaign=campaign, organization=branch, state=PlanState.SUBMITTED)
    with pytest.raises(PlanLocked) as refused:
        inherit_plan(units_plan, branch, by=secretary, at=at, on=today)
    assert refused.value.message == "本支部这个阶段的计划已经提交，不能再沿用。"
    assert Task.objects.filter(organization=branch).count() == 0


def test_the_unit_sees_who_carries_its_tasks(units_plan, tree, branch, secretary, committee, office, at, today):
    own = inherit_plan(units_plan, branch, by=secretary, at=at, on=today)
    move_plan(own, "submit", by=secretary, at=at)
    move_plan(own, "approve", by=committee, at=at)
    task = units_plan.tasks.get(title="讲党课")
    TaskResultFactory(task=own.tasks.get(title="讲党课"))
    # also after the unit's task and the branch's got a new version
    text = TaskText("讲党课", datetime.date(2011, 6, 29))
    task = change_task(task, text, reason="改一天", by=office, at=at)
    change_task(own.tasks.standing().get(title="讲党课"), text, reason="改一天", by=committee, at=at)
    assert carrying_counts(units_plan)[task.lineage] == (1, 1)
    found = carrying(task)
    assert (found.carried, found.done) == (1, 1)
    assert [(one.name, bool(own), done) for one, own, done in found.rows] == [
        ("办公厅第二党支部", False, False), ("办公厅第一党支部", True, True)
    ]

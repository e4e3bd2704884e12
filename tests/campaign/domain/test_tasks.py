"""Tasks: changed in place in a draft, by versions with a reason after approval, ended by an activity or a reason."""
import datetime

import pytest

from campaign.domain.tasks import (
    CannotClose,
    ChangeWithoutReason,
    DueOutside,
    OwnerElsewhere,
    TaskClosed,
    TaskLocked,
    TaskText,
    add_task,
    change_task,
    close_task,
    remove_task,
)
from campaign.enums import PlanState
from campaign.models import Task, TaskResult
from config.kit.facts import FactSuperseded
from tests.factories.campaign import ActivityFactory, ActivityKindFactory, PhaseFactory, PlanFactory, TaskFactory
from units.models import HistoryEntry

DUE = datetime.date(2011, 6, 30)


@pytest.fixture
def draft(campaign, branch):
    return PlanFactory(campaign=campaign, organization=branch, state=PlanState.DRAFT)


@pytest.fixture
def approved(campaign, branch):
    return PlanFactory(campaign=campaign, organization=branch)


def test_a_task_is_added_behind_the_others_with_its_criteria(draft, branch, branch_members, secretary, at):
    TaskFactory(plan=draft)
    text = TaskText("走访", DUE, target=2, kind=ActivityKindFactory(), owner=branch_members[1], codes=["G2", "G5", "G2"])
    task = add_task(draft, text, by=secretary, at=at)
    assert (task.position, task.organization, task.target, task.recorded_by) == (1, branch, 2, secretary)
    assert [row.code for row in task.criteria.order_by("code")] == ["G2", "G5"]
    assert HistoryEntry.objects.of(task).get().verb == "add"


@pytest.mark.parametrize("day", [datetime.date(2010, 4, 5), datetime.date(2012, 11, 8)])
def test_it_is_due_inside_the_campaign(campaign, draft, secretary, at, day):
    campaign.starts_on, campaign.ends_on = datetime.date(2010, 4, 6), datetime.date(2012, 11, 7)
    campaign.save()
    with pytest.raises(DueOutside) as refused:
        add_task(draft, TaskText("走访", day), by=secretary, at=at)
    assert (refused.value.message, refused.value.field) == (
        "完成期限要在 2010年4月6日 到 2012年11月7日 之间。", "due_on"
    )


def test_it_is_due_inside_the_phase_of_its_plan(campaign, branch, secretary, at):
    phase = PhaseFactory(campaign=campaign)
    plan = PlanFactory(campaign=campaign, organization=branch, phase=phase, state=PlanState.DRAFT)
    with pytest.raises(DueOutside, match="^完成期限要在 2011年1月1日 到 2011年7月1日 之间。$"):
        add_task(plan, TaskText("走访", datetime.date(2011, 7, 2)), by=secretary, at=at)


def test_the_owner_is_one_of_the_organisation(draft, tree, secretary, at):
    stranger = tree.members[tree.society.pk][0]
    with pytest.raises(OwnerElsewhere) as refused:
        add_task(draft, TaskText("走访", DUE, owner=stranger), by=secretary, at=at)
    assert (refused.value.message, refused.value.field) == ("责任人要是本单位的党员。", "owner")


def test_while_the_plan_is_judged_its_tasks_stand_still(draft, secretary, at):
    task = TaskFactory(plan=draft)
    type(draft).objects.update(state=PlanState.SUBMITTED)
    for call in (
        lambda: add_task(draft, TaskText("走访", DUE), by=secretary, at=at),
        lambda: change_task(task, TaskText("走访", DUE), by=secretary, at=at),
        lambda: remove_task(task, by=secretary, at=at),
    ):
        with pytest.raises(TaskLocked, match="^计划正在审，同意或退回以后再改任务。$"):
            call()


def test_in_a_draft_a_task_is_changed_in_place(draft, secretary, at):
    task = TaskFactory(plan=draft, codes=["G1"])
    same = change_task(task, TaskText("新名", DUE, codes=["G3"]), by=secretary, at=at)
    assert (same.pk, same.title, [row.code for row in same.criteria.all()]) == (task.pk, "新名", ["G3"])
    assert Task.objects.count() == 1


def test_in_a_draft_a_task_is_taken_out(draft, secretary, at):
    remove_task(TaskFactory(plan=draft), by=secretary, at=at)
    assert not Task.objects.exists()
    assert HistoryEntry.objects.latest("sequence").verb == "remove"


def test_after_approval_nothing_is_taken_out(approved, secretary, at):
    with pytest.raises(TaskLocked, match="^计划已经同意，任务不能删除，只能写明原因不再做。$"):
        remove_task(TaskFactory(plan=approved), by=secretary, at=at)


def test_after_approval_a_change_needs_a_reason(approved, office, at):
    with pytest.raises(ChangeWithoutReason) as refused:
        change_task(TaskFactory(plan=approved), TaskText("走访", DUE), reason=" ", by=office, at=at)
    assert (refused.value.message, refused.value.field) == ("计划已经同意，改任务要写一句原因。", "reason")


def test_after_approval_a_change_is_a_new_version(approved, office, at):
    task = TaskFactory(plan=approved, codes=["G1"])
    newer = change_task(task, TaskText("走访", DUE, codes=["G2"]), reason="推迟到七一前", by=office, at=at)
    task.refresh_from_db()
    assert (newer.lineage, newer.supersedes, newer.change_reason) == (task.lineage, task, "推迟到七一前")
    assert (task.superseded_at, [row.code for row in task.criteria.all()]) == (at, ["G1"])
    assert [row.code for row in newer.criteria.all()] == ["G2"]


def test_the_result_goes_over_to_the_new_version(approved, office, secretary, at, today):
    task = TaskFactory(plan=approved)
    activity = ActivityFactory(campaign=approved.campaign, organization=approved.organization)
    close_task(task, activity=activity, by=secretary, at=at, on=today)
    newer = change_task(task, TaskText("走访", DUE), reason="改名", by=office, at=at + datetime.timedelta(hours=1))
    assert TaskResult.objects.standing().get().task == newer


def test_two_who_change_one_version_one_wins(approved, office, at):
    task, same = TaskFactory(plan=approved), Task.objects.get()
    change_task(task, TaskText("甲", DUE), reason="甲", by=office, at=at)
    with pytest.raises(FactSuperseded, match="^这条记录已经被别人更正，请看最新的一版。$"):
        change_task(same, TaskText("乙", DUE), reason="乙", by=office, at=at)


def test_an_activity_closes_a_task_on_its_own_day(approved, secretary, at, today):
    activity = ActivityFactory(campaign=approved.campaign, organization=approved.organization)
    result = close_task(TaskFactory(plan=approved), activity=activity, by=secretary, at=at, on=today)
    assert (result.outcome, result.activity, result.happened_on) == ("done", activity, activity.happened_on)


def test_a_reason_drops_a_task_today(approved, office, at, today):
    task = TaskFactory(plan=approved)
    result = close_task(task, reason="并入区里的活动", by=office, at=at, on=today)
    assert (result.outcome, result.reason, result.happened_on) == ("dropped", "并入区里的活动", today)
    with pytest.raises(TaskClosed, match="^这项任务已经不再做，不能再改。$"):
        change_task(task, TaskText("走访", DUE), reason="改名", by=office, at=at)


def test_an_ended_task_does_not_end_again(approved, office, at, today):
    task = TaskFactory(plan=approved)
    close_task(task, reason="并入区里的活动", by=office, at=at, on=today)
    with pytest.raises(TaskClosed, match="^这项任务已经办结。$"):
        close_task(task, reason="再一次", by=office, at=at, on=today)


def test_closing_names_an_activity_or_a_reason(approved, office, at, today):
    with pytest.raises(ChangeWithoutReason, match="^请选完成它的活动，或写明原因。$"):
        close_task(TaskFactory(plan=approved), by=office, at=at, on=today)


def test_another_units_activity_closes_nothing(approved, tree, office, at, today):
    activity = ActivityFactory(campaign=approved.campaign, organization=tree.society)
    with pytest.raises(CannotClose, match="^请选本单位的活动。$"):
        close_task(TaskFactory(plan=approved), activity=activity, by=office, at=at, on=today)


def test_one_activity_does_not_close_a_task_of_three(approved, office, at, today):
    activity = ActivityFactory(campaign=approved.campaign, organization=approved.organization)
    with pytest.raises(CannotClose, match="^这项任务要做 3 次，请在记活动时选这项任务，做满自动办结。$"):
        close_task(TaskFactory(plan=approved, target=3), activity=activity, by=office, at=at, on=today)


def test_a_task_of_a_draft_does_not_end(draft, office, at, today):
    with pytest.raises(TaskLocked, match="^计划还没有同意，任务不能办结。$"):
        close_task(TaskFactory(plan=draft), reason="不做", by=office, at=at, on=today)

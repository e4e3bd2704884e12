"""The result of a task is what its standing activities say, whatever happened in between."""
import datetime

import pytest

from campaign.domain.task_results import settle_task
from campaign.enums import TaskOutcome
from campaign.models import Task, TaskResult
from config.kit.facts import supersede
from tests.factories.campaign import ActivityFactory, PlanFactory, TaskFactory, TaskResultFactory, noon
from units.models import HistoryEntry


def june(day):
    return datetime.date(2011, 6, day)


@pytest.fixture
def plan(campaign, branch):
    return PlanFactory(campaign=campaign, organization=branch)


@pytest.fixture
def log(campaign, branch):
    """`log(task, day)` writes an activity for the task on that day of June."""
    def make(task, day, **fields):
        return ActivityFactory(campaign=campaign, organization=branch, task=task, happened_on=june(day), **fields)

    return make


def standing(task):
    return TaskResult.objects.standing().filter(task__lineage=task.lineage)


def test_nothing_happens_without_activities(plan, secretary, at):
    task = TaskFactory(plan=plan)
    assert settle_task(task, by=secretary, at=at) is None
    assert not HistoryEntry.objects.exists()


def test_the_one_that_makes_the_target_full_closes_it(plan, log, secretary, at):
    task = TaskFactory(plan=plan, target=2)
    log(task, 5)
    assert settle_task(task, by=secretary, at=at) is None
    second = log(task, 2)
    result = settle_task(task, by=secretary, at=at)
    assert (result.outcome, result.happened_on, result.recorded_by) == (TaskOutcome.DONE, june(5), secretary)
    assert result.activity != second
    assert HistoryEntry.objects.of(task).get().verb == "close"


def test_an_earlier_activity_moves_the_day(plan, log, secretary, at):
    task = TaskFactory(plan=plan)
    log(task, 8)
    settle_task(task, by=secretary, at=at)
    earlier = log(task, 3)
    result = settle_task(task, by=secretary, at=at + datetime.timedelta(hours=1))
    assert (result.activity, result.happened_on, result.supersedes.happened_on) == (earlier, june(3), june(8))
    assert standing(task).get() == result


def test_settling_again_writes_nothing(plan, log, secretary, at):
    task = TaskFactory(plan=plan)
    log(task, 8)
    first = settle_task(task, by=secretary, at=at)
    assert settle_task(task, by=secretary, at=at + datetime.timedelta(hours=1)) == first
    assert TaskResult.objects.count() == 1


def test_a_task_opens_again_when_its_activity_is_gone(plan, log, secretary, at):
    task = TaskFactory(plan=plan)
    activity = log(task, 8)
    settle_task(task, by=secretary, at=at)
    supersede(activity, at=at)
    assert settle_task(task, by=secretary, at=at) is None
    assert not standing(task).exists()
    assert Task.objects.open().filter(pk=task.pk).exists()


def test_a_reason_written_by_a_person_stays(plan, log, secretary, at):
    task = TaskFactory(plan=plan)
    written = TaskResultFactory(task=task, outcome=TaskOutcome.DROPPED, reason="设备没有到")
    log(task, 8)
    assert settle_task(task, by=secretary, at=at) == written


def test_the_result_follows_the_task_to_its_next_version(plan, log, secretary, at):
    task = TaskFactory(plan=plan)
    log(task, 8)
    settle_task(task, by=secretary, at=at)
    newer = Task(plan=plan, organization=task.organization, title="改过的任务", due_on=june(30), target=1)
    supersede(task, at=at, replacement=newer)
    assert settle_task(newer, by=secretary, at=at).task == newer
    assert standing(task).count() == 1


def test_a_higher_target_opens_the_task_again(plan, log, secretary, at):
    task = TaskFactory(plan=plan)
    log(task, 8)
    settle_task(task, by=secretary, at=at)
    newer = Task(plan=plan, organization=task.organization, title="改过的任务", due_on=june(30), target=2)
    supersede(task, at=at, replacement=newer)
    assert settle_task(newer, by=secretary, at=at) is None


def test_an_activity_chosen_by_hand_keeps_the_task_closed_while_it_stands(plan, log, secretary, at):
    task = TaskFactory(plan=plan, target=3)
    activity = log(None, 4)
    TaskResult.objects.create(
        task=task, outcome=TaskOutcome.DONE, activity=activity, happened_on=june(4), recorded_at=noon(june(4))
    )
    assert settle_task(task, by=secretary, at=at).activity == activity
    supersede(activity, at=at)
    assert settle_task(task, by=secretary, at=at) is None


def test_a_withdrawn_task_has_no_result(plan, log, secretary, at):
    task = TaskFactory(plan=plan)
    log(task, 8)
    settle_task(task, by=secretary, at=at)
    supersede(task, at=at)
    assert settle_task(task, by=secretary, at=at) is None
    assert not standing(task).exists()

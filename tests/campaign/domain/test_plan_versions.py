"""Versions of a plan: one is kept each time it is handed in, and two of them are held side by side."""
import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.plan_versions import difference, since_last_version, words_of
from campaign.domain.plans import change_plan, move_plan
from campaign.domain.tasks import TaskText, add_task, change_task, remove_task
from campaign.enums import PlanState
from campaign.models import PlanVersion
from tests.factories.campaign import PlanFactory, TaskFactory


@pytest.fixture
def plan(campaign, branch):
    plan = PlanFactory(campaign=campaign, organization=branch, state=PlanState.DRAFT, theme="服务群众")
    TaskFactory(plan=plan, title="走访困难户", kind=None, codes=["G5"])
    TaskFactory(plan=plan, title="整理档案", kind=None)
    return plan


@pytest.fixture
def handed_in_again(plan, secretary, committee, at):
    """Returned once; then the theme was changed, one task changed, one removed and one added."""
    move_plan(plan, "submit", by=secretary, at=at)
    move_plan(plan, "return", by=committee, at=at, note="任务要落到人")
    change_plan(
        plan, title=plan.title, theme="服务企业", vehicle="", responsible=None, phase=None, by=secretary, at=at
    )
    visit, filing = plan.tasks.order_by("pk")
    change_task(visit, TaskText("走访困难户", datetime.date(2011, 6, 20), target=3, codes=["G5"]), by=secretary, at=at)
    remove_task(filing, by=secretary, at=at)
    add_task(plan, TaskText("讲一次党课", datetime.date(2011, 6, 25)), by=secretary, at=at)
    move_plan(plan, "submit", by=secretary, at=at)
    return plan


def test_each_submission_keeps_a_version(handed_in_again, secretary, at):
    versions = list(PlanVersion.objects.filter(plan=handed_in_again).in_order())
    assert [(one.number, one.handed_in_by, one.handed_in_at) for one in versions] == [(1, secretary, at), (2, secretary, at)]
    assert [task["title"] for task in versions[0].words["tasks"]] == ["走访困难户", "整理档案"]


def test_two_versions_say_what_was_added_changed_and_removed(handed_in_again):
    first, second = (one.words for one in PlanVersion.objects.in_order())
    found = difference(first, second)
    assert [(line.label, line.before, line.after) for line in found.lines] == [("主题", "服务群众", "服务企业")]
    assert [(task.what, task.title) for task in found.tasks] == [
        ("removed", "整理档案"), ("changed", "走访困难户"), ("added", "讲一次党课")
    ]
    changed = [(line.label, line.before, line.after) for line in found.tasks[1].lines]
    assert changed == [("完成期限", "2011-06-30", "2011-06-20"), ("次数", "1", "3")]
    assert (found.counts, found.is_empty) == ({"added": 1, "changed": 1, "removed": 1}, False)


def test_a_plan_waiting_again_is_held_against_the_version_before(handed_in_again):
    found, version = since_last_version(handed_in_again)
    assert (version.number, found.counts) == (1, {"added": 1, "changed": 1, "removed": 1})


def test_an_approved_plan_whose_tasks_changed_is_held_against_the_last_submission(plan, secretary, committee, office, at):
    move_plan(plan, "submit", by=secretary, at=at)
    move_plan(plan, "approve", by=committee, at=at)
    assert since_last_version(plan) is None
    task = plan.tasks.get(title="整理档案")
    change_task(task, TaskText("整理党员档案", datetime.date(2011, 6, 30)), reason="写清楚", by=office, at=at)
    found, version = since_last_version(plan)
    assert (version.number, [(one.what, one.title) for one in found.tasks]) == (
        1, [("changed", "整理党员档案"), ("same", "走访困难户")]
    )


def test_a_draft_has_nothing_to_compare(plan):
    assert since_last_version(plan) is None


NAMES = ("title", "kind", "codes", "due_on", "target", "owner", "place", "text")
TASKS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "甲", "乙"]))  # lineage → all that a task says


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TASKS, TASKS)
def test_every_task_of_either_side_is_told_once(old, new):
    def words(tasks):
        head = {"title": "", "phase": "", "theme": "", "vehicle": "", "responsible": ""}
        return head | {"tasks": [{"lineage": key} | dict.fromkeys(NAMES, said) for key, said in tasks.items()]}

    found = difference(words(old), words(new))
    assert len(found.tasks) == len(old.keys() | new.keys())
    assert found.is_empty == (old == new)
    back = difference(words(new), words(old))
    assert (found.counts["added"], found.counts["changed"]) == (back.counts["removed"], back.counts["changed"])


def test_words_of_need_the_same_queries_for_any_number(plan, django_assert_num_queries):
    for number in (2, 3):
        with django_assert_num_queries(2):
            assert len(words_of(plan)["tasks"]) == number
        TaskFactory(plan=plan)

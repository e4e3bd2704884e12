"""The migration that derives the version of plans handed in before versions were kept: the same words, or none at all."""
import datetime
from importlib import import_module

import pytest
from django.apps import apps

from campaign.domain.plan_versions import since_last_version
from campaign.domain.plans import change_plan, move_plan
from campaign.domain.tasks import TaskText, add_task, change_task, remove_task
from campaign.enums import PlanState
from campaign.models import PlanVersion
from tests.factories.campaign import PlanFactory, TaskFactory

migration = import_module("campaign.migrations.0003_derived_plan_versions")
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def plan(campaign, branch, branch_members):
    plan = PlanFactory(
        campaign=campaign, organization=branch, state=PlanState.DRAFT, vehicle="为民先锋", responsible=branch_members[0]
    )
    TaskFactory(plan=plan, title="走访困难户", owner=branch_members[1], codes=["G5", "G1"], place="社区", text="逐户登门")
    TaskFactory(plan=plan, title="整理档案", kind=None)
    return plan


def derived(plan):
    """The version that was kept, and the one that the migration derives once it is gone."""
    kept = PlanVersion.objects.filter(plan=plan).in_order().last()
    PlanVersion.objects.all().delete()
    migration.derive(apps, None)
    return kept, PlanVersion.objects.filter(plan=plan).first()


def same(kept, made):
    return (made.words, made.handed_in_at, made.handed_in_by_id) == (kept.words, kept.handed_in_at, kept.handed_in_by_id)


def test_one_that_waits_is_as_it_stands(plan, secretary, at):
    move_plan(plan, "submit", by=secretary, at=at)
    kept, made = derived(plan)
    assert same(kept, made) and made.number == 1


def test_of_an_approved_one_the_tasks_are_those_of_the_day_it_was_handed_in(plan, secretary, committee, office, at):
    move_plan(plan, "submit", by=secretary, at=at)
    move_plan(plan, "approve", by=committee, at=at + HOUR)
    filing = plan.tasks.get(title="整理档案")
    later = {"by": office, "at": at + 2 * HOUR}
    change_task(filing, TaskText("整理党员档案", datetime.date(2011, 6, 30)), reason="写清楚", **later)
    add_task(plan, TaskText("讲一次党课", datetime.date(2011, 6, 25)), **later)
    kept, made = derived(plan)
    assert same(kept, made)
    found, _version = since_last_version(plan)
    assert found.counts == {"added": 1, "changed": 1, "removed": 0}


def test_the_last_time_counts(plan, secretary, committee, at):
    move_plan(plan, "submit", by=secretary, at=at)
    move_plan(plan, "return", by=committee, at=at + HOUR, note="任务要落到人")
    change_plan(plan, title="新方案", theme="服务企业", vehicle="", responsible=None, phase=None, by=secretary, at=at + 2 * HOUR)
    move_plan(plan, "submit", by=secretary, at=at + 3 * HOUR)
    kept, made = derived(plan)
    assert same(kept, made) and made.words["title"] == "新方案"


def test_one_given_back_and_not_touched_is_as_it_was(plan, secretary, committee, at):
    move_plan(plan, "submit", by=secretary, at=at)
    move_plan(plan, "return", by=committee, at=at + HOUR, note="任务要落到人")
    add_task(plan, TaskText("讲一次党课", datetime.date(2011, 6, 25)), by=secretary, at=at + 2 * HOUR)
    kept, made = derived(plan)
    assert same(kept, made)


@pytest.mark.parametrize("touch", ["words", "changed", "removed"])
def test_one_given_back_and_changed_in_place_is_not_made_up(touch, plan, secretary, committee, at):
    move_plan(plan, "submit", by=secretary, at=at)
    move_plan(plan, "return", by=committee, at=at + HOUR, note="任务要落到人")
    filing, later = plan.tasks.get(title="整理档案"), {"by": secretary, "at": at + 2 * HOUR}
    if touch == "words":
        change_plan(plan, title=plan.title, theme="服务企业", vehicle="", responsible=None, phase=None, **later)
    elif touch == "changed":
        change_task(filing, TaskText("整理党员档案", datetime.date(2011, 6, 30)), **later)
    else:
        remove_task(filing, **later)
    assert derived(plan)[1] is None


def test_what_was_never_handed_in_has_no_version(plan, campaign, unit):
    approved = PlanFactory(campaign=campaign, organization=unit)  # by nobody's hand: no entry says when
    migration.derive(apps, None)
    assert not PlanVersion.objects.filter(plan__in=[plan, approved]).exists()


def test_a_version_that_was_kept_stays_alone(plan, secretary, at):
    move_plan(plan, "submit", by=secretary, at=at)
    migration.derive(apps, None)
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_for_any_number_of_plans(number, campaign, tree, secretary, at, django_assert_num_queries):
    for organization in (tree.organ_branch, tree.organ_branch_2, tree.institution_branch)[:number]:
        made = PlanFactory(campaign=campaign, organization=organization, state=PlanState.DRAFT)
        TaskFactory.create_batch(2, plan=made, codes=["G1"])
        move_plan(made, "submit", by=secretary, at=at)
    PlanVersion.objects.all().delete()
    with django_assert_num_queries(7):
        migration.derive(apps, None)
    assert PlanVersion.objects.count() == number

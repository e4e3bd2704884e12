"""What an activity is used for, before and after it is submitted; every line is worked out, none is decoration."""
import dataclasses
import datetime

import pytest

from campaign.domain.activities import ActivityFacts, facts_of, log_activity
from campaign.domain.activity_uses import uses_of
from campaign.models import ActivityKind
from evaluations.domain.activity_uses import counting_indicators
from evaluations.enums import MeasureName
from tests.factories.campaign import ActivityFactory, CriterionFactory, PlanFactory, TaskFactory, TaskResultFactory
from tests.factories.evaluations import IndicatorFactory

DAY = datetime.date(2011, 6, 9)


@pytest.fixture
def facts(campaign):
    CriterionFactory(campaign=campaign, code="G2", title="党员队伍好", weight=50)
    CriterionFactory(campaign=campaign, code="G5", title="群众反映好", weight=50)
    kind = ActivityKind.objects.get(code="volunteer")
    return ActivityFacts(kind=kind, title="x", text="x", happened_on=DAY, present=4, codes=("G5", "G2"))


@pytest.fixture
def task(campaign, branch):
    return TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), title="窗口服务")


@pytest.fixture
def uses(campaign, branch, today):
    def told(facts, **options):
        return [(use.what, use.note) for use in uses_of(branch, facts, campaign=campaign, on=today, **options)]

    return told


def test_criteria_and_records_are_named(uses, facts):
    assert uses(facts, someone="周红梅") == [
        ("“五个好”材料 2 处", "党员队伍好、群众反映好"),
        ("周红梅等 4 人的参加记录", "党员年度评议时可查"),
    ]


def test_numbers_without_names_are_no_records(uses, facts):
    assert uses(facts, someone="周红梅", has_roster=False)[1] == ("参加人数 4 人", "没有点名，不进党员个人的参加记录")


def test_a_form_that_knows_nothing_yet_promises_nothing(uses, facts):
    assert uses(dataclasses.replace(facts, kind=None, codes=(), present=0)) == []


def test_a_task_with_one_turn_will_be_done(uses, facts, task):
    assert uses(dataclasses.replace(facts, task=task))[0] == ("完成计划任务 1 项", "窗口服务，不用再填完成情况")


def test_a_task_with_more_turns_counts_them(uses, facts, task, campaign, branch):
    task.target = 3
    task.save()
    ActivityFactory(campaign=campaign, organization=branch, task=task)
    assert uses(dataclasses.replace(facts, task=task))[0] == ("计划任务的进度", "窗口服务，第 2 次，共 3 次")


def test_a_task_that_is_done_is_not_done_again(uses, facts, task):
    TaskResultFactory(task=task)
    assert uses(dataclasses.replace(facts, task=task))[0] == ("计划任务的又一次活动", "窗口服务，已经办结")


def test_a_submitted_activity_tells_what_became_of_its_task(uses, facts, task, campaign, branch, secretary, at):
    activity = log_activity(branch, dataclasses.replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    assert uses(facts_of(activity), activity=activity)[0] == ("完成计划任务 1 项", "窗口服务")
    second = log_activity(branch, dataclasses.replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    assert uses(facts_of(second), activity=second)[0] == ("计划任务的又一次活动", "窗口服务，已经办结")


def test_a_submitted_activity_of_an_unfinished_task_says_so(uses, facts, task, campaign, branch, secretary, at):
    task.target = 2
    task.save()
    activity = log_activity(branch, dataclasses.replace(facts, task=task), campaign=campaign, by=secretary, at=at)
    assert uses(facts_of(activity), activity=activity)[0] == ("计划任务又做了一次", "窗口服务，还没有做满")


def test_indicators_that_count_it_are_named_on_the_page(uses, facts, campaign):
    IndicatorFactory(campaign=campaign, criterion_code="G2", title="党员参加活动", measure=MeasureName.TOOK_PART,
                     parameters={"kinds": [], "window": "campaign"})
    assert uses(facts)[-1] == ("计分 1 项", "党员参加活动")


# Which indicators count -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"measure": MeasureName.REACHED, "criterion_code": "G5"}, True),
        ({"measure": MeasureName.REACHED, "criterion_code": "G1"}, False),
        ({"measure": MeasureName.TOOK_PART, "criterion_code": "G1"}, True),
        ({"measure": MeasureName.ON_TIME, "criterion_code": "G5"}, False),
        ({"measure": MeasureName.REACHED, "criterion_code": "G5", "parameters": {"kinds": ["volunteer"]}}, True),
        ({"measure": MeasureName.REACHED, "criterion_code": "G5", "parameters": {"kinds": ["study"]}}, False),
        ({"measure": MeasureName.REACHED, "criterion_code": "G5", "category": "institution"}, False),
        ({"measure": MeasureName.REACHED, "criterion_code": "G5", "category": "organ"}, True),
    ],
)
def test_measure_criterion_kind_and_category_decide(facts, campaign, branch, today, fields, counts):
    fields = {"parameters": {}, **fields}
    IndicatorFactory(campaign=campaign, title="指标", **fields)
    assert counting_indicators(branch, facts, campaign=campaign, on=today) == (["指标"] if counts else [])


@pytest.mark.parametrize(("day", "counts"), [(DAY, True), (datetime.date(2010, 12, 1), False)])
def test_an_indicator_of_the_phase_counts_days_of_the_phase(facts, campaign, branch, today, day, counts):
    IndicatorFactory(campaign=campaign, measure=MeasureName.TOOK_PART, parameters={"window": "phase"})
    found = counting_indicators(branch, dataclasses.replace(facts, happened_on=day), campaign=campaign, on=today)
    assert bool(found) is counts


def test_a_refined_indicator_gives_way_to_the_units_own(facts, campaign, branch, unit, tree, today):
    common = {"campaign": campaign, "measure": MeasureName.TOOK_PART, "parameters": {}}
    IndicatorFactory(code="G2-1", title="共同的", **common)
    IndicatorFactory(code="G2-1-a", title="本单位的", organization=unit, refines="G2-1", **common)
    assert counting_indicators(branch, facts, campaign=campaign, on=today) == ["本单位的"]
    assert counting_indicators(tree.society, facts, campaign=campaign, on=today) == ["共同的"]

"""Collisions: more than three duties in an ISO week, and duties in busy periods; of one's own, and of all units at once."""
import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.agenda import Entry, agenda
from campaign.domain.busy_periods import PeriodWrong, end_busy, mark_busy
from campaign.domain.collisions import (
    LookOut,
    collisions_of_commitment,
    collisions_of_items,
    collisions_of_tasks,
    full_weeks,
    look_out,
    milestone_collisions,
    units_hit,
)
from campaign.enums import PlanState
from campaign.models import BusyPeriod
from tests.factories.campaign import (
    CommitmentFactory,
    MilestoneFactory,
    PlanFactory,
    RectificationFactory,
    TaskFactory,
    TaskResultFactory,
)
from units.models import HistoryEntry

MONDAY = datetime.date(2011, 6, 20)
DAYS = st.dates(datetime.date(2010, 12, 25), datetime.date(2011, 1, 20))


def day(number):
    return MONDAY + datetime.timedelta(days=number)


@pytest.fixture
def plan(campaign, branch):
    return PlanFactory(campaign=campaign, organization=branch)


@pytest.fixture
def audit(branch, secretary, at, today):
    return mark_busy(branch, title="审计", starts_on=day(0), ends_on=day(4), by=secretary, at=at, on=today)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=25))
def test_a_week_is_full_above_three_duties(things):
    entries = [Entry(f"x-{n}", on, "任务", "x", "/", 1, is_duty=duty) for n, (on, duty) in enumerate(things)]
    found = {week.monday: len(week.entries) for week in full_weeks(entries)}
    counts = {}
    for on, duty in things:
        monday = datetime.date.fromisocalendar(*on.isocalendar()[:2], 1)
        counts[monday] = counts.get(monday, 0) + duty
    assert found == {monday: count for monday, count in counts.items() if count > 3}


@pytest.mark.parametrize(("number", "warned"), [(3, False), (4, True)])
def test_the_fourth_task_of_a_week_warns(plan, today, number, warned):
    tasks = [TaskFactory(plan=plan, title=f"任务{n}", due_on=day(n)) for n in range(number)]
    found = [str(one) for one in collisions_of_tasks(plan, tasks[:1], on=today)]
    assert found == (["6月20日—6月26日这一周有 4 件事到期：任务0、任务1、任务2、任务3。可以错开几天。"] if warned else [])


def test_monday_belongs_to_the_next_week(plan, today):
    tasks = [TaskFactory(plan=plan, due_on=on) for on in (day(4), day(5), day(6), day(7))]
    assert collisions_of_tasks(plan, tasks, on=today) == []


def test_all_kinds_of_duties_count_and_what_is_done_does_not(campaign, plan, branch, branch_members, today):
    TaskResultFactory(task=TaskFactory(plan=plan, due_on=day(0)))
    CommitmentFactory(campaign=campaign, organization=branch, due_on=day(1))
    CommitmentFactory(campaign=campaign, member=branch_members[0], due_on=day(1))
    RectificationFactory(campaign=campaign, organization=branch, due_on=day(2))
    MilestoneFactory(campaign=campaign, on=day(3))
    task = TaskFactory(plan=plan, due_on=day(4))
    [week] = collisions_of_tasks(plan, [task], on=today)
    assert [entry.key.split("-")[0] for entry in week.entries] == ["commitment", "rectification", "milestone", "task"]
    words = [entry.word for entry in agenda(campaign, [branch.pk], day(0), day(6))]
    assert words == ["任务到期", "承诺到期", "承诺到期", "整改到期", "节点", "任务到期"]


def test_a_draft_counts_its_own_tasks(campaign, branch, today):
    plan = PlanFactory(campaign=campaign, organization=branch, state=PlanState.DRAFT)
    tasks = [TaskFactory(plan=plan, due_on=day(n)) for n in range(4)]
    assert len(collisions_of_tasks(plan, tasks[:1], on=today)) == 1


def test_a_day_in_a_busy_period_warns_also_below(campaign, unit, plan, committee, audit, at, today):
    mark_busy(unit, title="年底", starts_on=day(4), ends_on=day(8), by=committee, at=at, on=today)
    task = TaskFactory(plan=plan, title="走访", due_on=day(4))
    assert [str(one) for one in collisions_of_tasks(plan, [task], on=today)] == [
        "“走访”（6月24日）落在忙期“审计”（6月20日—6月24日）里。", "“走访”（6月24日）落在忙期“年底”（6月24日—6月28日）里。"
    ]


def test_what_is_over_does_not_warn(plan, audit):
    assert collisions_of_tasks(plan, [TaskFactory(plan=plan, due_on=day(1))], on=day(2)) == []


def test_the_form_names_full_weeks_and_busy_periods(campaign, plan, branch, audit, today):
    for number in range(3):
        TaskFactory(plan=plan, due_on=day(number))
    beside = look_out(campaign, branch, campaign.starts_on, campaign.ends_on, on=today)
    assert ([week.days for week in beside.full], beside.periods, beside.clashes) == (["6月20日—6月26日"], [audit], [])
    assert look_out(campaign, branch, campaign.starts_on, day(-30), on=today) == LookOut([], [], [])


@pytest.mark.parametrize(("chosen", "words"), [
    (day(2), ["6月20日—6月26日这一周有 4 件事到期：任务0、任务1、这一件、任务2。可以错开几天。",
              "“这一件”（6月22日）落在忙期“审计”（6月20日—6月24日）里。"]),
    (day(7), []), (day(-30), []), (None, []),
])
def test_the_day_in_the_form_is_looked_at(campaign, plan, branch, audit, today, chosen, words):
    for number, when in enumerate((0, 1, 4)):
        TaskFactory(plan=plan, title=f"任务{number}", due_on=day(when))
    beside = look_out(campaign, branch, today, day(30), on=today, day=chosen, title="这一件")
    assert [str(one) for one in beside.clashes] == words


def test_a_day_behind_the_panel_is_looked_at_too(campaign, plan, branch, today):
    for _number in range(3):
        TaskFactory(plan=plan, due_on=day(21))
    beside = look_out(campaign, branch, today, day(3), on=today, day=day(22), title="这一件")
    assert beside.full == [] and len(beside.clashes) == 1


def test_promises_and_items_are_warned_of_like_tasks(campaign, plan, branch, branch_members, audit, today):
    for _number in range(3):
        TaskFactory(plan=plan, title="任务", due_on=day(0))
    promise = CommitmentFactory(campaign=campaign, organization=branch, text="上门办证", due_on=day(5), state="submitted")
    item = RectificationFactory(campaign=campaign, organization=branch, problem="记录不全", due_on=day(6))
    assert [str(one) for one in collisions_of_commitment(promise, on=today)] == [
        "6月20日—6月26日这一周有 5 件事到期：任务、任务、任务、上门办证等。可以错开几天。"
    ]
    assert [str(one) for one in collisions_of_items([item], on=today)] == [
        "6月20日—6月26日这一周有 4 件事到期：任务、任务、任务、记录不全。可以错开几天。"
    ]
    of_member = CommitmentFactory(campaign=campaign, member=branch_members[1], text="多走访", due_on=day(3))
    assert [str(one) for one in collisions_of_commitment(of_member, on=today)] == [
        "“多走访”（6月23日）落在忙期“审计”（6月20日—6月24日）里。"
    ]
    assert collisions_of_commitment(promise, on=day(6)) == collisions_of_items([item], on=day(7)) == []
    assert collisions_of_items([], on=today) == []


# Busy periods ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(day(3), day(2), "结束日期不能早于开始日期。"), (day(-40), day(-30), "这段时间已经过去，不用再标。"),
     (day(0), day(100), "一段忙期最长三个月，请分开标。")],
)
def test_a_period_that_makes_no_sense_is_refused(branch, secretary, at, today, first, last, words):
    with pytest.raises(PeriodWrong) as refused:
        mark_busy(branch, title="年底", starts_on=first, ends_on=last, by=secretary, at=at, on=today)
    assert (refused.value.message, BusyPeriod.objects.count()) == (words, 0)


def test_the_same_period_is_marked_once(branch, secretary, audit, at, today):
    with pytest.raises(PeriodWrong) as refused:
        mark_busy(branch, title="审计", starts_on=day(0), ends_on=day(9), by=secretary, at=at, on=today)
    assert (refused.value.message, refused.value.field) == ("这段忙期已经标过。", "title")


def test_a_period_ends_today_or_is_taken_back(branch, secretary, audit, at, today):
    end_busy(audit, by=secretary, at=at, on=day(2))
    audit.refresh_from_db()
    assert audit.ends_on == day(2)
    other = mark_busy(branch, title="年底", starts_on=day(30), ends_on=day(40), by=secretary, at=at, on=today)
    end_busy(other, by=secretary, at=at, on=today)
    assert list(BusyPeriod.objects.all()) == [audit]
    verbs = HistoryEntry.objects.of(branch).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["mark_busy", "end_busy", "mark_busy", "end_busy"]


# Milestones -----------------------------------------------------------------------------------
def test_a_milestone_names_the_units_it_hits(campaign, tree, unit, committee, at, today):
    mark_busy(unit, title="审计", starts_on=day(0), ends_on=day(4), by=committee, at=at, on=today)
    plan = PlanFactory(campaign=campaign, organization=tree.institution)
    for number in range(3):
        TaskFactory(plan=plan, due_on=day(number))
    assert units_hit(campaign, day(2)) == ([unit], [])
    MilestoneFactory(campaign=campaign, title="建党90周年", on=day(2))
    assert units_hit(campaign, day(2)) == ([unit], [tree.institution])
    assert sorted(value for _label, value in milestone_collisions(campaign, on=today).values()) == [
        "1 个：信息中心党委", "1 个：办公厅党总支"
    ]
    assert milestone_collisions(campaign, on=day(3)) == {}


def test_units_are_looked_at_together(campaign, tree, django_assert_num_queries):
    for number, unit in enumerate((tree.organ, tree.institution, tree.society)):
        TaskFactory(plan=PlanFactory(campaign=campaign, organization=unit), due_on=day(number))
        with django_assert_num_queries(14):
            units_hit(campaign, day(2))

"""The line: where days lie in percent, what is done on a day, and the tasks beside it."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain.campaign_template import set_up_campaign
from campaign.domain.near_tasks import counts_by_phase, near_weeks, tasks_by_phase
from campaign.domain.timeline import Axis, state_on, timeline_of
from campaign.models import Task
from tests.factories.campaign import PlanFactory, TaskFactory, TaskResultFactory

DAYS = st.dates(datetime.date(2010, 1, 1), datetime.date(2013, 1, 1))


@pytest.fixture
def line(root, office, at, today):
    campaign = set_up_campaign(organization=root, code="template", title="创先争优", by=office, at=at)
    return timeline_of(campaign, on=today)


def test_the_rows_are_steps_with_their_phases(line):
    assert [(row.sign, row.label, row.state, row.is_phase) for row in line.rows] == [
        ("一", "动员部署", "done", False),
        ("二", "全面争创", "now", False),
        ("①", "积极投身创先争优活动", "done", True),
        ("②", "迎接建党90周年", "now", True),
        ("③", "向党的十八大献礼", "next", True),
        ("三", "点评评议", "now", False),
        ("四", "评选表彰", "now", False),
    ]


def test_what_runs_is_split_at_today(line):
    running = next(row for row in line.rows if row.label == "迎接建党90周年")
    assert [bar["state"] for bar in running.bars] == ["now", "next"]
    assert running.bars[0]["x"] + running.bars[0]["width"] == pytest.approx(running.bars[1]["x"], abs=0.2)


def test_a_step_with_phases_is_drawn_by_them(line):
    assert [row.bars for row in line.rows if row.phases] == [[]]


def test_the_axis_holds_a_milestone_behind_the_campaign(line):
    assert (line.axis.first, line.axis.last) == (datetime.date(2010, 4, 1), datetime.date(2012, 11, 30))
    assert [mark.label for mark in line.marks] == ["建党90周年", "党的十八大开幕"]
    assert (line.next_mark.label, line.next_mark.days) == ("建党90周年", 21)


def test_the_ticks_are_quarters_with_the_year_in_january(line):
    labels = [tick["label"] for tick in line.axis.ticks()]
    assert labels == ["2010.4", "7月", "10月", "2011.1", "4月", "7月", "10月", "2012.1", "4月", "7月", "10月"]


def test_from_top_to_bottom_today_stands_before_what_comes(line):
    words = [getattr(entry.get("mark", entry.get("row")), "label", "今天") for entry in line.story]
    assert words == [
        "动员部署", "积极投身创先争优活动", "点评评议", "迎接建党90周年", "评选表彰", "今天", "建党90周年", "向党的十八大献礼",
        "党的十八大开幕",
    ]


def test_outside_the_line_there_is_no_today(root, office, at):
    campaign = set_up_campaign(organization=root, code="template", title="创先争优", by=office, at=at)
    later = timeline_of(campaign, on=datetime.date(2014, 1, 1))
    assert (later.today, later.next_mark, {row.state for row in later.rows}) == (None, None, {"done"})


@given(st.tuples(DAYS, DAYS, DAYS).map(sorted))
def test_a_day_stays_on_the_line_and_in_its_order(days):
    first, middle, last = days
    axis = Axis(first, last)
    assert 0 <= axis.at(first) <= axis.at(middle) <= axis.at(last) <= 100
    assert axis.width(first, middle) > 0


@given(DAYS, DAYS, DAYS)
def test_a_span_is_done_now_or_next(one, other, on):
    first, last = sorted([one, other])
    assert state_on(first, last, on) == ("now" if first <= on <= last else "done" if last < on else "next")


# Tasks beside the line ------------------------------------------------------------------------
@pytest.fixture
def phase(campaign, today):
    return next(row for row in timeline_of(campaign, on=today).rows if row.is_phase)


def test_tasks_of_a_phase_count_what_is_done_and_leave_out_what_is_dropped(campaign, branch, phase):
    plan = PlanFactory(campaign=campaign, organization=branch)
    TaskResultFactory(task=TaskFactory(plan=plan, due_on=datetime.date(2011, 5, 1)))
    TaskResultFactory(task=TaskFactory(plan=plan), outcome="dropped")
    TaskFactory(plan=plan, due_on=datetime.date(2011, 7, 1))
    TaskFactory(plan=plan, due_on=datetime.date(2011, 7, 2))
    tasks = Task.objects.filter(organization=branch)
    assert counts_by_phase(tasks, [phase]) == {phase.key: (1, 2)}
    assert [task.is_done for task in tasks_by_phase(tasks, [phase])[phase.key]] == [True, False]


def test_tasks_of_a_draft_do_not_count(campaign, branch, phase, today):
    TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch, state="draft"))
    assert counts_by_phase(Task.objects.all(), [phase]) == {phase.key: (0, 0)}
    assert near_weeks(Task.objects.all(), on=today).tasks == []


def test_the_six_weeks_hold_what_is_due_and_what_is_late(campaign, branch, today):
    plan = PlanFactory(campaign=campaign, organization=branch)
    late = TaskFactory(plan=plan, due_on=datetime.date(2011, 6, 1))
    soon = TaskFactory(plan=plan, due_on=datetime.date(2011, 6, 24))
    TaskFactory(plan=plan, due_on=datetime.date(2011, 7, 11))
    TaskResultFactory(task=TaskFactory(plan=plan, due_on=datetime.date(2011, 6, 20)))
    near = near_weeks(Task.objects.all(), on=today)
    assert [tick["label"] for tick in near.ticks] == ["5月30日", "6月6日", "13日", "20日", "27日", "7月4日"]
    assert [(row.task, row.days) for row in near.tasks] == [(late, -9), (soon, 14)]
    assert (near.tasks[0].x, near.tasks[1].x) == (near.tasks[0].due_x, near.today)

"""Dated permissions: no row means any time, several rows mean the days of each, and a no names the phase and its days."""
import datetime

import pytest
from django.core.exceptions import ValidationError

from campaign.domain.phase_permissions import in_time, work_days
from campaign.enums import PhaseWork
from campaign.models import Expectation
from tests.factories.campaign import ExpectationFactory, PhaseFactory, PhasePermissionFactory, StepFactory

DAY = datetime.date


@pytest.fixture
def commending(campaign):
    return StepFactory(campaign=campaign, title="评选表彰", starts_on=DAY(2011, 3, 1), ends_on=DAY(2011, 7, 1))


def test_without_a_row_it_may_be_done_at_any_time(campaign):
    assert in_time(campaign, PhaseWork.NOMINATION, on=DAY(1999, 1, 1))


@pytest.mark.parametrize(
    ("day", "allowed"), [((2011, 2, 28), False), ((2011, 3, 1), True), ((2011, 7, 1), True), ((2011, 7, 2), False)]
)
def test_a_step_gives_its_days(campaign, commending, day, allowed):
    PhasePermissionFactory(step=commending)
    assert bool(in_time(campaign, PhaseWork.NOMINATION, on=DAY(*day))) is allowed


def test_a_no_names_every_phase_with_its_days(campaign, commending):
    PhasePermissionFactory(step=commending, until_on=DAY(2011, 6, 5))
    later = PhaseFactory(campaign=campaign, title="向党的十八大献礼", starts_on=DAY(2011, 7, 2), ends_on=DAY(2012, 11, 7))
    PhasePermissionFactory(step=later.step, phase=later)
    assert in_time(campaign, PhaseWork.NOMINATION, on=DAY(2011, 6, 10)).reason == (
        "推荐表彰对象在“评选表彰”（2011年3月1日—2011年6月5日）、“向党的十八大献礼”（2011年7月2日—2012年11月7日）办，"
        "今天不在这段时间里。"
    )
    assert in_time(campaign, PhaseWork.NOMINATION, on=DAY(2012, 1, 1))


def test_own_days_never_reach_beyond_the_step_when_it_moves(commending):
    row = PhasePermissionFactory(step=commending, until_on=DAY(2011, 6, 5))
    commending.ends_on = DAY(2011, 5, 1)
    assert (row.starts_on, row.ends_on) == (DAY(2011, 3, 1), DAY(2011, 5, 1))


def test_the_list_of_work_asks_once_however_many_rows(campaign, commending, django_assert_num_queries):
    PhasePermissionFactory(step=commending)
    for rows in (1, 3):
        with django_assert_num_queries(1):
            found = work_days(campaign, on=DAY(2011, 8, 1))
        assert [(days.work, len(days.rows), days.is_open) for days in found][-1] == ("nomination", rows, False)
        del campaign.dated_permissions
        PhasePermissionFactory.create_batch(2, step=commending)


def test_a_category_has_one_expectation_in_a_phase(campaign):
    made = ExpectationFactory(campaign=campaign, phase=campaign.phases.get())
    twice = Expectation(campaign=campaign, step=made.step, phase=made.phase, category=made.category, text="又一条")
    with pytest.raises(ValidationError, match="这个阶段对这一类已经有要求。"):
        twice.validate_constraints()

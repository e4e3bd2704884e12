"""One month of activities in weeks."""
import datetime

import pytest

from campaign.domain.activity_month import SHOWN_PER_DAY, month_of
from campaign.models import Activity
from tests.factories.campaign import ActivityFactory

JUNE = datetime.date(2011, 6, 1)


@pytest.fixture
def june(campaign, branch):
    """`june(9, 9, 30)` writes activities of these days."""
    def make(*days):
        return [ActivityFactory(campaign=campaign, organization=branch, happened_on=JUNE.replace(day=day)) for day in days]

    return make


def days(month):
    return [day for week in month.weeks for day in week]


def test_weeks_are_whole_and_begin_on_monday():
    month = month_of(Activity.objects.none(), JUNE)
    assert [day.on.weekday() for day in month.weeks[0]] == list(range(7))
    assert (days(month)[0].on, days(month)[-1].on) == (datetime.date(2011, 5, 30), datetime.date(2011, 7, 3))
    assert sum(day.in_month for day in days(month)) == 30
    assert (month.previous, month.following) == (datetime.date(2011, 5, 1), datetime.date(2011, 7, 1))


def test_activities_stand_on_their_day(db, june, campaign, branch):
    first, second, last = june(9, 9, 30)
    ActivityFactory(campaign=campaign, organization=branch, happened_on=datetime.date(2011, 5, 31))
    month = month_of(Activity.objects.standing(), JUNE)
    shown = {day.on.day: day.activities for day in days(month) if day.activities}
    assert shown == {9: [first, second], 30: [last]}
    assert month.total == 3


def test_a_busy_day_says_how_many_more_there_are(june):
    june(*[9] * (SHOWN_PER_DAY + 2))
    day, = (day for day in days(month_of(Activity.objects.standing(), JUNE)) if day.total)
    assert (len(day.activities), day.more) == (SHOWN_PER_DAY, 2)


@pytest.mark.parametrize("rows", [1, 3, 9])
def test_a_month_needs_two_queries(june, rows, django_assert_num_queries):
    june(*range(1, rows + 1))
    with django_assert_num_queries(2):
        month = month_of(Activity.objects.standing(), JUNE)
        assert [str(a.organization) + str(a.kind) for day in days(month) for a in day.activities]

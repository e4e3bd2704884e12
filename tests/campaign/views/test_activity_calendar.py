"""The month view: days lead to activities, months to months, and the queries stay the same."""
import datetime

import pytest

from tests.factories.campaign import ActivityFactory

URL = "/activities/calendar/"


@pytest.fixture
def log(campaign, branch):
    def make(day, **fields):
        return ActivityFactory(**{"campaign": campaign, "organization": branch, "happened_on": day} | fields)

    return make


@pytest.mark.parametrize("rows", [1, 3])
def test_the_month_needs_the_same_queries_for_any_number(log, secretary, client_for, rows, django_assert_num_queries):
    for day in range(1, rows + 1):
        log(datetime.date(2011, 6, day))
    client = client_for(secretary)
    client.get(URL)
    with django_assert_num_queries(7):
        client.get(URL)


def test_this_month_is_shown_and_leads_to_its_neighbours(log, secretary, client_for):
    activity = log(datetime.date(2011, 6, 9))
    page = client_for(secretary).get(URL).content.decode()
    assert "2011年6月的活动" in page and "共 1 条" in page and activity.get_absolute_url() in page
    assert 'href="?month=2011-05"' in page and 'href="?month=2011-07"' in page
    assert "/activities/?first=2011-06-09&amp;last=2011-06-09" in page


def test_another_month_is_named_in_the_address(log, secretary, client_for):
    log(datetime.date(2011, 5, 31), title="五月的")
    page = client_for(secretary).get(f"{URL}?month=2011-05").content.decode()
    assert "2011年5月的活动" in page and "五月的" in page


@pytest.mark.parametrize("month", ["", "2011-13", "昨天", "0001-01", "2011", "9999-12"])
def test_a_month_that_cannot_be_read_is_this_month(campaign, secretary, client_for, month):
    assert "2011年6月的活动" in client_for(secretary).get(URL, {"month": month}).content.decode()


def test_one_organisation_with_what_is_below_it(log, tree, office, client_for):
    log(datetime.date(2011, 6, 1), title="办公厅的")
    log(datetime.date(2011, 6, 1), title="协会的", organization=tree.society)
    page = client_for(office).get(f"{URL}?organization={tree.organ.pk}").content.decode()
    assert "办公厅的" in page and "协会的" not in page
    assert f"?organization={tree.organ.pk}&amp;month=2011-05" in page


def test_organisations_outside_the_scope_do_not_exist(campaign, tree, secretary, client_for):
    assert client_for(secretary).get(f"{URL}?organization={tree.society.pk}").status_code == 404


def test_activities_of_others_are_not_shown(log, tree, secretary, client_for):
    log(datetime.date(2011, 6, 1), title="协会的", organization=tree.society)
    page = client_for(secretary).get(URL).content.decode()
    assert "协会的" not in page and "这个月还没有活动。" in page

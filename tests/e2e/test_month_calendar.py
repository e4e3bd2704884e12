"""The calendar of a unit on a phone and without a script: weeks as a list, warnings in them, a busy period marked."""
import datetime

import pytest
from playwright.sync_api import expect

from tests.factories.campaign import PlanFactory, TaskFactory


@pytest.fixture
def full_week(campaign, branch):
    plan = PlanFactory(campaign=campaign, organization=branch)
    for number in range(4):
        TaskFactory(plan=plan, title=f"任务{number}", due_on=datetime.date(2011, 6, 20 + number))
    return plan


def test_on_a_phone_it_is_a_list_by_weeks_with_warnings(phone, full_week, secretary, sign_in, axe, fits):
    sign_in(phone, secretary).goto("/calendar/")
    expect(phone.locator(".cx-note--warn")).to_contain_text("6月20日—6月26日这一周有 4 件事到期")
    expect(phone.locator("table.cx-agenda")).to_be_hidden()
    axe(phone)
    fits(phone)


def test_without_script_a_busy_period_is_marked(without_script, full_week, secretary, sign_in):
    sign_in(without_script, secretary).goto("/calendar/busy/new/")
    without_script.fill("#id_title", "审计")
    without_script.fill("#id_starts_on", "2011-06-23")
    without_script.fill("#id_ends_on", "2011-06-24")
    without_script.locator(".cx-savebar .btn-primary").click()
    expect(without_script.locator("h1")).to_have_text("2011年6月")
    expect(without_script.get_by_text("“任务3”（6月23日）落在忙期“审计”")).to_be_visible()

"""The calendar of a unit: who sees which one, warnings in it, busy periods, and the feed that programs fetch."""
import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from campaign.domain.calendar_feeds import hash_of, make_feed
from campaign.models import BusyPeriod, CalendarFeed
from tests.factories.campaign import (
    ActivityFactory,
    CommitmentFactory,
    MilestoneFactory,
    PlanFactory,
    RectificationFactory,
    TaskFactory,
)
from units.models import RoleGrant, User

CALENDAR, BUSY, FEED = "/calendar/", "/calendar/busy/new/", "/calendar/feed/"


@pytest.fixture
def full_month(campaign, branch):
    """Four duties in the week from 20 June, an activity in May."""
    plan = PlanFactory(campaign=campaign, organization=branch)
    for number in range(2):
        TaskFactory(plan=plan, title=f"任务{number}", due_on=datetime.date(2011, 6, 20))
    CommitmentFactory(campaign=campaign, organization=branch, text="设便民窗口", due_on=datetime.date(2011, 6, 21))
    RectificationFactory(campaign=campaign, organization=branch, problem="办证跑三趟", due_on=datetime.date(2011, 6, 22))
    ActivityFactory(campaign=campaign, organization=branch, title="五月党日")
    return plan


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 200), ("member", 200), ("committee", 200), ("office", 200), ("leader", 200),
                        ("inspector", 200), ("outsider", 404), ("auditor", 403)],
)
def test_a_calendar_exists_for_its_own_line_only(request, who, status, campaign, branch, client_for):
    answer = client_for(request.getfixturevalue(who)).get(CALENDAR, {"organization": branch.pk})
    assert answer.status_code == status


def test_the_month_shows_what_is_owed_and_warns(full_month, secretary, client_for):
    browser = client_for(secretary)
    page = browser.get(CALENDAR).content.decode()
    for words in ("任务0", "设便民窗口", "办证跑三趟", "6月20日—6月26日这一周有 4 件事到期"):
        assert words in page
    assert "五月党日" not in page
    assert "五月党日" in browser.get(CALENDAR, {"month": "2011-05"}).content.decode()
    assert "2011年6月" in browser.get(CALENDAR, {"month": "nonsense"}).content.decode()


def test_a_member_sees_no_rectification(full_month, member, client_for):
    page = client_for(member).get(CALENDAR).content.decode()
    assert "任务0" in page and "办证跑三趟" not in page


def test_without_a_campaign_it_says_so(tree, secretary, client_for):
    assert "现在没有进行中的活动。" in client_for(secretary).get(CALENDAR).content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_the_month_needs_the_same_queries_for_any_number(
    more, campaign, branch, secretary, client_for, django_assert_num_queries
):
    plan = PlanFactory(campaign=campaign, organization=branch)
    for _number in range(more):
        TaskFactory(plan=plan)
        CommitmentFactory(campaign=campaign, organization=branch, due_on=datetime.date(2011, 6, 21))
        RectificationFactory(campaign=campaign, organization=branch)
        ActivityFactory(campaign=campaign, organization=branch, happened_on=datetime.date(2011, 6, 3))
        MilestoneFactory(campaign=campaign, on=datetime.date(2011, 6, 24))
    browser = client_for(secretary)
    browser.get(CALENDAR)
    with django_assert_num_queries(24):
        browser.get(CALENDAR)


# Busy periods ---------------------------------------------------------------------------------
SENT = {"title": "审计", "starts_on": "2011-06-20", "ends_on": "2011-06-24"}


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 302), ("committee", 302), ("office", 403), ("member", 403), ("outsider", 404)]
)
def test_those_who_lead_mark_busy_periods(request, who, status, campaign, branch, client_for):
    answer = client_for(request.getfixturevalue(who)).post(f"{BUSY}?organization={branch.pk}", SENT)
    assert (answer.status_code, BusyPeriod.objects.count()) == (status, int(status == 302))


def test_a_walk_with_a_busy_period(full_month, branch, secretary, outsider, client_for):
    browser = client_for(secretary)
    page = browser.post(BUSY, SENT, follow=True).content.decode()
    assert "“任务0”（6月20日）落在忙期“审计”（6月20日—6月24日）里。" in page
    assert "落在忙期“审计”" in browser.get(full_month.get_absolute_url()).content.decode()
    wrong = browser.post(BUSY, SENT | {"ends_on": "2011-06-01"})
    assert wrong.context["form"].errors["ends_on"] == ["结束日期不能早于开始日期。"]
    address = reverse("busy_period_end", args=[BusyPeriod.objects.get().pk])
    assert client_for(outsider).post(address).status_code == 404
    assert "忙期已经结束。" in browser.post(address, follow=True).content.decode()
    assert BusyPeriod.objects.count() == 0


def test_a_task_that_collides_is_written_and_warned_of(full_month, committee, client_for):
    address = reverse("task_new", args=[full_month.pk])
    browser = client_for(committee)
    assert "定期限时看一眼" in browser.get(address).content.decode()
    sent = {"title": "再加一项", "due_on": "2011-06-23", "target": "1"}
    page = browser.post(address, sent, follow=True).content.decode()
    assert "已加任务“再加一项”。" in page and "6月20日—6月26日这一周有 5 件事到期" in page
    assert full_month.tasks.count() == 3


def test_the_office_sees_which_units_a_milestone_hits(campaign, unit, committee, office, client_for):
    client_for(committee).post(f"{BUSY}?organization={unit.pk}", SENT)
    rows = {
        "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-title": "汇报会", "rows-0-on": "2011-06-22",
    }
    page = client_for(office).post(reverse("campaign_part", args=[campaign.pk, "milestones"]), rows).content.decode()
    assert "“汇报会”遇上忙期的单位" in page and "1 个：办公厅党总支" in page


# The feed -------------------------------------------------------------------------------------
def fetch(token):
    return Client().get(reverse("calendar_feed", args=[token]))


def test_the_address_is_shown_once_and_only_its_hash_is_kept(campaign, branch, secretary, client_for):
    browser = client_for(secretary)
    page = browser.post(f"{FEED}?organization={branch.pk}")
    token = re.search(r"/calendar/feed/([\w-]+)\.ics", page.content.decode()).group(1)
    assert CalendarFeed.objects.get().token_hash == hash_of(token) and len(token) == 43
    assert token not in browser.get(f"{FEED}?organization={branch.pk}").content.decode()
    assert page["Cache-Control"] == "no-store"


def test_a_program_fetches_what_the_owner_sees(full_month, branch, secretary, member, at):
    answer = fetch(make_feed(secretary, branch, at=at))
    text = answer.content.replace(b"\r\n ", b"").decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.startswith("BEGIN:VCALENDAR\r\n") and "DTSTART;VALUE=DATE:20110622" in text
    assert "SUMMARY:整改到期：办证跑三趟" in text and "SUMMARY:活动：五月党日（已办）" in text
    assert "办证跑三趟" not in fetch(make_feed(member, branch, at=at)).content.decode()


def test_uids_stay(full_month, branch, secretary, at, stopped_clock):
    token = make_feed(secretary, branch, at=at)
    uids = re.findall(rb"UID:.*", fetch(token).content)
    stopped_clock(at + datetime.timedelta(days=1))
    assert re.findall(rb"UID:.*", fetch(token).content) == uids and len(set(uids)) == len(uids)


def test_a_new_address_and_a_revoked_one_end_the_old(campaign, branch, secretary, at, client_for):
    old, new = (make_feed(secretary, branch, at=at) for _turn in range(2))
    assert (fetch(old).status_code, fetch(new).status_code) == (404, 200)
    page = client_for(secretary).post("/calendar/feed/revoke/", {"organization": branch.pk}, follow=True).content.decode()
    assert ("订阅地址已经停用。" in page, fetch(new).status_code) == (True, 404)


def test_it_dies_with_the_account_and_with_the_role(campaign, branch, secretary, at):
    token = make_feed(secretary, branch, at=at)
    User.objects.filter(pk=secretary.pk).update(is_active=False)
    assert fetch(token).status_code == 404
    User.objects.filter(pk=secretary.pk).update(is_active=True)
    RoleGrant.objects.filter(user=secretary).update(ends_on=at.date() - datetime.timedelta(days=1))
    assert fetch(token).status_code == 404


def test_the_log_does_not_keep_the_address(campaign, caplog):
    answer = fetch("not-a-token")
    assert (answer.status_code, answer.content) == (404, b"")
    assert "not-a-token" not in caplog.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_read_only(method, campaign, branch, secretary, at):
    token = make_feed(secretary, branch, at=at)
    assert getattr(Client(), method)(reverse("calendar_feed", args=[token])).status_code == 405


def test_nobody_makes_one_for_what_they_do_not_see(campaign, branch, outsider, client_for):
    assert client_for(outsider).post(f"{FEED}?organization={branch.pk}").status_code == 404
    assert CalendarFeed.objects.count() == 0

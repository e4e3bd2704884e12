"""Pages of discussion meetings: a record with its points, from an activity without asking again, answers told back."""
import re

import pytest
from django.test import Client

from campaign.models import Rectification
from evaluations.domain import symposiums as domain
from evaluations.models import Symposium
from tests.factories.campaign import ActivityFactory, ActivityKindFactory
from tests.factories.symposiums import HELD_AT, HELD_ON, symposium

FORBIDDEN = "座谈会由书记、单位党委或办公室记录和答复。"
FILLED = {
    "title": "听意见座谈会", "held_on": "2011-06-08", "number_members": "5", "number_masses": "3", "points_masses": "一\n\n 二 ",
}


@pytest.fixture
def held(campaign, branch, secretary):
    return symposium(campaign, branch, by=secretary)


def test_the_way_of_a_point(client_for, secretary, member, campaign, branch):
    browser = client_for(secretary)
    browser.post("/symposiums/new/", FILLED)
    made = Symposium.objects.get()
    first, second = made.points.order_by("position")
    assert (first.text, second.text) == ("一", "二")
    browser.post(f"/symposiums/points/{first.pk}/rectify/", {"problem": "改第一条", "due_on": "2011-07-01"})
    assert Rectification.objects.get().source == "symposium"
    browser.post(f"/symposiums/points/{second.pk}/answer/", {"answer": "第二条办好了"})
    page = browser.get(made.get_absolute_url()).content.decode()
    assert "改第一条" in page and "第二条办好了" in page and "把 1 条答复告知大家" in page
    page = browser.post(f"/symposiums/{made.pk}/tell/", follow=True).content.decode()
    assert "答复已经公布，并通知了本组织的党员。" in page
    page = client_for(member).get(made.get_absolute_url()).content.decode()
    assert "第二条办好了" in page and "改第一条" not in page and "经过" not in page and "转为整改" not in page
    assert "听意见座谈会：1 条意见有了答复" in client_for(member).get("/inbox/").content.decode()
    public = Client().get(f"/talks/{made.slug}/").content.decode()
    assert "第二条办好了" in public and ">一<" not in public and secretary.display_name not in public


def test_an_activity_is_not_asked_again(client_for, secretary, campaign, branch):
    activity = ActivityFactory(
        campaign=campaign, organization=branch, kind=ActivityKindFactory(code="symposium"), title="服务对象座谈会",
        place="一楼会议室", expected=5, present=4, masses=6,
    )
    browser = client_for(secretary)
    address = f"/symposiums/new/?activity={activity.lineage}"
    assert address in browser.get(activity.get_absolute_url()).content.decode()
    page = browser.get(address).content.decode()
    for word in ("服务对象座谈会", "一楼会议室", 'value="4"', 'value="6"'):
        assert word in page
    browser.post(address, {**FILLED, "title": activity.title, "held_on": activity.happened_on.isoformat()})
    made = Symposium.objects.get()
    assert made.activity == activity
    assert made.get_absolute_url() in browser.get(activity.get_absolute_url()).content.decode()
    assert "这次活动已经有座谈会记录。" in browser.post(address, FILLED).content.decode()
    assert browser.get("/symposiums/new/?activity=nothing").status_code == 404


def test_the_forms_say_what_is_missing(client_for, secretary, campaign, branch, held):
    browser = client_for(secretary)

    def said(address, **words):
        return browser.post(address, words).content.decode()

    new = "/symposiums/new/"
    assert "请写名称，例如“服务对象座谈会”。" in said(new, **{**FILLED, "title": ""})
    assert "请填哪些人参加，各多少人。" in said(new, **{**FILLED, "number_members": "", "number_masses": "", "points_masses": ""})
    assert "提意见的人要先填人数。" in said(new, **{**FILLED, "number_masses": ""})
    assert "请填整数。" in said(new, **{**FILLED, "number_members": "几个"})
    assert "日期要在活动期间，不晚于今天。" in said(new, **{**FILLED, "held_on": "2011-07-01"})
    point = held.points.first()
    assert "请写答复。" in said(f"/symposiums/points/{point.pk}/answer/", answer="")
    assert "请写一句要改什么。" in said(f"/symposiums/points/{point.pk}/rectify/", problem="", due_on="2011-07-01")
    assert "整改期限不能早于提出的那天。" in said(f"/symposiums/points/{point.pk}/rectify/", problem="改", due_on="2011-06-01")
    assert "请写意见，一行一条。" in said(f"/symposiums/{held.pk}/points/", audience="members", points="")
    browser.post(f"/symposiums/{held.pk}/points/", {"audience": "masses", "points": "又一条"})
    assert held.points.count() == 4


@pytest.mark.parametrize(
    "address",
    ["/symposiums/{0}/points/", "/symposiums/{0}/tell/", "/symposiums/points/{1}/answer/", "/symposiums/points/{1}/rectify/"],
)
def test_who_reads_does_not_answer(client_for, leader, outsider, member, held, address):
    address = address.format(held.pk, held.points.first().pk)
    page = client_for(leader).post(address)
    assert page.status_code == 403 and FORBIDDEN in page.content.decode()
    for stranger in (outsider, member):
        assert client_for(stranger).post(address).status_code == 404


def test_who_may_see(client_for, leader, outsider, member, system, held):
    assert client_for(leader).get(held.get_absolute_url()).status_code == 200
    for stranger in (outsider, member):
        assert client_for(stranger).get(held.get_absolute_url()).status_code == 404
    assert "管理员的账号不看业务记录，也不办业务。" in client_for(system).get("/symposiums/").content.decode()
    assert Client().get(f"/talks/{held.slug}/").status_code == 404  # nothing was told yet
    assert client_for(leader).post("/symposiums/new/", FILLED).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_need_the_same_queries(client_for, secretary, campaign, branch, rows, django_assert_num_queries):
    for _each in range(rows):
        made = symposium(campaign, branch, by=secretary, points=[("masses", "意见")] * rows)
    browser = client_for(secretary)
    browser.get("/symposiums/")
    with django_assert_num_queries(7):
        page = browser.get("/symposiums/").content.decode()
    assert len(re.findall(r'<th scope="row">', page)) == rows
    with django_assert_num_queries(10):
        browser.get(made.get_absolute_url())


def test_unanswered_points_wait_on_the_secretary_s_home_page(client_for, secretary, held, stopped_clock, at):
    browser = client_for(secretary)
    assert "座谈会的 3 条意见还没有答复" in browser.get("/").content.decode()
    for point in held.points.all():
        domain.answer_point(point, answer="办了", by=secretary, at=HELD_AT)
    page = browser.get("/").content.decode()
    assert "还没有答复" not in page and "3 条答复还没有告知大家" in page
    domain.tell_back(held, by=secretary, at=HELD_AT, on=HELD_ON)
    assert "还没有告知大家" not in browser.get("/").content.decode()


def test_the_organisation_s_page_shows_them(client_for, secretary, held, branch):
    page = client_for(secretary).get(f"/organizations/{branch.pk}/").content.decode()
    assert "座谈会" in page and held.title in page

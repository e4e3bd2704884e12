"""Pages of inquiries: ask beside the name, answer from the home page, press after silence."""
from datetime import timedelta

import pytest

from evaluations.models import Inquiry

ASK = "/coverage/activity/ask/"


@pytest.fixture
def asked(campaign, unit, leader, client_for):
    client_for(leader).post(ASK, {"organization": unit.pk})
    return Inquiry.objects.get()


def test_a_leader_asks_beside_the_name(campaign, unit, leader, client_for):
    browser = client_for(leader)
    assert "询问" in browser.get("/coverage/activity/?category=organ").content.decode()
    response = browser.post(ASK, {"organization": unit.pk}, follow=True)
    assert response.redirect_chain[-1][0] == "/coverage/activity/?category=organ"
    text = response.content.decode()
    assert f"已经问了{unit.name}，答复会出现在这里。" in text and "等答复" in text
    assert Inquiry.objects.get().situation == "30 天内没有活动"


def test_two_clicks_ask_once(asked, unit, leader, client_for):
    response = client_for(leader).post(ASK, {"organization": unit.pk}, follow=True)
    assert "已经问过，还在等答复。" in response.content.decode()
    assert Inquiry.objects.count() == 1


def test_the_unit_answers_from_its_home_page(asked, committee, leader, client_for):
    browser = client_for(committee)
    assert asked.get_absolute_url() in browser.get("/").content.decode()
    response = browser.post(asked.get_absolute_url(), {"answer": "这个月补两次。"}, follow=True)
    assert "已答复，问的人看得到。" in response.content.decode()
    assert "这个月补两次。" in client_for(leader).get("/coverage/activity/?category=organ").content.decode()


def test_an_empty_answer_is_told_at_its_field(asked, committee, client_for):
    response = client_for(committee).post(asked.get_absolute_url(), {"answer": ""})
    assert response.context["form"].errors == {"answer": ["请写一句现在的情况，有困难也写上。"]}


def test_the_press_appears_only_after_silence(asked, leader, client_for, stopped_clock, at):
    browser, urge = client_for(leader), f"/inquiries/{asked.pk}/urge/"
    assert urge not in browser.get(asked.get_absolute_url()).content.decode()
    early = browser.post(urge, follow=True).content.decode()
    assert "问过三天还没有答复的，才能督促。" in early
    stopped_clock(at + timedelta(days=3))
    assert urge in browser.get("/coverage/activity/?category=organ").content.decode()
    assert "已督促。" in browser.post(urge, follow=True).content.decode()


@pytest.mark.parametrize(("who", "status"), [("secretary", 403), ("committee", 403), ("inspector", 403), ("outsider", 404)])
def test_who_may_not_ask(who, status, campaign, unit, branch, request, client_for):
    user = request.getfixturevalue(who)
    place = branch if who == "secretary" else unit
    response = client_for(user).post(ASK, {"organization": place.pk})
    assert response.status_code == status
    if status == 403:
        assert "询问由领导、领导小组办公室和上级党委向下级提出。" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("secretary", 404), ("outsider", 404)])
def test_who_may_not_answer(who, status, asked, request, client_for):
    response = client_for(request.getfixturevalue(who)).post(asked.get_absolute_url(), {"answer": "代答"})
    assert response.status_code == status
    if status == 403:
        assert "由办公厅党总支的书记或党委答复。" in response.content.decode()


def test_who_asks_about_nothing_finds_nothing(campaign, unit, leader, client_for):
    browser = client_for(leader)
    assert browser.post("/coverage/login_count/ask/", {"organization": unit.pk}).status_code == 404
    assert browser.post(ASK, {"organization": "x"}).status_code == 404
    assert browser.post(ASK, {}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_names_need_the_same_queries_for_any_number(rows, campaign, tree, leader, client_for, django_assert_num_queries):
    browser = client_for(leader)
    for place in [tree.organ, tree.institution, tree.society][:rows]:
        browser.post(ASK, {"organization": place.pk})
    browser.get("/coverage/activity/")
    with django_assert_num_queries(14):
        browser.get("/coverage/activity/")

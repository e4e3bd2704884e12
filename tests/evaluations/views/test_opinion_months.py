"""Pages of the monthly summary and of the poster."""
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evaluations.models import OpinionMonth
from tests.factories.opinions import send

PUBLIC, OFFICE = "/opinions/months/", "/opinions/summary/"


def test_the_office_publishes_what_everybody_reads(root, office, client_for):
    for number in range(7):
        send(root, kind="problem" if number < 5 else "praise", on=date(2011, 5, 20))
    browser = client_for(office)
    page = browser.get(OFFICE).content.decode()
    assert "2011年5月" in page and "收到 <b>7</b> 条。" in page and "种类有的不足 5 条，不单独公布。" in page
    browser.post(OFFICE, {"changed": "加开一个窗口\n印了告知单", "nonce": "n"})
    browser.post(OFFICE, {"changed": "加开一个窗口\n印了告知单", "nonce": "n"})  # a second click
    assert OpinionMonth.objects.count() == 1
    read = Client().get(PUBLIC)
    text = read.content.decode()
    assert "2011年5月" in text and "加开一个窗口" in text and "正在办理 7 条。" in text
    assert not read.cookies and read["X-Robots-Tag"] == "noindex"
    assert "和下个月的合在一起公布。" in browser.get(OFFICE).content.decode()


def test_nothing_is_published_twice_or_too_early(root, office, client_for):
    page = client_for(office).post(OFFICE, {"changed": "x"}).content.decode()
    assert "上次公布以后，已经过完的月份里不足 5 条，和下个月的合在一起公布。" in page


@pytest.mark.parametrize("who", ["committee", "secretary", "leader", "inspector", "member", "auditor"])
def test_only_the_office_publishes(request, who, client_for):
    assert client_for(request.getfixturevalue(who)).get(OFFICE).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_page_needs_the_same_queries_for_any_number(rows, root, office, at, django_assert_num_queries):
    for month in range(rows):
        OpinionMonth.objects.create(
            organization=root, first_on=date(2011, 1 + month, 1), last_on=date(2011, 1 + month, 28), total=9,
            kinds=[["问题", 9]], states=[["已经答复", 9]], changed="改了", published_at=at, published_by=office,
        )
    with django_assert_num_queries(2):
        page = Client().get(PUBLIC)
    assert page.content.decode().count("收到 <b>9</b> 条。已经答复 9 条。") == rows


def test_before_the_first_one_the_page_says_so(db):
    assert "还没有公布过。" in Client().get(PUBLIC).content.decode()


def test_a_poster_leads_to_the_box_with_its_unit(branch, secretary, outsider, client_for):
    url = reverse("opinion_poster", args=[branch.pk])
    page = client_for(secretary).get(url).content.decode()
    assert "http://testserver/opinions/write/" in page and "<svg" in page and branch.name in page
    assert url in client_for(secretary).get(branch.get_absolute_url()).content.decode()
    assert client_for(outsider).get(url).status_code == 404

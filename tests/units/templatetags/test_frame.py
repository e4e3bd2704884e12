from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from units.templatetags import frame


def render(text, **context):
    return Template("{% load frame %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "two", "four"),
    [(787812, "78.78", "78.7812"), (787850, "78.79", "78.7850"), (0, "0.00", "0.0000"), (5, "0.00", "0.0005"),
     (-12350, "-1.24", "-1.2350"), (1000000, "100.00", "100.0000"), (None, "—", "—")],
)
def test_points_of_ten_thousandths(value, two, four):
    assert (frame.points(value), frame.points4(value)) == (two, four)


@pytest.mark.parametrize(("days", "words"), [(5, "剩 5 天"), (0, "今天到期"), (-6, "逾期 6 天"), (None, "")])
def test_days_in_words(days, words):
    assert frame.days_words(days) == words


def test_dates_carry_the_year_when_it_is_another_one():
    assert frame.cn_date(date(2011, 6, 1)) == "6月1日"
    assert frame.cn_date(date(2010, 12, 31)) == "2010年12月31日"
    assert frame.cn_date(date(2011, 6, 1), "full") == "2011年6月1日"
    assert frame.cn_date(None) == ""
    assert frame.month_words(date(2011, 6, 1)) == "2011年6月"
    assert frame.weekday_words(date(2011, 6, 10)) == "星期五"


def test_moments_are_shown_in_the_installations_time_zone():
    late = datetime(2011, 6, 9, 17, 5, tzinfo=UTC)  # already the next day in Beijing
    assert frame.cn_moment(late) == "6月10日 01:05"
    assert frame.cn_date(late) == "6月10日"
    assert frame.clock_time(late) == "01:05"


@pytest.mark.parametrize(("value", "whole", "share"), [(5, 7, 71), (0, 7, 0), (9, 7, 100), (3, 0, 0), (-1, 7, 0)])
def test_share_of_a_bar_stays_inside_it(value, whole, share):
    assert frame.percent_of(value, whole) == share


@pytest.mark.parametrize(("value", "step"), [(None, "lvx"), (0, "lv0"), (1, "lv1"), (3, "lv2"), (8, "lv4"), (99, "lv4")])
def test_heat_step(value, step):
    assert frame.heat(value) == step


def test_thousands():
    assert (frame.thousands(3076), frame.thousands(12), frame.thousands(None)) == ("3,076", "12", "—")


def test_bars_of_a_chart_share_the_width_and_the_highest_fills_the_height():
    drawn = frame.bars([{"label": "5月", "value": 40}, {"label": "6月", "value": 20}])
    assert [bar["height"] for bar in drawn] == [84, 42]
    assert [bar["middle"] for bar in drawn] == [25, 75]
    assert drawn[0]["y"] + drawn[0]["height"] == drawn[1]["y"] + drawn[1]["height"] == 110
    assert frame.bars([{"label": "5月", "value": 0}])[0]["height"] == 0


def test_links_of_a_pager_keep_the_filters():
    request = RequestFactory().get("/", {"kind": "study", "page": "3"})
    query = render("{% querystring_with page=None as query %}{{ query|with_page:4 }}", request=request)
    assert query == "?kind=study&amp;page=4"
    bare = RequestFactory().get("/", {"page": "3"})
    assert render("{% querystring_with page=None as query %}{{ query|with_page:4 }}", request=bare) == "?page=4"


def test_pages_in_the_middle_are_left_out():
    page = Paginator(range(400), 20).page(10)
    assert frame.elided_numbers(page) == [1, "…", 7, 8, 9, 10, 11, 12, 13, "…", 20]


def test_every_shown_form_has_a_nonce_of_its_own_and_a_sent_one_keeps_it():
    shown = RequestFactory().get("/")
    first, second = (render("{% nonce_value as n %}{{ n }}", request=shown) for _ in range(2))
    assert first != second and len(first) == 32
    sent = RequestFactory().post("/", {"nonce": first})
    assert render("{% nonce %}", request=sent) == f'<input type="hidden" name="nonce" value="{first}">'
    forged = RequestFactory().post("/", {"nonce": '"><script>'})
    assert "script" not in render("{% nonce %}", request=forged)

"""A session ends after 30 idle minutes, and after 12 hours however busy it was: each limit alone, to the second."""
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories.units import PASSWORD
from units import middleware

PAGE = "/password/"
OUT = "/login/?next=%2Fpassword%2F&expired=1"
MINUTE, HOUR = 60, 3600
BEGAN = 1_307_667_600  # any second; sessions count in real time


@pytest.fixture
def seconds(monkeypatch):
    """`seconds(n)` lets the machine's clock stand n seconds after the first request."""
    now = [BEGAN]
    monkeypatch.setattr(middleware, "time", SimpleNamespace(time=lambda: now[0]))

    def stand(after):
        now[0] = BEGAN + after

    return stand


@pytest.fixture
def desk(seconds, secretary, client_for):
    """Signed in, first page opened at second 0."""
    client = client_for(secretary)
    assert client.get(PAGE).status_code == 200
    return client


def is_out(answer):
    """Whether the answer leads to the login page and says why; anything else must be the page."""
    if answer.status_code == 302:
        assert answer.url == OUT
        return True
    assert answer.status_code == 200
    return False


def test_the_limits_are_those_of_the_design():
    assert (settings.SESSION_IDLE_SECONDS, settings.SESSION_ABSOLUTE_SECONDS) == (30 * MINUTE, 12 * HOUR)


@pytest.mark.parametrize(("rest", "out"), [(30 * MINUTE - 1, False), (30 * MINUTE, False), (30 * MINUTE + 1, True)])
def test_thirty_idle_minutes_end_it(rest, out, desk, seconds):
    seconds(rest)
    assert is_out(desk.get(PAGE)) is out


def test_a_page_in_between_gives_thirty_minutes_anew(desk, seconds):
    for moment in (29 * MINUTE, 58 * MINUTE, 88 * MINUTE):
        seconds(moment)
        assert not is_out(desk.get(PAGE))
    seconds(118 * MINUTE + 1)
    assert is_out(desk.get(PAGE))


@pytest.mark.parametrize(("page", "last"), [(MINUTE, 30 * MINUTE), (MINUTE + 1, 31 * MINUTE + 1)])
@pytest.mark.parametrize(("after", "out"), [(0, False), (1, True)])
def test_a_page_within_a_minute_of_the_last_does_not_count(page, last, after, out, desk, seconds):
    """The session is written once a minute at most: it may end up to a minute early, never late."""
    seconds(page)
    desk.get(PAGE)
    seconds(last + after)
    assert is_out(desk.get(PAGE)) is out


@pytest.mark.parametrize(("after", "out"), [(0, False), (1, True)])
def test_twelve_hours_end_it_however_busy_it_was(after, out, desk, seconds):
    for moment in range(20 * MINUTE, 12 * HOUR, 20 * MINUTE):
        seconds(moment)
        assert not is_out(desk.get(PAGE))
    seconds(12 * HOUR + after)
    assert is_out(desk.get(PAGE)) is out


def test_who_was_signed_out_stays_out_until_the_password(desk, seconds, secretary):
    key = desk.session.session_key
    seconds(31 * MINUTE)
    assert is_out(desk.get(PAGE))
    assert desk.session.session_key != key and "_auth_user_id" not in desk.session
    seconds(31 * MINUTE + 1)
    assert desk.get(PAGE).url == "/login/?next=/password/"
    desk.post(reverse("login"), {"username": secretary.username, "password": PASSWORD})
    assert desk.get(PAGE).status_code == 200
    seconds(31 * MINUTE + 1 + 30 * MINUTE)  # both limits begin anew
    assert not is_out(desk.get(PAGE))


def test_a_step_that_a_script_takes_is_not_taken_any_more(desk, seconds):
    seconds(30 * MINUTE + 1)
    answer = desk.post("/activities/draft/", {"text": "写了一半"}, headers={"HX-Request": "true"})
    assert answer.status_code == 302 and answer.url.startswith("/login/") and answer.url.endswith("expired=1")


def test_a_demos_clock_ends_no_session(desk, seconds, stopped_clock, at):
    stopped_clock(at + timedelta(days=3))
    seconds(MINUTE)
    assert not is_out(desk.get(PAGE))


def test_a_stranger_has_no_session_to_end(db, seconds, client_for):
    seconds(13 * HOUR)
    assert client_for(None).get("/showcase/").status_code == 200


def test_a_page_that_looks_after_its_job_keeps_nobody_signed_in(desk, seconds):
    """It asks every two seconds for as long as the job takes, also when everybody has gone home."""
    for moment in (10 * MINUTE, 20 * MINUTE, 30 * MINUTE):
        seconds(moment)
        assert not is_out(desk.get(PAGE, headers={"HX-Request": "true", "HX-Trigger": "job-7"}))
    seconds(30 * MINUTE + 1)
    answer = desk.get(PAGE, headers={"HX-Request": "true", "HX-Trigger": "job-7"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, OUT)  # the whole page goes, not the part that was asked for


def test_a_form_that_asks_for_a_part_of_itself_stays_as_it_is(desk, seconds):
    seconds(31 * MINUTE)
    answer = desk.get(PAGE, headers={"HX-Request": "true", "HX-Trigger": "attendance"})
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (204, None)

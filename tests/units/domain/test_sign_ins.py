"""Sign-ins that are kept: right and wrong ones, not too many, not too long, and no network address."""
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt, AccessLog

from tests.factories.units import UserFactory
from units import tasks
from units.domain import sign_ins
from units.enums import SignInOutcome
from units.models import SignIn

CHROME = "Chrome，Windows"


@pytest.fixture
def user(db):
    return UserFactory()


def outcomes(user):
    return list(SignIn.objects.filter(user=user).newest_first().values_list("outcome", flat=True))


def test_a_sign_in_is_kept_and_is_the_last(user, at):
    sign_ins.note_sign_in(user, browser=CHROME, at=at)
    user.refresh_from_db()
    kept = SignIn.objects.get()
    assert (kept.user, kept.at, kept.outcome, kept.browser, user.last_login) == (user, at, "done", CHROME, at)


def test_with_a_second_step_the_password_is_half(user, at):
    user.second_factor_mark = "a mark"
    sign_ins.note_sign_in(user, browser=CHROME, at=at)
    sign_ins.note_second_step(user, browser=CHROME, at=at + timedelta(minutes=1))
    assert outcomes(user) == ["done", "half"]


def test_an_hour_has_room_for_twenty_failures(user, at):
    other = UserFactory()
    for number in range(25):
        kept = sign_ins.note_failure(user, SignInOutcome.PASSWORD, browser=CHROME, at=at + timedelta(seconds=number))
        assert kept is (number < 20)
    assert sign_ins.note_failure(other, SignInOutcome.LOCKED, browser=CHROME, at=at)
    sign_ins.note_sign_in(user, browser=CHROME, at=at + timedelta(minutes=1))
    assert outcomes(user).count("password") == 20 and outcomes(user)[0] == "done"
    assert sign_ins.note_failure(user, SignInOutcome.PASSWORD, browser=CHROME, at=at + timedelta(minutes=61))


@pytest.mark.parametrize(("name", "found"), [("{}", True), (" {} ", True), ("nobody", False), ("", False)])
def test_only_an_account_that_is_there_is_found(name, found, user):
    assert (sign_ins.account_called(name.format(user.username)) == user) is found


def test_after_half_a_year_they_go(user, at):
    for days in (183, 184, 400):
        sign_ins.note_sign_in(user, browser=CHROME, at=at - timedelta(days=days))
    assert sign_ins.KEPT_FOR == timedelta(days=184)
    tasks.forget_sign_ins()
    assert [kept.at for kept in SignIn.objects.all()] == [at - timedelta(days=183)]


def test_the_locks_own_addresses_go_after_a_day(user):
    AccessLog.objects.create(username=user.username, ip_address="192.0.2.7")
    for days in (0, 2):
        made = AccessAttempt.objects.create(username=user.username, ip_address=f"192.0.2.{days}", failures_since_start=1)
        AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=datetime.now(UTC) - timedelta(days=days))
    tasks.forget_sign_ins()
    assert not AccessLog.objects.exists()
    assert [kept.ip_address for kept in AccessAttempt.objects.all()] == ["192.0.2.0"]


def test_the_table_has_no_place_for_an_address():
    assert {field.name for field in SignIn._meta.get_fields()} == {"id", "user", "at", "outcome", "browser"}

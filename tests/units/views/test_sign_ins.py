"""What signing in leaves behind: each way in, each failure, and nothing of who is not there."""
import time

import pytest
from axes.models import AccessLog
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP

from tests.factories.units import PASSWORD
from units.domain.second_factors import enrol
from units.models import SignIn

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
SECRET = b"12345678901234567890"


@pytest.fixture
def machine(db):
    return Client(headers={"User-Agent": AGENT})


def sign_in(machine, username, password=PASSWORD, **more):
    return machine.post(reverse("login"), {"username": username, "password": password, **more})


def kept():
    return list(SignIn.objects.newest_first().values_list("user__username", "outcome", "browser"))


def test_a_sign_in_and_a_wrong_password_are_kept(machine, secretary):
    sign_in(machine, secretary.username, "wrong")
    sign_in(machine, secretary.username)
    name = secretary.username
    assert kept() == [(name, "done", "Firefox，Linux"), (name, "password", "Firefox，Linux")]


def test_a_stopped_account_is_tried_in_vain(machine, secretary):
    secretary.is_active = False
    secretary.save(update_fields=["is_active"])
    sign_in(machine, secretary.username)
    assert [outcome for _name, outcome, _browser in kept()] == ["password"]


def test_a_locked_account_says_so(machine, secretary, settings):
    settings.AXES_ENABLED = True
    for _try in range(6):
        sign_in(machine, secretary.username, "wrong")
    assert [outcome for _name, outcome, _browser in kept()] == ["locked"] * 2 + ["password"] * 4


@pytest.mark.parametrize(("username", "password"), [("nobody", "wrong"), ("", "wrong"), ("{}", "")])
def test_of_a_name_that_nobody_has_and_of_half_a_form_nothing_is_kept(username, password, machine, secretary):
    sign_in(machine, username.format(secretary.username), password)
    assert kept() == []


def test_looking_at_the_login_page_or_sending_it_again_is_no_sign_in(machine, secretary):
    machine.get(reverse("login"))
    sign_in(machine, secretary.username)
    sign_in(machine, secretary.username, "wrong")  # signed in already: the page only leads on
    assert [outcome for _name, outcome, _browser in kept()] == ["done"]


def test_signing_in_again_over_a_late_form_counts_too(machine, secretary, campaign):
    late = machine.post("/activities/new/", {"text": "写了一半"}).content.decode()
    sealed = late.split('name="sealed" value="')[1].split('"')[0]
    for password in ("wrong", PASSWORD):
        machine.post("/login/again/", {"username": secretary.username, "password": password, "sealed": sealed})
    assert [outcome for _name, outcome, _browser in kept()] == ["done", "password"]


def test_the_second_step_is_kept_as_a_step_of_its_own(machine, system, at, settings):
    settings.SECOND_FACTOR = True
    counted = TOTP(SECRET, step=30)
    counted.time = time.time() - 90
    enrol(system, SECRET, f"{counted.token():06d}", seconds=int(counted.time), at=at)
    sign_in(machine, system.username)
    machine.post("/login/second/", {"code": "000000"})
    counted.time = time.time()
    machine.post("/login/second/", {"code": f"{counted.token():06d}"})
    assert [outcome for _name, outcome, _browser in kept()] == ["done", "code", "half"]


def test_the_lock_keeps_no_log_of_its_own(machine, secretary, settings):
    settings.AXES_ENABLED = True
    sign_in(machine, secretary.username)
    assert not AccessLog.objects.exists()

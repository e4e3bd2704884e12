"""Signing in with the second step, in a browser: who has to, what opens before it is given, and who resets it."""
import base64
import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP

from config.kit import clock
from tests.factories.units import PASSWORD, user_with
from units.domain.second_factors import enrol
from units.enums import Role
from units.models import SecondFactor

SECRET = b"12345678901234567890"
OWN, ASK = "/second-factor/", "/login/second/"


def code(later=0):
    counted = TOTP(SECRET, step=30)
    counted.time = time.time() + later
    return f"{counted.token():06d}"


@pytest.fixture(autouse=True)
def outside_a_demo(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def enrolled(system, at):
    """The system administrator with a phone and codes on paper."""
    earlier = int(time.time()) - 90
    counted = TOTP(SECRET, step=30)
    counted.time = earlier
    system.paper = enrol(system, SECRET, f"{counted.token():06d}", seconds=earlier, at=at)
    return system


def sign_in(user, **more):
    browser = Client()
    browser.post(reverse("login"), {"username": user.username, "password": PASSWORD, **more})
    return browser


@pytest.mark.parametrize("who", ["system", "security", "auditor", "office"])
def test_who_has_to_enrol_first(who, request):
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get("/help/").url == OWN
    page = browser.get(OWN).content.decode()
    assert "您的角色登录时要多一步" in page and "<svg" in page


@pytest.mark.parametrize("who", ["secretary", "committee", "leader", "inspector", "member"])
def test_who_need_not(who, request):
    assert sign_in(request.getfixturevalue(who)).get("/help/").status_code == 200


def test_an_office_below_the_top_decides_on_no_awards(tree):
    assert sign_in(user_with(Role.OFFICE, tree.organ)).get("/help/").status_code == 200


def test_a_demo_does_not_ask_and_says_so(system, monkeypatch):
    monkeypatch.setattr(clock, "is_demo", lambda: True)
    browser = sign_in(system)
    assert browser.get("/help/").status_code == 200
    assert "这是演示，不设也能用。" in browser.get(OWN).content.decode()


def test_enrolling_shows_ten_codes_once_and_opens_everything(system):
    browser = sign_in(system)
    secret = re.search(r'<code class="cx-secret__t">([A-Z2-7 ]+)</code>', browser.get(OWN).content.decode()).group(1)
    counted = TOTP(base64.b32decode(secret.replace(" ", "")), step=30)
    page = browser.post(OWN, {"code": f"{counted.token():06d}"}).content.decode()
    assert "只显示这一次。" in page and len(re.findall(r"<li><code>", page)) == 10
    assert browser.get("/help/").status_code == 200
    assert "还剩 10 个，共 10 个" in browser.get(OWN).content.decode()
    assert secret not in browser.get(OWN).content.decode()


def test_a_wrong_first_code_is_said_and_the_secret_stays(system):
    browser = sign_in(system)
    before = re.search(r"cx-secret__t\">([^<]+)", browser.get(OWN).content.decode()).group(1)
    page = browser.post(OWN, {"code": "12"}).content.decode()
    assert "验证码不对。请看手机上现在的 6 位数字，手机时间要准。" in page and before in page
    assert not SecondFactor.objects.exists()


def test_the_code_is_asked_before_any_page_and_leads_to_it(enrolled):
    browser = sign_in(enrolled)
    asked = browser.get("/accounts/")
    assert asked.url == "/login/second/?next=%2Faccounts%2F"
    assert browser.post("/accounts/1/disable/").url.startswith(ASK)
    assert browser.post(asked.url, {"code": code()}).url == "/accounts/"
    assert browser.get("/accounts/").status_code == 200


def test_a_code_that_was_used_is_refused_in_another_browser(enrolled):
    used = code()
    sign_in(enrolled).post(ASK, {"code": used})
    page = sign_in(enrolled).post(ASK, {"code": used}).content.decode()
    assert "验证码不对，或者已经用过。请等手机换一个再输。" in page


def test_a_code_on_paper_helps_once(enrolled):
    assert sign_in(enrolled).post(ASK, {"code": enrolled.paper[0]}).status_code == 302
    assert sign_in(enrolled).post(ASK, {"code": enrolled.paper[0]}).status_code == 200


def test_nobody_is_led_to_another_site(enrolled):
    assert sign_in(enrolled).post(f"{ASK}?next=https://evil.example/", {"code": code()}).url == "/"


def test_without_the_code_one_sees_neither_codes_nor_new_ones(enrolled):
    browser = sign_in(enrolled)
    assert browser.post("/second-factor/codes/").url.startswith(ASK)
    assert browser.get(OWN).url.startswith(ASK)


def test_new_codes_on_paper(enrolled):
    browser = sign_in(enrolled)
    browser.post(ASK, {"code": code()})
    page = browser.post("/second-factor/codes/").content.decode()
    assert "只显示这一次。" in page and enrolled.paper[0] not in page


def test_the_system_administrator_resets_that_of_others(enrolled, office, at):
    earlier = int(time.time()) - 90
    counted = TOTP(SECRET, step=30)
    counted.time = earlier
    enrol(office, SECRET, f"{counted.token():06d}", seconds=earlier, at=at)
    browser = sign_in(enrolled)
    browser.post(ASK, {"code": code()})
    page = browser.post(reverse("account_second_factor", args=[office.pk]), follow=True).content.decode()
    assert f"账号 {office.username} 的第二步验证已重设，下次登录时重新设置。" in page
    page = browser.post(reverse("account_second_factor", args=[enrolled.pk]), follow=True).content.decode()
    assert "自己的第二步验证由另一位系统管理员重设。" in page
    assert [factor.user for factor in SecondFactor.objects.all()] == [enrolled]


def test_nobody_else_resets(security, office, client_for, settings):
    settings.SECOND_FACTOR = False
    assert client_for(security).post(reverse("account_second_factor", args=[office.pk])).status_code == 403

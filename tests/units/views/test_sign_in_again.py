"""A form that was sent after the session had ended: signed in again, nothing typed is lost and nothing happens by itself."""
import re
import time

import pytest
from django.core import signing
from django.test import Client

from tests.factories.units import PASSWORD
from units import carried

FORM = "/activities/new/"  # a page that shows its form again
STEP = "/role-switch/"  # a step without a page of its own
TEXT = "为 12 户老人办了优待证。"


@pytest.fixture
def late(db):
    return Client()


def sealed_in(response):
    return re.search(r'name="sealed" value="([^"]+)"', response.content.decode()).group(1)


def sign_in(client, user, sealed, password=PASSWORD):
    return client.post("/login/again/", {"username": user.username, "password": password, "sealed": sealed})


def test_a_late_form_gets_a_sign_in_page_that_shows_what_was_typed(late):
    response = late.post(FORM, {"text": TEXT})
    assert response.status_code == 403
    page = response.content.decode()
    assert "登录已到期，刚才的内容还没有提交，但没有丢。" in page and TEXT in page and "data-cx-lost" in page


def test_passwords_guards_and_files_are_not_carried(late, secretary):
    sent = {"text": TEXT, "password": "SECRET-1", "new_password1": "SECRET-2", "csrfmiddlewaretoken": "SECRET-3"}
    fields = carried.unseal(sealed_in(late.post(FORM, sent)))["fields"]
    assert "SECRET" not in fields and "text=" in fields


def test_a_page_that_can_shows_its_form_again(late, campaign, secretary, branch):
    answer = sign_in(late, secretary, sealed_in(late.post(f"{FORM}?blank=1", {"text": TEXT, "organization": branch.pk})))
    assert answer.url == f"{FORM}?blank=1"
    assert TEXT in late.get(answer.url).content.decode()
    assert TEXT not in late.get(answer.url).content.decode()  # once


def test_any_other_step_is_offered_and_not_taken(late, secretary):
    answer = sign_in(late, secretary, sealed_in(late.post(STEP, {"role": "7"})))
    assert answer.url == "/login/send-again/"
    page = late.get(answer.url).content.decode()
    assert f'action="{STEP}"' in page and '<input type="hidden" name="role" value="7">' in page
    assert late.get(answer.url).status_code == 302


def test_a_wrong_password_keeps_everything(late, secretary):
    answer = sign_in(late, secretary, sealed_in(late.post(FORM, {"text": TEXT})), password="wrong")
    assert answer.status_code == 200
    assert "账号或密码不对。" in answer.content.decode() and TEXT in answer.content.decode()
    assert carried.unseal(sealed_in(answer))["path"] == FORM


def expire(client):
    session = client.session
    session["began"] = session["seen"] = int(time.time()) - 13 * 3600
    session.save()


def test_an_expired_session_carries_too_and_knows_whose_it_was(campaign, secretary, branch, client_for):
    client = client_for(secretary)
    client.get(FORM)
    expire(client)
    sealed = sealed_in(client.post(FORM, {"text": TEXT, "organization": branch.pk}))
    assert carried.unseal(sealed)["user"] == secretary.pk
    assert TEXT in client.get(sign_in(client, secretary, sealed).url).content.decode()


def test_somebody_else_who_signs_in_does_not_get_the_text(campaign, secretary, committee, client_for):
    client = client_for(secretary)
    client.get(FORM)
    expire(client)
    answer = sign_in(client, committee, sealed_in(client.post(FORM, {"text": TEXT})))
    assert answer.url == "/"
    assert carried.KEY not in client.session


def test_an_expired_page_without_text_only_asks_to_sign_in(secretary, client_for):
    client = client_for(secretary)
    client.get("/timeline/")
    expire(client)
    response = client.get("/timeline/")
    assert response.url == "/login/?next=%2Ftimeline%2F&expired=1"


def test_a_forged_or_old_value_is_worth_nothing(late, secretary):
    forged = signing.dumps({"path": FORM, "fields": "text=x", "user": None}, salt="other")
    for value in ("", "nonsense", forged):
        assert sign_in(late, secretary, value).url == "/login/"


def test_a_value_cannot_lead_to_another_site(late, secretary):
    value = signing.dumps({"path": "//evil.example/", "fields": "text=x", "user": None}, salt=carried.SALT, compress=True)
    assert sign_in(late, secretary, value).url == "/"


def test_a_page_script_that_asks_without_a_session_is_redirected(late):
    assert late.post(FORM, {"text": TEXT}, headers={"HX-Request": "true"}).status_code == 302


def test_a_monstrous_form_is_not_carried(late):
    response = late.post(FORM, {"text": "字" * (carried.MOST_TYPED + 1)})
    assert response.status_code == 302 and response.url.startswith("/login/")


def test_the_guard_against_foreign_forms_comes_first(campaign):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(FORM, {"text": TEXT})
    assert response.status_code == 403 and "sealed" not in response.content.decode()

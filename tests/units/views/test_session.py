import datetime

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.units import PASSWORD


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(reverse("login"), {"username": user.username, "password": password, **more})


def test_sign_in_leads_to_where_one_wanted_to_go(secretary):
    client = Client()
    asked = client.get(reverse("password_change"))
    assert asked.url == "/login/?next=/password/"
    assert 'name="next" value="/password/"' in client.get(asked.url).content.decode()
    assert sign_in(client, secretary, next="/password/").url == "/password/"
    assert client.get(reverse("password_change")).status_code == 200


def test_sign_in_never_leads_to_another_site(secretary):
    assert "elsewhere" not in sign_in(Client(), secretary, next="https://elsewhere.example/")["Location"]


def test_a_wrong_password_is_told_in_one_sentence_for_account_and_password(secretary):
    page = sign_in(Client(), secretary, "wrong").content.decode()
    assert "账号或密码不对。请注意大小写；忘记密码请找系统管理员重设。" in page
    assert secretary.username in page and "wrong" not in page


def test_a_closed_account_is_not_told_from_a_wrong_password(secretary):
    """Whoever guesses must not learn which accounts exist."""
    secretary.is_active = False
    secretary.save(update_fields=["is_active"])
    assert "账号或密码不对。" in sign_in(Client(), secretary).content.decode()


def test_the_page_says_that_the_session_has_ended_and_the_text_has_not(db):
    shown = Client().get(reverse("login"), {"next": "/password/", "expired": "1"}).content.decode()
    assert "登录已到期。重新登录后接着填，内容不会丢。" in shown
    assert "data-cx-lost" in shown  # drafts.js must not take this page for a success
    assert "登录已到期" not in Client().get(reverse("login")).content.decode()


def test_five_wrong_passwords_lock_the_account_for_a_while(secretary, settings):
    settings.AXES_ENABLED = True
    client = Client()
    pages = [sign_in(client, secretary, "wrong") for _ in range(5)]
    assert [page.status_code for page in pages] == [200, 200, 200, 200, 429]
    assert "密码连续输错 5 次，这个账号先锁 15 分钟，到时自动解开。" in pages[-1].content.decode()
    assert sign_in(client, secretary).status_code == 429


def test_the_lock_is_of_one_account_at_one_address(secretary, committee, settings):
    settings.AXES_ENABLED = True
    for _try in range(5):
        sign_in(Client(), secretary, "wrong")
    assert sign_in(Client(), secretary).status_code == 429
    assert sign_in(Client(), committee).status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.1.2.3"), secretary).status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(14, 429), (16, 302)])
def test_the_lock_ends_after_a_quarter_of_an_hour(secretary, settings, minutes, status):
    settings.AXES_ENABLED = True
    for _try in range(5):
        sign_in(Client(), secretary, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=minutes))  # the library's real time
    assert sign_in(Client(), secretary).status_code == status


def test_sign_out_by_post_only(client_for, secretary):
    client = client_for(secretary)
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).url == "/login/"
    assert client.get(reverse("password_change")).status_code == 302


@pytest.mark.parametrize("header", ["Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"])
def test_headers_that_protect_the_page(db, header):
    assert header in Client().get(reverse("login")).headers


def test_the_last_sign_in_is_of_the_houses_clock(secretary, at):
    sign_in(Client(), secretary)
    secretary.refresh_from_db()
    assert secretary.last_login == at

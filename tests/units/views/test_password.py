import datetime

import pytest
from django.urls import reverse

from tests.factories.units import PASSWORD
from units.models import HistoryEntry, SignIn

NEW = "river-lantern-82"


def change(client, **fields):
    return client.post(
        reverse("password_change"), {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | fields
    )


def test_a_new_password_works_and_the_session_goes_on(client_for, secretary):
    client = client_for(secretary)
    assert change(client).status_code == 302
    secretary.refresh_from_db()
    assert secretary.check_password(NEW)
    assert "密码已修改。" in client.get(reverse("password_change")).content.decode()
    assert HistoryEntry.objects.filter(verb="change_password", actor=secretary).count() == 1


def test_a_first_password_has_to_be_changed_before_anything_else(client_for, secretary):
    secretary.must_change_password = True
    secretary.save(update_fields=["must_change_password"])
    client = client_for(secretary)
    assert client.post(reverse("role_switch")).url == reverse("password_change")
    assert "这是别人给您设的第一个密码" in client.get(reverse("password_change")).content.decode()
    change(client)
    secretary.refresh_from_db()
    assert not secretary.must_change_password


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old_password": "wrong"}, "现在的密码不对。"),
        ({"new_password1": "short1", "new_password2": "short1"}, "12"),
        ({"new_password2": "another-one-82"}, "密码"),
        ({"new_password1": "1234567890", "new_password2": "1234567890"}, "密码"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_changed(client_for, secretary, fields, words):
    answer = change(client_for(secretary), **fields)
    errors = [error for field in answer.context["form"].errors.values() for error in field]
    assert any(words in error for error in errors), errors
    secretary.refresh_from_db()
    assert secretary.check_password(PASSWORD)
    assert not HistoryEntry.objects.filter(verb="change_password").exists()


def test_a_password_grows_old_only_where_the_profile_says_so(client_for, secretary, settings, at):
    secretary.password_changed_at = at - datetime.timedelta(days=181)
    secretary.save(update_fields=["password_changed_at"])
    client = client_for(secretary)
    assert client.get("/help/").status_code == 200
    settings.PASSWORD_MAX_AGE_DAYS = 180
    assert client.get("/help/").url == reverse("password_change")
    assert "密码已经用了 180 天，请换一个再接着用。" in client.get(reverse("password_change")).content.decode()
    change(client)
    assert client.get("/help/").status_code == 200


@pytest.mark.parametrize("is_first", [True, False])
def test_the_same_password_again_is_no_change(client_for, secretary, is_first):
    secretary.must_change_password = is_first
    secretary.save(update_fields=["must_change_password"])
    answer = change(client_for(secretary), new_password1=PASSWORD, new_password2=PASSWORD)
    assert answer.context["form"].errors["new_password1"] == ["新密码不能和现在的一样。"]
    secretary.refresh_from_db()
    assert secretary.must_change_password is is_first


def test_the_present_password_is_not_guessed_at_leisure(client_for, secretary, settings):
    """Five wrong tries lock the account at this address, here as at the sign-in; the person finds them among the sign-ins."""
    settings.AXES_ENABLED = True
    client = client_for(secretary)
    answers = [change(client, old_password=f"wrong-{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
    assert change(client).status_code == 429
    outcomes = SignIn.objects.filter(user=secretary).order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["password"] * 4 + ["locked"] * 3
    secretary.refresh_from_db()
    assert secretary.check_password(PASSWORD)


@pytest.mark.parametrize(("profile", "words"), [("asvs", "至少 12 个字符"), ("dengbao", "至少有三种")])
def test_the_page_says_what_is_asked(client_for, secretary, settings, profile, words):
    settings.SECURITY_PROFILE = profile
    assert words in client_for(secretary).get(reverse("password_change")).content.decode()

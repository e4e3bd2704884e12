import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.factories.units import user_with
from units.enums import Role
from units.models import RoleGrant
from units.views import frame


# Large type ----------------------------------------------------------------------------------------
def test_large_type_is_remembered_without_an_account_or_script(db):
    client = Client()
    answer = client.get(reverse("large_type"), {"on": "1", "next": "/login/"})
    assert (answer.status_code, answer.url) == (302, "/login/")
    page = client.get("/login/").content.decode()
    assert 'class="cx-large"' in page and "标准字号" in page
    client.get(reverse("large_type"), {"on": "0", "next": "/login/"})
    assert "cx-large" not in client.get("/login/").content.decode()


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_large_type_never_leads_to_another_site(db, target):
    assert Client().get(reverse("large_type"), {"on": "1", "next": target}).url == "/"


def test_keys_can_be_switched_off_and_on(client_for, secretary):
    client, page = client_for(secretary), reverse("password_change")
    assert 'data-cx-keys=""' in client.get(page).content.decode()
    assert client.get(reverse("quiet_keys"), {"on": "1", "next": page}).url == page
    quiet = client.get(page).content.decode()
    assert 'data-cx-keys="off"' in quiet and "打开快捷键" in quiet
    client.get(reverse("quiet_keys"), {"on": "0", "next": page})
    assert 'data-cx-keys=""' in client.get(page).content.decode()


# Roles ---------------------------------------------------------------------------------------------
def test_switching_roles_changes_the_side_bar_until_switched_back(client_for, secretary, tree):
    second = user_with(Role.LEADER, tree.root, name="兼职").grants.get()
    RoleGrant.objects.filter(pk=second.pk).update(user=secretary)
    client = client_for(secretary)
    page = reverse("password_change")
    assert "· 支部书记</span>" in client.get(page).content.decode()
    assert client.post(reverse("role_switch"), {"role": second.pk}).status_code == 302
    shown = client.get(page).content.decode()
    assert "· 领导</span>" in shown and "支部书记 · 办公厅第一党支部" in shown


@pytest.mark.parametrize("role", ["", "x", "999999"])
def test_no_role_but_ones_own(client_for, secretary, role):
    assert client_for(secretary).post(reverse("role_switch"), {"role": role}).status_code == 404


def test_the_grant_of_another_account_is_not_ones_own(client_for, secretary, office):
    other = office.grants.get()
    assert client_for(secretary).post(reverse("role_switch"), {"role": other.pk}).status_code == 404


def test_switching_roles_needs_a_post(client_for, secretary):
    assert client_for(secretary).get(reverse("role_switch")).status_code == 405


# Pages that say no ---------------------------------------------------------------------------------
def test_a_page_that_is_not_there_keeps_the_side_bar_of_those_signed_in(client_for, secretary):
    page = client_for(secretary).get("/no-such-page/")
    assert page.status_code == 404
    assert "没有这一页" in page.content.decode() and 'id="site-nav"' in page.content.decode()
    stranger = Client().get("/no-such-page/").content.decode()
    assert "没有这一页" in stranger and 'id="site-nav"' not in stranger


def test_a_refusal_shows_its_reason_and_whom_to_ask(rf, secretary):
    request = rf.get("/")
    request.user = secretary
    page = frame.forbidden(request, PermissionDenied("只有上级党组织可以审定承诺。"))
    assert page.status_code == 403
    assert "只有上级党组织可以审定承诺。" in page.content.decode() and "领导小组办公室" in page.content.decode()
    bare = frame.forbidden(request, PermissionDenied()).content.decode()
    assert "您没有看这一页的权限，可以找领导小组办公室开通。" in bare


def test_the_page_for_our_own_failures_asks_the_database_nothing(db, caplog, django_assert_num_queries):
    request = RequestFactory().post("/activities/new/")
    with django_assert_num_queries(0):
        page = frame.failed(request)
    assert page.status_code == 500
    number = caplog.records[-1].args[0]
    assert f"编号 {number}，" in page.content.decode()


def test_a_form_whose_guard_does_not_fit_leads_back_to_its_page(secretary):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("password_change"), {}, headers={"referer": "http://testserver/password/"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "这次提交没有收下" in page and 'href="http://testserver/password/"' in page and "data-cx-lost" in page
    elsewhere = client.post(reverse("password_change"), {}, headers={"referer": "http://elsewhere.example/"})
    assert "elsewhere" not in elsewhere.content.decode()


# The style guide -----------------------------------------------------------------------------------
def test_the_style_guide_is_for_development_only(client_for, secretary, settings):
    client = client_for(secretary)
    assert client.get(reverse("styleguide")).status_code == 404
    settings.DEBUG = True
    assert client.get(reverse("styleguide")).status_code == 200
    page = client.get(reverse("styleguide"), {"bad": "1"}).content.decode()
    assert "<title>有错误：组件" in page and "有 4 处要改" in page
    assert 'href="#id_kind_0"' in page  # the first choice of a group
    assert 'aria-describedby="id_effect_helptext id_effect_error"' in page and 'aria-invalid="true"' in page

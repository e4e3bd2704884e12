"""The security administrator: grants and revokes, never for oneself."""
import datetime

import pytest
from django.urls import reverse

from tests.factories.units import RoleGrantFactory, UserFactory
from units.models import RoleGrant

LIST = "/roles/"


@pytest.fixture
def desk(security, client_for):
    """The security administrator at work."""
    return client_for(security)


@pytest.fixture
def sent(branch):
    return {
        "user": UserFactory(username="zhang.san").username, "role": "secretary", "organization": branch.name,
        "starts_on": "2011-06-10", "ends_on": "", "nonce": "e" * 32,
    }


@pytest.mark.parametrize("who", ["office", "system", "auditor", "secretary", "leader"])
def test_nobody_else_manages_roles(request, who, branch, client_for):
    browser, grant = client_for(request.getfixturevalue(who)), RoleGrantFactory()
    answers = [
        browser.get(LIST), browser.get(reverse("role_grant")), browser.get(reverse("permission_table")),
        browser.post(reverse("role_secretaries")), browser.post(reverse("role_revoke", args=[grant.pk])),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert "角色由安全管理员管理。" in answers[0].content.decode()


def test_a_double_click_grants_once(sent, branch, desk):
    answers = [desk.post(reverse("role_grant"), sent).url for _click in range(2)]
    assert answers == [LIST, LIST]
    assert RoleGrant.objects.get(user__username="zhang.san").organization == branch


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"user": "nobody"}, "user", "没有这个可以登录的账号。"),
        ({"organization": "没有这个支部"}, "organization", "没有叫“没有这个支部”的党组织，请写全称。"),
        ({"ends_on": "2011-06-09"}, "ends_on", "结束日期不能早于开始日期。"),
        ({"role": "audit"}, "__all__", "业务角色要有范围，三员不设范围。"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(changes, field, message, sent, desk):
    page = desk.post(reverse("role_grant"), sent | changes)
    assert page.context["form"].errors[field] == [message]


def test_the_own_account_is_refused_with_the_constraints_words(security, sent, desk):
    page = desk.post(reverse("role_grant"), sent | {"user": security.username})
    assert "不能给自己授权。" in page.content.decode()


def test_revoking_takes_the_row_from_the_list(desk, branch):
    grant = RoleGrantFactory(organization=branch)
    assert grant.user.username in desk.get(LIST).content.decode()
    page = desk.post(reverse("role_revoke", args=[grant.pk]), follow=True)
    assert "角色已撤销。" in page.content.decode() and grant.user.username not in page.content.decode()


def test_all_secretaries_with_one_click(tree, desk):
    UserFactory(member=tree.members[tree.society.pk][0])
    page = desk.post(reverse("role_secretaries"), follow=True)
    assert "已授予 1 名书记。" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "number"), [("", 2), ("role=secretary", 1), ("q=第一党支部", 1), ("q=安全", 1), ("q=无此人", 0)]
)
def test_the_filters(query, number, branch, desk):
    RoleGrantFactory(organization=branch)
    assert desk.get(f"{LIST}?{query}").context["page"].paginator.count == number


@pytest.mark.parametrize("role", ["system", "security", "auditor"])
@pytest.mark.parametrize("address", ["/activities/", "/activities/export/", "/find/?q=张", "/timeline/"])
def test_an_administrator_has_no_business_at_the_campaigns_pages(role, address, campaign, request, client_for):
    page = client_for(request.getfixturevalue(role)).get(address)
    assert page.status_code == 403
    assert "管理员的账号不看业务记录，也不办业务。" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, branch, security, client_for, django_assert_num_queries):
    for _number in range(rows):
        RoleGrantFactory(organization=branch)
    browser = client_for(security)
    browser.get(LIST)
    with django_assert_num_queries(6):
        assert browser.get(LIST).context["page"].paginator.count == rows + 1


def test_a_role_that_begins_later_is_on_the_list_and_can_be_taken_back(desk, branch):
    later = RoleGrantFactory(organization=branch, starts_on=datetime.date(2011, 6, 11))
    over = RoleGrantFactory(organization=branch, ends_on=datetime.date(2011, 6, 9))
    page = desk.get(LIST).content.decode()
    assert "还没开始" in page and later.user.username in page and over.user.username not in page
    assert "角色已撤销。" in desk.post(reverse("role_revoke", args=[later.pk]), follow=True).content.decode()
    assert "还没开始" not in desk.get(LIST).content.decode()


def test_revoking_is_asked_first(desk, branch):
    grant = RoleGrantFactory(organization=branch, user__name="王五", user__username="wang.wu")
    page = desk.get(reverse("role_revoke", args=[grant.pk])).content.decode()
    assert "王五（wang.wu） · 支部书记 · 办公厅第一党支部" in page and "马上生效；委托给别人的也一起停。" in page
    assert RoleGrant.objects.filter(pk=grant.pk, revoked_at__isnull=True).exists()


def test_the_secretaries_are_named_before_the_role_is_given(tree, desk):
    account = UserFactory(member=tree.members[tree.society.pk][0])
    page = desk.get(reverse("role_secretaries")).content.decode()
    assert "要给 1 名书记授予角色吗？" in page and account.member.name in page and not account.grants.exists()
    desk.post(reverse("role_secretaries"))
    page = desk.get(reverse("role_secretaries"), follow=True).content.decode()
    assert "名册上有账号的书记都有角色了。" in page

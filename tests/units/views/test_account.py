"""The system administrator: accounts and first passwords, nothing of the campaign."""
import datetime

import pytest
from django.urls import reverse

from tests.factories.units import MemberFactory, UserFactory
from units.models import HistoryEntry, User

NEW = {"username": "zhang.san", "name": "张  三", "organization": "", "email": ""}


def of(name, user):
    return reverse(name, args=[user.pk])


@pytest.fixture
def desk(system, client_for):
    """The system administrator at work."""
    return client_for(system)


@pytest.mark.parametrize("who", ["office", "secretary", "leader", "security", "auditor", "member"])
def test_nobody_else_manages_accounts(request, who, client_for):
    browser, other = client_for(request.getfixturevalue(who)), UserFactory()
    answers = [browser.get(reverse("account_list")), browser.get(reverse("account_new")),
               browser.post(reverse("account_secretaries"))]
    answers += [browser.post(of(name, other)) for name in ("account_reset", "account_disable", "account_enable")]
    assert [answer.status_code for answer in answers] == [403] * 6
    assert "账号由系统管理员管理。" in answers[0].content.decode()


def test_the_administrator_sees_no_business_data(tree, branch_members, desk):
    addresses = [
        reverse("organization_members", args=[tree.root.pk]), branch_members[0].get_absolute_url(),
        tree.organ_branch.get_absolute_url(),
    ]
    assert [desk.get(address).status_code for address in addresses] == [404, 404, 404]


def test_a_new_account_signs_in_with_its_first_password_and_changes_it(desk, client, db):
    page = desk.post(reverse("account_new"), NEW)
    (user, password, _place), = page.context["made"]
    assert (user.username, user.name, password in page.content.decode()) == ("zhang.san", "张三", True)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    answer = client.post(reverse("login"), {"username": "zhang.san", "password": password}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("password_change")
    assert "zhang.san" in desk.get(reverse("account_list") + "?state=first").content.decode()


def test_an_account_name_is_used_once(desk):
    desk.post(reverse("account_new"), NEW)
    page = desk.post(reverse("account_new"), NEW)
    assert page.context["form"].errors["username"] == ["这个账号已经用过。"]
    assert User.objects.filter(username="zhang.san").count() == 1


def test_a_member_is_linked_by_organisation_and_name(branch, desk):
    person = MemberFactory(name="李四", organization=branch)
    desk.post(reverse("account_new"), NEW | {"name": "李 四", "organization": "办公厅第一党支部"})
    assert User.objects.get(username="zhang.san").member == person
    page = desk.post(reverse("account_new"), NEW | {"username": "li.si", "name": "李四", "organization": "办公厅第一党支部"})
    assert page.context["form"].errors["organization"] == ["这名党员已经有账号。"]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"username": "张三"}, "username", "账号用小写字母、数字、点或短横，3 到 40 个，以字母或数字开头。"),
        ({"organization": "没有这个支部"}, "organization", "没有叫“没有这个支部”的党组织，请写全称。"),
        ({"organization": "办公厅第一党支部"}, "organization", "这个党组织没有叫“张三”的党员。"),
        ({"organization": "办公厅第一党支部", "name": "重名"}, "born_on", "这个党组织不止一名党员叫“重名”，请写出生年月。"),
        ({"organization": "办公厅第一党支部", "name": "重名", "born_on": "1970-04"}, "born_on",
         "名册上叫“重名”的党员不是这个月出生的，请核对。"),
        ({"organization": "办公厅第一党支部", "name": "重名", "born_on": "1970-03"}, "organization",
         "不止一名叫“重名”的党员是这个月出生的，分不清是谁，请不写所在党组织。"),
        ({"born_on": "70年3月"}, "born_on", "请写成 1970-03 这样。"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(changes, field, message, branch, desk):
    MemberFactory.create_batch(2, name="重名", organization=branch)
    page = desk.post(reverse("account_new"), NEW | changes)
    assert page.context["form"].errors[field] == [message]
    assert not User.objects.filter(username="zhang.san").exists()


def test_of_two_of_one_name_the_month_of_birth_tells(branch, desk):
    _elder, younger = (
        MemberFactory(name="李四", organization=branch, born_on=datetime.date(year, 3, 9)) for year in (1960, 1975)
    )
    desk.post(reverse("account_new"), NEW | {"name": "李四", "organization": branch.name, "born_on": "1975-03"})
    assert User.objects.get(username="zhang.san").member == younger


def test_all_secretaries_get_an_account_with_one_click(tree, secretary, desk):
    page = desk.post(reverse("account_secretaries"))
    made = {user.username: user.member for user, _password, _place in page.context["made"]}
    heads = [tree.members[organization.pk][0] for organization in (tree.organ_branch_2, tree.institution_branch, tree.society)]
    codes = [organization.code.lower() for organization in (tree.organ_branch_2, tree.institution_branch, tree.society)]
    assert made == dict(zip(codes, heads, strict=True))  # the fixture `secretary` has one already
    assert HistoryEntry.objects.filter(verb="create_account").count() == 3
    assert "名册上的书记都有账号了。" in desk.post(reverse("account_secretaries")).content.decode()


def test_a_code_that_is_taken_gets_a_number(tree, desk):
    UserFactory(username=tree.society.code.lower())
    desk.post(reverse("account_secretaries"))
    assert User.objects.get(member=tree.members[tree.society.pk][0]).username == f"{tree.society.code.lower()}-2"


def test_a_stopped_account_is_signed_out_at_once(secretary, desk, client_for):
    browser = client_for(secretary)
    assert browser.get(reverse("help")).status_code == 200
    page = desk.post(of("account_disable", secretary), follow=True)
    assert f"账号 {secretary.username} 已停用。" in page.content.decode()
    assert browser.get(reverse("help")).status_code == 302
    desk.post(of("account_enable", secretary))
    assert User.objects.get(pk=secretary.pk).is_active


def test_nobody_stops_the_own_account(system, desk):
    page = desk.post(of("account_disable", system), follow=True)
    assert "不能停用自己的账号。" in page.content.decode()
    assert User.objects.get(pk=system.pk).is_active


def test_a_new_first_password_ends_the_old_one(secretary, desk, client_for, client):
    browser = client_for(secretary)
    password = desk.post(of("account_reset", secretary)).context["made"][0][1]
    assert browser.get(reverse("help")).status_code == 302
    assert client.login(request=None, username=secretary.username, password=password) is not None
    secretary.refresh_from_db()
    assert (secretary.check_password(password), secretary.must_change_password) == (True, True)


@pytest.mark.parametrize(
    ("query", "number"), [("q=阿里", 1), ("q=alibaba", 1), ("state=stopped", 1), ("state=never", 2), ("", 3)]
)
def test_the_filters(query, number, desk):
    UserFactory(username="alibaba", name="阿里")
    UserFactory(is_active=False)
    assert desk.get(f"{reverse('account_list')}?{query}").context["page"].paginator.count == number


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, branch_members, system, client_for, django_assert_num_queries):
    for member in branch_members[:rows]:
        UserFactory(member=member)
    browser = client_for(system)
    browser.get(reverse("account_list"))
    with django_assert_num_queries(6):
        page = browser.get(reverse("account_list"))
    assert page.context["page"].paginator.count == rows + 1


@pytest.mark.parametrize(
    ("name", "words"),
    [("account_reset", "要重设账号 wang.wu（王五）的密码吗？"),
     ("account_second_factor", "要重设账号 wang.wu（王五）的第二步验证吗？")],
)
def test_what_cannot_be_taken_back_is_asked_first(name, words, desk):
    user = UserFactory(username="wang.wu", name="王五")
    assert words in desk.get(of(name, user)).content.decode()
    assert user.password == User.objects.get(pk=user.pk).password
    assert f'href="{of("account_reset", user)}"' in desk.get(reverse("account_list")).content.decode()


def test_the_secretaries_are_named_before_accounts_are_made(tree, secretary, desk):
    page = desk.get(reverse("account_secretaries")).content.decode()
    assert "要给 3 名书记开账号吗？" in page and tree.members[tree.society.pk][0].name in page
    assert not User.objects.filter(member=tree.members[tree.society.pk][0]).exists()
    desk.post(reverse("account_secretaries"))
    assert "名册上的书记都有账号了。" in desk.get(reverse("account_secretaries")).content.decode()


def test_an_account_made_without_a_member_is_linked_later(branch, desk, client_for):
    person, user = MemberFactory(name="李四", organization=branch), UserFactory(name="李四")
    address = of("account_link", user)
    assert address in desk.get(reverse("account_list")).content.decode()
    for said, field, words in (
        ({"organization": ""}, "organization", "请写所在党组织。"),
        ({"organization": "没有的支部"}, "organization", "没有叫“没有的支部”的党组织，请写全称。"),
        ({"organization": "办公厅第二党支部"}, "organization", "这个党组织没有叫“李四”的党员。"),
        ({"organization": "办公厅第一党支部", "born_on": "1971-01"}, "born_on", "名册上叫“李四”的党员不是这个月出生的，请核对。"),
    ):
        assert desk.post(address, said).context["form"].errors[field] == [words]
    page = desk.post(address, {"organization": "办公厅第一党支部"}, follow=True).content.decode()
    assert f"账号 {user.username} 已经和办公厅第一党支部的李四对应。" in page and address not in page
    user.refresh_from_db()
    assert user.member == person
    [entry] = HistoryEntry.objects.of(user).filter(verb="link_member")
    assert entry.detail["note"] == "李四 · 办公厅第一党支部"


def test_one_person_one_account_when_linked_too(branch, desk):
    MemberFactory(name="李四", organization=branch)
    first, second = UserFactory(name="李四"), UserFactory(name="李四")
    said = {"organization": "办公厅第一党支部"}
    desk.post(of("account_link", first), said)
    assert desk.post(of("account_link", second), said).context["form"].errors["organization"] == ["这名党员已经有账号。"]
    MemberFactory(name="李四", organization=branch, born_on=datetime.date(1980, 5, 1))
    again = desk.post(of("account_link", first), said | {"born_on": "1980-05"})
    assert again.context["form"].non_field_errors() == ["这个账号已经和名册上的党员对应。"]

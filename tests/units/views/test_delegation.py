"""The pages of delegations: given, used after the role switch, seen by both and by security, taken back."""
import datetime

import pytest

from campaign.due import due_things
from campaign.models import Plan
from tests.factories.campaign import PlanFactory
from tests.factories.units import user_with
from units.enums import Role
from units.models import HistoryEntry, RoleGrant

FORM = {"starts_on": "2011-06-10", "ends_on": "2011-06-30", "reason": "出差"}
LIST = "/delegations/"


@pytest.fixture
def stand_in(branch, branch_members):
    return user_with(Role.MEMBER, branch, member=branch_members[2], name="李代理")


def grant_of(user):
    return user.grants.get(delegated_from__isnull=True)


@pytest.fixture
def made(secretary, stand_in, client_for):
    answer = client_for(secretary).post(f"/delegations/new/{grant_of(secretary).pk}/", FORM | {"user": stand_in.pk})
    assert answer.url == LIST, answer.context["form"].errors
    return RoleGrant.objects.get(delegated_from__isnull=False)


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 403), ("member", 403), ("system", 404)],
)
def test_who_delegates(who, status, request, client_for):
    user = request.getfixturevalue(who)
    assert client_for(user).get(f"/delegations/new/{grant_of(user).pk}/").status_code == status


def test_nobody_delegates_another_s_role(secretary, committee, security, client_for):
    for user in (committee, security):
        assert client_for(user).get(f"/delegations/new/{grant_of(secretary).pk}/").status_code == 404


def test_wrong_words_stand_at_their_fields(secretary, stand_in, client_for):
    address = f"/delegations/new/{grant_of(secretary).pk}/"
    form = client_for(secretary).post(address, FORM | {"user": stand_in.pk, "ends_on": "2011-09-01"}).context["form"]
    assert form.errors["ends_on"] == ["最多委托 60 天，到2011年8月8日为止。"]
    form = client_for(secretary).post(address, {"starts_on": "2011-06-10"}).context["form"]
    assert (form.errors["user"], form.errors["reason"]) == (["请选委托给谁。"], ["请写一句原因，例如：出差、休假。"])


def test_the_delegate_switches_works_and_is_named(made, secretary, stand_in, branch, campaign, client_for):
    browser, new = client_for(stand_in), f"/organizations/{branch.pk}/bodies/new/"
    assert browser.get(new).status_code == 403
    assert "代支部书记 · 支部书记" in browser.get("/help/").content.decode()  # offered in the menu
    assert browser.post("/role-switch/", {"role": made.pk}).status_code == 302
    page = browser.get(new).content.decode()
    assert "您正在代支部书记 · 支部书记（办公厅第一党支部），到 2011年6月30日 为止。办的事都记作代办。" in page
    browser.post(new, {"kind": "union", "name": "工会", "chair_name": "", "size": "3", "founded_on": "2006-05-01"})
    assert HistoryEntry.objects.filter(verb="found", actor=stand_in).get().detail["acting_for"] == "支部书记"
    assert "李代理（代支部书记）" in browser.get(f"/organizations/{branch.pk}/bodies/").content.decode()
    assert browser.get(f"/delegations/new/{made.pk}/").status_code == 403  # never further
    RoleGrant.objects.filter(pk=made.pk).update(ends_on=datetime.date(2011, 6, 9), starts_on=datetime.date(2011, 6, 1))
    assert browser.get(new).status_code == 403


def test_a_delegate_judges_no_plan_of_the_own_branch(secretary, committee, branch, campaign, at, client_for):
    client_for(committee).post(f"/delegations/new/{grant_of(committee).pk}/", FORM | {"user": secretary.pk})
    made = RoleGrant.objects.get(delegated_from__isnull=False)
    plan = PlanFactory(campaign=campaign, organization=branch, state="submitted", approved_at=None)
    browser = client_for(secretary)
    browser.post("/role-switch/", {"role": made.pk})
    assert browser.post(f"/plans/{plan.pk}/approve/").status_code == 403
    assert Plan.objects.get().state == "submitted"


def test_both_see_it_and_it_is_taken_back(made, secretary, stand_in, committee, outsider, security, client_for, today):
    for user, words in ((stand_in, "支部书记请您代办公厅第一党支部支部书记"), (secretary, "李代理正在代您的支部书记")):
        assert [thing.title for thing in due_things(on=today, user=user) if thing.kind == "delegation"] == [words]
    for user, seen in ((secretary, True), (stand_in, True), (security, True), (committee, True), (outsider, False)):
        assert (made in client_for(user).get(LIST).context["page"].object_list) is seen
    assert client_for(stand_in).post(f"/delegations/{made.pk}/end/").status_code == 403
    assert client_for(outsider).post(f"/delegations/{made.pk}/end/").status_code == 404
    assert client_for(secretary).post(f"/delegations/{made.pk}/end/").status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert "已收回" in client_for(security).get(LIST).content.decode()


def test_the_security_administrator_takes_it_back(made, security, client_for):
    assert client_for(security).post(f"/delegations/{made.pk}/end/").status_code == 302
    assert not RoleGrant.objects.filter(pk=made.pk, revoked_at__isnull=True).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries(rows, branch, security, secretary, client_for, django_assert_num_queries, at):
    for number in range(rows):
        user = user_with(Role.MEMBER, branch)
        RoleGrant.objects.create(
            user=user, role=Role.SECRETARY, organization=branch, starts_on="2011-06-01", ends_on="2011-06-20",
            granted_by=secretary, granted_at=at, delegated_from=grant_of(secretary), reason=f"出差{number}",
        )
    browser = client_for(security)
    with django_assert_num_queries(9):
        assert len(browser.get(LIST).context["rows"]) == rows

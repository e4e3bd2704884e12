"""Role grants: the words of the constraints, nobody for oneself, the three administrators apart."""
import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.units import OrganizationFactory, PostFactory, RoleGrantFactory, UserFactory, user_with
from units.domain.accounts import create_secretary_accounts
from units.domain.roles import (
    AdministratorsStayApart,
    GrantEnded,
    OwnGrant,
    RoleRefused,
    grant_role,
    grant_secretaries,
    revoke_role,
)
from units.enums import Role
from units.models import HistoryEntry, RoleGrant


@pytest.fixture
def grant(security, at, today):
    def call(user, role, organization=None, **more):
        return grant_role(user, role, organization, **{"starts_on": today} | more, by=security, at=at, on=today)

    return call


def test_a_grant_is_on_record(grant, branch, security, today):
    user = UserFactory()
    made = grant(user, Role.SECRETARY, branch, ends_on=today)
    entry = HistoryEntry.objects.of(user).get()
    assert (made.granted_by, user.has_role_over(branch, "secretary")) == (security, True)
    assert (entry.verb, entry.detail["note"]) == ("grant", "支部书记 · 办公厅第一党支部，到 2011-06-10")


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (Role.SYSTEM, Role.SECURITY, "系统管理员、安全管理员、审计员必须由不同的账号担任。"),
        (Role.SECURITY, Role.AUDIT, "系统管理员、安全管理员、审计员必须由不同的账号担任。"),
        (Role.AUDIT, Role.AUDIT, "系统管理员、安全管理员、审计员必须由不同的账号担任。"),
    ],
)
def test_the_three_administrators_are_three_accounts(first, second, message, grant):
    user = UserFactory()
    grant(user, first)
    with pytest.raises(RoleRefused, match=f"^{message}$"):
        grant(user, second)


def test_the_database_itself_keeps_them_apart(db):
    user = UserFactory()
    RoleGrantFactory(user=user, role=Role.SYSTEM, organization=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrantFactory(user=user, role=Role.AUDIT, organization=None)


def test_an_administrator_has_no_business_role_nor_the_other_way_round(grant, branch):
    message = "^三员的账号不能再有业务角色，请另开账号。$"
    user, other = UserFactory(), UserFactory()
    grant(user, Role.AUDIT)
    with pytest.raises(AdministratorsStayApart, match=message):
        grant(user, Role.SECRETARY, branch)
    grant(other, Role.SECRETARY, branch)
    with pytest.raises(AdministratorsStayApart, match=message):
        grant(other, Role.SYSTEM)


def test_nobody_grants_to_oneself(grant, security, branch):
    with pytest.raises(RoleRefused, match="^不能给自己授权。$"):
        grant(security, Role.OFFICE, branch)


def test_scope_fits_role(grant, branch):
    with pytest.raises(RoleRefused, match="^业务角色要有范围，三员不设范围。$"):
        grant(UserFactory(), Role.SECRETARY)
    with pytest.raises(RoleRefused, match="^业务角色要有范围，三员不设范围。$"):
        grant(UserFactory(), Role.AUDIT, branch)


def test_a_role_is_given_once(grant, branch):
    user = UserFactory()
    grant(user, Role.SECRETARY, branch)
    with pytest.raises(RoleRefused, match="^这个账号已经有这个角色。$"):
        grant(user, Role.SECRETARY, branch)


def test_revoking_ends_it_at_once_and_once(grant, branch, security, at):
    user = UserFactory()
    made = grant(user, Role.SECRETARY, branch)
    revoke_role(made, by=security, at=at)
    assert not user.grants.in_force(on=at.date()).exists()
    with pytest.raises(GrantEnded, match="^这个角色已经撤销。$"):
        revoke_role(made, by=security, at=at)
    assert grant(user, Role.SECRETARY, branch)


def test_nobody_revokes_the_own_role(security, at):
    with pytest.raises(OwnGrant, match="^不能撤销自己的角色。$"):
        revoke_role(security.grants.get(), by=security, at=at)


def test_all_secretaries_of_the_roster_get_their_role(tree, secretary, security, at, today):
    with_account = UserFactory(member=tree.members[tree.society.pk][0])
    stopped = UserFactory(member=tree.members[tree.organ_branch_2.pk][0], is_active=False)
    auditor = UserFactory(member=tree.members[tree.institution_branch.pk][0])
    RoleGrantFactory(user=auditor, role=Role.AUDIT, organization=None)
    made = grant_secretaries(by=security, at=at, on=today)
    assert [(grant.user, grant.organization) for grant in made] == [(with_account, tree.society)]
    assert grant_secretaries(by=security, at=at, on=today) == []
    assert not stopped.grants.exists()
    assert RoleGrant.objects.filter(user=secretary).count() == 1  # had it before


def test_a_former_secretary_gets_nothing(tree, security, at, today):
    former = tree.members[tree.society.pk][1]
    UserFactory(member=former)
    PostFactory(member=former, starts_on=datetime.date(2008, 1, 1), ends_on=datetime.date(2008, 12, 31))
    assert grant_secretaries(by=security, at=at, on=today) == []


@pytest.mark.parametrize("first", [Role.SYSTEM, Role.SECRETARY])
def test_the_database_itself_keeps_administrators_from_business(first, branch):
    """Also against whoever goes past the domain; a revoked grant stands in nobody's way."""
    grants = {Role.SYSTEM: None, Role.SECRETARY: branch}
    second = next(role for role in grants if role != first)
    held = RoleGrantFactory(role=first, organization=grants[first])
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrantFactory(user=held.user, role=second, organization=grants[second])
    other = RoleGrantFactory(role=second, organization=grants[second])
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.filter(pk=other.pk).update(user=held.user)
    RoleGrant.objects.filter(pk=held.pk).update(revoked_at=held.granted_at)
    RoleGrantFactory(user=held.user, role=second, organization=grants[second])


@pytest.mark.django_db(transaction=True)
def test_of_two_grants_at_once_only_one_side_is_given(at, today):
    """An administrator's and a business role, by two security administrators in the same moment."""
    organization, user, by = OrganizationFactory(), UserFactory(), user_with(Role.SECURITY)
    gate = threading.Barrier(2)

    def give(role, place):
        gate.wait(timeout=10)
        try:
            grant_role(user, role, place, starts_on=today, by=by, at=at, on=today)
            return True
        except (AdministratorsStayApart, RoleRefused):
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given = [pool.submit(give, Role.SYSTEM, None), pool.submit(give, Role.SECRETARY, organization)]
        assert sorted(task.result() for task in given) == [False, True]
    assert RoleGrant.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("next_role", [Role.SECRETARY, Role.AUDIT])
def test_a_role_that_has_run_out_stands_in_nobodys_way(next_role, grant, branch, today):
    user = UserFactory()
    RoleGrantFactory(user=user, organization=branch, ends_on=today - datetime.timedelta(days=1))
    made = grant(user, next_role, branch if next_role == Role.SECRETARY else None)
    assert list(user.grants.in_force(on=today)) == [made]
    assert user.grants.filter(revoked_at__isnull=True).count() == 1


def test_a_role_counts_on_its_last_day_and_is_not_given_twice(grant, branch, today):
    user = UserFactory()
    RoleGrantFactory(user=user, organization=branch, ends_on=today)
    with pytest.raises(RoleRefused, match="^这个账号已经有这个角色。$"):
        grant(user, Role.SECRETARY, branch)


def test_no_role_is_given_for_days_that_are_over(grant, branch, today):
    with pytest.raises(RoleRefused, match="^结束日期不能早于今天。$") as refused:
        grant(UserFactory(), Role.SECRETARY, branch, starts_on=today - datetime.timedelta(days=9),
              ends_on=today - datetime.timedelta(days=1))
    assert refused.value.field == "ends_on"


def test_a_secretary_whose_role_had_run_out_gets_it_again(tree, security, at, today):
    account = UserFactory(member=tree.members[tree.society.pk][0])
    RoleGrantFactory(user=account, organization=tree.society, ends_on=today - datetime.timedelta(days=1))
    made = grant_secretaries(by=security, at=at, on=today)
    assert [(grant.user, grant.organization) for grant in made] == [(account, tree.society)]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_each_secretary_one_account_and_one_role(at, today):
    """By two administrators in the same moment."""
    posts, by = PostFactory.create_batch(3), user_with(Role.SECURITY)
    gate = threading.Barrier(2)

    def press(call):
        gate.wait(timeout=10)
        try:
            return len(call())
        finally:
            connection.close()

    for call in (lambda: create_secretary_accounts(by=by, at=at), lambda: grant_secretaries(by=by, at=at, on=today)):
        with ThreadPoolExecutor(2) as pool:
            made = [pool.submit(press, call) for _press in range(2)]
            assert sorted(task.result() for task in made) == [0, 3]
    assert RoleGrant.objects.filter(user__member__in=[post.member for post in posts]).count() == 3

"""A role is delegated for some days: to whom, by whom, until when; what a delegate may not judge, and how it ends."""
import datetime

import pytest
from django.db import IntegrityError, transaction

from campaign.commitment_permissions import can_publish_commitment
from campaign.domain.commitment_list import awaiting_review
from campaign.domain.rectifications import OwnWork, verify_rectification
from campaign.permissions import can_verify_rectification
from config.kit.refusal import Refusal
from evaluations.review_permissions import can_review
from tests.factories.campaign import CommitmentFactory, RectificationFactory
from tests.factories.units import UserFactory, user_with
from units.domain.delegations import DelegationEnded, could_stand_in, delegate, end_delegation
from units.domain.roles import grant_role, grant_secretaries, revoke_role
from units.enums import PostKind, Role
from units.models import HistoryEntry, RoleGrant, User
from units.permissions import can_keep_standing

FIRST, LAST = datetime.date(2011, 6, 10), datetime.date(2011, 6, 30)
TRIP = {"starts_on": FIRST, "ends_on": LAST, "reason": "出差"}


@pytest.fixture
def stand_in(branch, branch_members):
    return user_with(Role.MEMBER, branch, member=branch_members[2], name="李代理")


@pytest.fixture
def made(secretary, stand_in, at, today):
    return delegate(secretary.grants.get(), user=stand_in, **TRIP, by=secretary, at=at, on=today)


def acting(user, grant):
    """The account as a page has it after the role switch."""
    user = User.objects.get(pk=user.pk)
    user.chosen_grant_id = grant.pk
    return user


def test_the_delegate_has_the_role_only_while_acting(made, stand_in, secretary, branch):
    assert not User.objects.get(pk=stand_in.pk).has_role_over(branch, Role.SECRETARY)
    user = acting(stand_in, made)
    assert user.has_role_over(branch, Role.SECRETARY) and user.speaks_for(branch)
    assert not user.has_role(Role.MEMBER)  # and nothing of the own roles beside it
    assert user.acting_for == secretary
    assert HistoryEntry.objects.of(stand_in).get().detail["note"] == (
        "代支部书记 · 支部书记 · 办公厅第一党支部，2011年6月10日至2011年6月30日：出差"
    )


@pytest.mark.parametrize("how", ["day", "revoked", "account", "back"])
def test_it_ends_by_itself_and_with_what_stands_behind_it(how, made, stand_in, secretary, security, at, today):
    assert made in RoleGrant.objects.in_force(on=LAST)
    if how == "day":
        assert made not in RoleGrant.objects.in_force(on=LAST + datetime.timedelta(days=1))
        return
    if how == "revoked":
        revoke_role(made.delegated_from, by=security, at=at)
    elif how == "account":
        User.objects.filter(pk=secretary.pk).update(is_active=False)
    else:
        end_delegation(made, by=secretary, at=at)
        with pytest.raises(DelegationEnded, match="这个委托已经结束。"):
            end_delegation(made, by=secretary, at=at)
    assert made not in RoleGrant.objects.in_force(on=today)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"starts_on": datetime.date(2011, 6, 9)}, "开始日期不能早于今天。"),
        ({"ends_on": datetime.date(2011, 6, 9)}, "结束日期不能早于开始日期。"),
        ({"ends_on": datetime.date(2011, 8, 9)}, "最多委托 60 天，到2011年8月8日为止。"),
    ],
)
def test_the_days(changes, message, secretary, stand_in, at, today):
    with pytest.raises(Refusal) as refusal:
        delegate(secretary.grants.get(), user=stand_in, **TRIP | changes, by=secretary, at=at, on=today)
    assert refusal.value.message == message


@pytest.mark.parametrize(
    ("whom", "message"),
    [("secretary", "不能委托给自己。"), ("system", "不能委托给三员的账号。"), ("gone", "这个账号已经停用。"),
     ("same", "这个账号已经有这个角色。")],
)
def test_who_cannot_stand_in(whom, message, request, secretary, branch, at, today):
    if whom == "gone":
        user = UserFactory(is_active=False)
    elif whom == "same":
        user = user_with(Role.SECRETARY, branch)
    else:
        user = request.getfixturevalue(whom)
    with pytest.raises(Refusal) as refusal:
        delegate(secretary.grants.get(), user=user, **TRIP, by=secretary, at=at, on=today)
    assert refusal.value.message == message


def test_it_goes_no_further_and_only_the_own_role_can_be_given(made, stand_in, member, leader, outsider, at, today):
    for grant, by, message in (
        (made, acting(stand_in, made), "代来的角色不能再委托别人。"),
        (leader.grants.get(), leader, "只能委托自己现有的书记、党委或办公室角色。"),
        (outsider.grants.get(), leader, "只能委托自己现有的书记、党委或办公室角色。"),
    ):
        with pytest.raises(Refusal) as refusal:
            delegate(grant, user=member, **TRIP, by=by, at=at, on=today)
        assert refusal.value.message == message


def test_one_at_a_time_and_again_after_it_has_ended(made, member, stand_in, secretary, at, today):
    grant = secretary.grants.get()
    with pytest.raises(Refusal) as refusal:
        delegate(grant, user=member, **TRIP, by=secretary, at=at, on=today)
    assert refusal.value.message == "这个角色已经委托出去。换人或改日期，先收回。"
    later = datetime.date(2011, 7, 10)
    again = {"starts_on": later, "ends_on": later, "reason": "休假"}
    assert delegate(grant, user=stand_in, **again, by=secretary, at=at, on=later).starts_on == later


def test_the_database_wants_an_end_and_another_giver(made, secretary):
    for wrong in ({"ends_on": None}, {"role": Role.LEADER}, {"granted_by": made.user}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.filter(pk=made.pk).update(**wrong)


def test_a_secretary_in_the_committee_s_place_judges_nothing_of_the_own_branch(
    secretary, committee, branch, unit, tree, at, today
):
    made = delegate(committee.grants.get(), user=secretary, **TRIP, by=committee, at=at, on=today)
    user = acting(secretary, made)
    assert user.has_role_over(branch, Role.COMMITTEE)
    assert (user.leads_above(branch), user.leads_above(tree.organ_branch_2)) == (False, True)


def test_a_committee_in_the_secretary_s_place_judges_nothing_of_the_branch(secretary, committee, branch, tree, at, today):
    delegate(secretary.grants.get(), user=committee, **TRIP, by=secretary, at=at, on=today)
    user = User.objects.get(pk=committee.pk)
    assert (user.leads_above(branch), user.leads_above(tree.organ_branch_2)) == (False, True)


def test_a_delegate_does_for_the_one_behind_it_nothing_that_nobody_does_for_oneself(
    made, stand_in, secretary, member, branch_members, campaign, branch, committee, at, today
):
    own, other = branch_members[0], branch_members[3]  # the secretary's own record, and a member's
    user = acting(stand_in, made)
    promises = [CommitmentFactory(campaign=campaign, member=member, state="submitted") for member in (own, other)]
    assert [bool(can_publish_commitment(user, one)) for one in promises] == [False, True]
    assert can_publish_commitment(user, promises[0]).reason == "自己的承诺由上级审定和评定。"
    assert list(awaiting_review(user, campaign)) == [promises[1]]
    for can, reason in ((can_review, "不能点评自己。"), (can_keep_standing, "自己的转正、转接和离开由别人登记。")):
        about = [can(user, branch, one) if can is can_review else can(user, one) for one in (own, other)]
        assert [bool(verdict) for verdict in about] == [False, True] and about[0].reason == reason
    instead = delegate(committee.grants.get(), user=member, **TRIP, by=committee, at=at, on=today)
    committee.member = branch_members[4]
    committee.save()
    item = RectificationFactory(campaign=campaign, organization=branch, owner=branch_members[4], state="reported")
    user = acting(member, instead)
    assert can_verify_rectification(user, item).reason == "责任人和报完成的人不能验收。"
    with pytest.raises(OwnWork, match="责任人和报完成的人不能验收。"):
        verify_rectification(item, by=user, at=at, on=today)
    item.owner = other
    item.save()
    assert can_verify_rectification(user, item)


def test_what_a_delegate_does_says_so(made, stand_in, secretary, branch, at):
    from units.domain.history import record

    entry = record(branch, "change", by=acting(stand_in, made), at=at, detail={"note": "改了"})
    assert entry.detail == {"note": "改了", "acting_for": "支部书记"}
    assert "acting_for" not in record(branch, "change", by=stand_in, at=at).detail


def test_accounts_to_choose_from(secretary, stand_in, member, committee, office, system, outsider):
    found = set(could_stand_in(secretary.grants.get(), besides=secretary))
    assert {stand_in, member, committee, office} <= found
    assert not {secretary, system, outsider} & found


def test_an_acting_secretary_gets_the_role_and_loses_it_with_the_post(
    branch, branch_members, secretary, office, security, at, today
):
    from units.domain.posts import leave_post, take_post

    heir = user_with(Role.MEMBER, branch, member=branch_members[3])
    post = take_post(
        branch_members[3], organization=branch, kind=PostKind.ACTING_SECRETARY, starts_on=today, replaces=True, by=office, at=at,
        on=today,
    )
    grant_secretaries(by=security, at=at, on=today)
    assert User.objects.get(pk=heir.pk).has_role_over(branch, Role.SECRETARY)
    assert not User.objects.get(pk=secretary.pk).has_role_over(branch, Role.SECRETARY)
    leave_post(post, happened_on=today, reason="选出书记", by=office, at=at, on=today)
    assert not User.objects.get(pk=heir.pk).has_role_over(branch, Role.SECRETARY)


def test_who_stood_in_can_become_the_secretary(made, stand_in, branch, branch_members, office, security, at, today):
    from units.domain.posts import take_post

    take_post(
        branch_members[2], organization=branch, kind=PostKind.SECRETARY, starts_on=today, replaces=True, by=office, at=at,
        on=today,
    )
    grant_secretaries(by=security, at=at, on=today)
    own = RoleGrant.objects.in_force(on=today).get(user=stand_in, role=Role.SECRETARY)
    assert own.delegated_from is None


def test_the_security_administrator_still_grants_to_nobody_twice(made, stand_in, branch, security, at, today):
    with pytest.raises(Refusal) as refusal:
        grant_role(stand_in, Role.SECRETARY, branch, starts_on=today, by=security, at=at, on=today)
    assert refusal.value.message == "这个账号已经有这个角色。"

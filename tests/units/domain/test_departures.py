"""Leaving: the membership, the posts and the account end; a mistake is undone; the past stays."""
import datetime

import pytest

from tests.factories.units import RoleGrantFactory, UserFactory
from units.domain.accounts import MemberGone, set_active
from units.domain.departures import DepartureIncomplete, IsHere, let_go, take_back
from units.domain.memberships import DayCannotBe, HasNoMembership
from units.enums import Departure, Role
from units.models import HistoryEntry, Member, Membership, Post, User

DAY = datetime.date(2011, 6, 1)


@pytest.fixture
def gone(branch_members, committee, at, today):
    def call(how=Departure.OUTSIDE, happened_on=DAY, note="转到某市委组织部"):
        return let_go(branch_members[0], how=how, happened_on=happened_on, note=note, by=committee, at=at, on=today)

    return call


def test_everything_of_the_member_ends_on_the_day(gone, branch, branch_members):
    account = UserFactory(member=branch_members[0])
    member = gone()
    assert (member.left_on, member.left_as, Member.objects.within(branch).count()) == (DAY, Departure.OUTSIDE, 4)
    assert Membership.objects.standing().on(DAY).filter(member=member).exists()
    assert not Membership.objects.standing().on(DAY + datetime.timedelta(days=1)).filter(member=member).exists()
    assert Post.objects.standing().get(member=member).ends_on == DAY
    account.refresh_from_db()
    assert not account.is_active
    assert HistoryEntry.objects.of(member).get().detail["note"] == "组织关系转到系统外：转到某市委组织部"


def test_the_roles_end_too_and_come_back_only_by_being_given(gone, branch, branch_members, committee, at, today):
    account = UserFactory(member=branch_members[0])
    RoleGrantFactory(user=account, organization=branch)
    RoleGrantFactory(user=account, role=Role.MEMBER, organization=branch, starts_on=today + datetime.timedelta(days=5))
    member = gone()
    assert not account.grants.filter(revoked_at__isnull=True).exists()
    told = HistoryEntry.objects.of(account).filter(verb="revoke").order_by("pk").values_list("detail__note", flat=True)
    assert list(told) == ["支部书记 · 办公厅第一党支部", "党员 · 办公厅第一党支部"]
    account.refresh_from_db()
    with pytest.raises(MemberGone, match=f"^{member.name}已经离开，账号不能恢复。$"):
        set_active(account, True, by=committee, at=at)
    take_back(member, reason="登记错了人", by=committee, at=at)
    account = set_active(User.objects.get(pk=account.pk), True, by=committee, at=at)
    assert (account.is_active, account.grants.in_force(on=today).exists()) == (True, False)


def test_the_roster_of_a_past_day_still_names_the_member(gone, branch):
    from campaign.domain.rosters import roster_on

    member = gone()
    assert member in roster_on(branch, on=DAY)
    assert member not in roster_on(branch, on=DAY + datetime.timedelta(days=1))


def test_who_died_needs_no_paper(gone):
    assert gone(Departure.DIED, note="").left_as == Departure.DIED


@pytest.mark.parametrize(
    ("more", "refusal", "message"),
    [
        ({"note": ""}, DepartureIncomplete, "请写一句：转到哪里，或者依据什么文件。"),
        ({"happened_on": datetime.date(2011, 6, 11)}, DayCannotBe, "离开日期不能晚于今天。"),
        ({"happened_on": datetime.date(1999, 1, 1)}, DayCannotBe, "组织关系是2001年7月1日才到这里的，日期不能更早。"),
    ],
)
def test_what_a_departure_needs(more, refusal, message, gone):
    with pytest.raises(refusal, match=f"^{message}$"):
        gone(**more)


def test_nobody_leaves_twice(gone):
    name = gone().name
    with pytest.raises(HasNoMembership, match=f"^{name}现在不在任何党组织，不能办理。$"):
        gone()


def test_a_mistake_is_undone_as_if_it_had_not_been(gone, committee, at, branch):
    member = take_back(gone(), reason="登记错了人", by=committee, at=at)
    standing = Membership.objects.standing().get(member=member)
    assert (standing.ends_on, standing.change_reason, standing.supersedes.ends_on) == (None, "登记错了人", DAY)
    assert (member.is_present, Member.objects.within(branch).count()) == (True, 5)
    with pytest.raises(IsHere, match=f"^{member.name}还在办公厅第一党支部，不用恢复。$"):
        take_back(member, reason="再来", by=committee, at=at)


def test_a_mistake_is_undone_with_a_reason(gone, committee, at):
    with pytest.raises(DepartureIncomplete, match="^请写一句为什么恢复。$"):
        take_back(gone(), reason="", by=committee, at=at)

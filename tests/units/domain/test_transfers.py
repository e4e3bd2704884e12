"""Transfers: proposed by one side, answered by the other, and of two at once one wins."""
import datetime

import pytest

from tests.factories.units import PostFactory, RoleGrantFactory, UserFactory
from units.domain.departures import let_go
from units.domain.memberships import DayCannotBe
from units.domain.transfers import AnswersOwn, CannotMoveTransfer, CannotTransfer, accept, decline, propose, withdraw
from units.enums import Departure, Role, TransferState
from units.models import HistoryEntry, Member, Membership, Post, RoleGrant, Transfer


@pytest.fixture
def goer(branch_members):
    return branch_members[2]


@pytest.fixture
def proposed(goer, tree, secretary, at):
    return propose(goer, tree.institution_branch, reason="调到信息中心工作", by=secretary, at=at)


@pytest.fixture
def take(proposed, outsider, at, today):
    def call(moves_on=today, by=outsider):
        return accept(proposed, moves_on=moves_on, by=by, at=at, on=today)

    return call


def test_the_member_moves_on_the_day_of_the_receiver(take, goer, tree, branch, today):
    take()
    member = Member.objects.get(pk=goer.pk)
    old, new = Membership.objects.standing().filter(member=goer).order_by("starts_on")
    assert (member.organization, old.organization, new.organization) == (
        tree.institution_branch, branch, tree.institution_branch)
    assert (old.ends_on, new.starts_on, new.ends_on) == (today - datetime.timedelta(days=1), today, None)
    assert [entry.verb for entry in HistoryEntry.objects.of(goer)] == ["transfer"]
    assert HistoryEntry.objects.of(goer).get().detail["note"] == "办公厅第一党支部 → 信息中心第一党支部"


def test_posts_and_roles_of_the_old_branch_end(take, goer, branch, unit, tree, today):
    PostFactory(member=goer, kind="organizer")
    user = UserFactory(member=goer)
    RoleGrantFactory(user=user, role=Role.MEMBER, organization=branch)
    take()
    assert Post.objects.standing().get(member=goer).ends_on == today - datetime.timedelta(days=1)
    grant = RoleGrant.objects.get(user=user, revoked_at__isnull=True)
    assert (grant.role, grant.organization) == (Role.MEMBER, tree.institution_branch)


def test_a_post_above_both_branches_goes_on(goer, unit, tree, secretary, committee, at, today):
    PostFactory(member=goer, organization=unit, kind="committee_member")
    transfer = propose(goer, tree.organ_branch_2, reason="处室调整", by=secretary, at=at)
    accept(transfer, moves_on=today, by=committee, at=at, on=today)
    assert Post.objects.standing().get(member=goer).ends_on is None


def test_a_member_is_under_way_once(proposed, goer, tree, secretary, at):
    with pytest.raises(CannotTransfer, match="^这名党员已经有一条等待接收的转接，请先等对方答复或撤回。$"):
        propose(goer, tree.society, reason="再转", by=secretary, at=at)


def test_only_branches_take_members(goer, unit, branch, secretary, at):
    with pytest.raises(CannotTransfer, match="^组织关系转到党支部，办公厅党总支不是党支部。$"):
        propose(goer, unit, reason="调动", by=secretary, at=at)
    with pytest.raises(CannotTransfer, match=f"^{goer.name}现在就在这个支部。$"):
        propose(goer, branch, reason="调动", by=secretary, at=at)


def test_the_second_answer_is_told(take, proposed, outsider, secretary, at):
    first, second = Transfer.objects.get(pk=proposed.pk), Transfer.objects.get(pk=proposed.pk)
    take()
    with pytest.raises(CannotMoveTransfer, match="^这条转接已接收，不能再办。$"):
        decline(first, answer="编制已满", by=outsider, at=at)
    with pytest.raises(CannotMoveTransfer, match="^这条转接已接收，不能再办。$"):
        withdraw(second, by=secretary, at=at)


def test_declining_takes_a_sentence(proposed, outsider, at, goer, branch):
    with pytest.raises(CannotTransfer, match="^不接收要写一句原因。$"):
        decline(proposed, answer="", by=outsider, at=at)
    decline(proposed, answer="人还没有报到", by=outsider, at=at)
    assert (proposed.state, proposed.answer) == (TransferState.DECLINED, "人还没有报到")
    assert Member.objects.get(pk=goer.pk).organization == branch


def test_whoever_proposed_does_not_answer(take, secretary):
    with pytest.raises(AnswersOwn, match="^您提出的转接要由接收的一方答复。$"):
        take(by=secretary)


def test_nobody_takes_oneself_in(take, goer):
    with pytest.raises(AnswersOwn, match="^转的是您本人，要由别人接收。$"):
        take(by=UserFactory(member=goer))


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (datetime.date(2011, 6, 11), "转入日期不能晚于今天。"),
        (datetime.date(2001, 7, 1), "转入日期要晚于2001年7月1日，那天才到转出支部。"),
    ],
)
def test_days_that_cannot_be(day, message, take, proposed):
    with pytest.raises(DayCannotBe, match=f"^{message}$"):
        take(day)
    assert Transfer.objects.get(pk=proposed.pk).is_waiting


def test_a_ledger_that_moved_the_member_first_wins(take, proposed, goer, tree, today):
    Membership.objects.filter(member=goer).update(organization=tree.society)
    with pytest.raises(CannotTransfer, match=f"^{goer.name}已经不在办公厅第一党支部，这条转接不能再接收。$"):
        take()


def test_leaving_takes_the_proposal_back(proposed, goer, secretary, at, today):
    let_go(goer, how=Departure.DIED, happened_on=today, by=secretary, at=at, on=today)
    proposed.refresh_from_db()
    assert proposed.state == TransferState.WITHDRAWN

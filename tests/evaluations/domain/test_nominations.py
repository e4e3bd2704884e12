import datetime

import pytest

from evaluations.domain import nominations
from evaluations.domain.nominations import (
    AlreadyNominated,
    CannotMoveNomination,
    IsNotQualified,
    JudgesOwn,
    MeetingDoesNotCarry,
    NotOneOfOurs,
    PartyWorkCannotBe,
    RoundIsClosed,
    nominate,
)
from evaluations.enums import AwardKind, NominationState, RoundState
from evaluations.models import Nomination
from tests.factories.awards import checking, nominee, open_round
from units.enums import MemberStatus
from units.models import HistoryEntry, Member

ON = datetime.date(2011, 6, 10)
VOTES = {"expected": 5, "present": 4, "approving": 3}


@pytest.fixture
def round(campaign):
    return open_round(campaign)


@pytest.fixture
def put_forward(round, branch, branch_members, secretary, at):
    def make(**fields):
        fields = {
            "kind": AwardKind.MEMBER, "nominating_organization": branch, "organization": branch,
            "member": branch_members[2], "meeting_on": datetime.date(2011, 6, 3), "story": "走访群众。", "by": secretary,
            "at": at, "on": ON, **VOTES, **fields,
        }
        return nominate(round, **fields)

    return make


def test_branch_puts_a_member_forward(put_forward, secretary, branch_members):
    nomination = put_forward()
    assert (nomination.state, nomination.nominated_by, nomination.member) == (
        NominationState.SUBMITTED, secretary, branch_members[2],
    )
    entry = HistoryEntry.objects.of(nomination).get()
    assert (entry.verb, entry.detail) == ("nominate", {"kind": "member", "votes": [5, 4, 3]})


def test_branch_puts_itself_forward(put_forward, branch):
    nomination = put_forward(kind=AwardKind.ORGANIZATION, member=None)
    assert str(nomination) == branch.name


@pytest.mark.parametrize(
    "field, sentence, votes",
    [
        ("meeting_on", "会议日期不能晚于今天。", {"meeting_on": datetime.date(2011, 6, 11)}),
        ("expected", "支部有 5 名正式党员，应到不能多于这个数。", {"expected": 6}),
        ("expected", "应到不能是 0 人。", {"expected": 0, "present": 0, "approving": 0}),
        ("present", "实到不能多于应到的 5 人。", {"present": 6}),
        ("present", "实到不到应到的半数，会议不能表决。", {"present": 2, "approving": 2}),
        ("approving", "赞成不能多于实到的 4 人。", {"approving": 5}),
        ("approving", "赞成没有超过应到的半数，不能推荐。", {"expected": 4, "approving": 2}),
    ],
)
def test_meeting_that_does_not_carry_is_said_at_the_field(put_forward, field, sentence, votes):
    with pytest.raises(MeetingDoesNotCarry) as refusal:
        put_forward(**votes)
    assert (refusal.value.field, str(refusal.value.message)) == (field, sentence)
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    "since, sentence",
    [
        (datetime.date(2011, 6, 11), "起始日期不能晚于今天。"),
        (datetime.date(2000, 5, 31), "起始日期不能早于入党时间2000年6月1日。"),
    ],
)
def test_party_work_has_a_possible_beginning(put_forward, since, sentence):
    with pytest.raises(PartyWorkCannotBe, match=sentence) as refusal:
        put_forward(kind=AwardKind.AFFAIRS_WORKER, party_work_since=since)
    assert refusal.value.field == "party_work_since"


def test_half_of_those_entitled_may_decide_when_more_than_half_approve(put_forward):
    assert put_forward(expected=3, present=2, approving=2).pk


def test_probationary_members_do_not_vote(put_forward, branch_members):
    Member.objects.filter(pk=branch_members[4].pk).update(status=MemberStatus.PROBATIONARY)
    with pytest.raises(MeetingDoesNotCarry, match="支部有 4 名正式党员"):
        put_forward()


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.CHECKING, RoundState.DECIDED])
def test_round_that_is_not_open_takes_nothing(put_forward, round, state):
    round.state = state
    round.save()
    with pytest.raises(RoundIsClosed, match="“七一表彰”现在不接受推荐。"):
        put_forward()


def test_late_is_given_up(put_forward):
    assert put_forward(on=datetime.date(2011, 6, 15), meeting_on=ON).pk
    with pytest.raises(RoundIsClosed, match="推荐到2011年6月15日截止，已经过了，逾期视为放弃。"):
        put_forward(on=datetime.date(2011, 6, 16), kind=AwardKind.ORGANIZATION, member=None)


def test_nominee_of_another_unit_is_refused(put_forward, tree):
    with pytest.raises(NotOneOfOurs, match="只能推荐本组织和下级组织的人选。"):
        put_forward(organization=tree.society, member=tree.members[tree.society.pk][0])


def test_organisation_outside_the_categories_is_refused(put_forward, root):
    with pytest.raises(NotOneOfOurs, match="直属机关党委不属于三类单位，不参加评选。"):
        put_forward(kind=AwardKind.ORGANIZATION, member=None, organization=root, nominating_organization=root)


@pytest.mark.parametrize("kind", [AwardKind.MEMBER, AwardKind.AFFAIRS_WORKER])
def test_award_for_persons_needs_a_person(put_forward, kind):
    with pytest.raises(NotOneOfOurs, match="请选择推荐的对象。"):
        put_forward(kind=kind, member=None)


def test_nobody_is_nominated_twice_for_one_award(put_forward, branch_members):
    put_forward()
    with pytest.raises(AlreadyNominated, match=f"{branch_members[2]}已经推荐为优秀共产党员，不用再推荐。"):
        put_forward()
    assert put_forward(kind=AwardKind.AFFAIRS_WORKER).pk


def test_withdrawn_nominee_can_be_put_forward_again(put_forward, secretary, at):
    nomination = put_forward()
    nominations.withdraw(nomination, by=secretary, at=at)
    assert nomination.state == NominationState.WITHDRAWN
    assert put_forward().state == NominationState.SUBMITTED
    with pytest.raises(CannotMoveNomination):
        nominations.withdraw(nomination, by=secretary, at=at)


def test_after_nominations_have_ended_nothing_is_withdrawn(put_forward, round, secretary, at):
    nomination = put_forward()
    checking(round)
    with pytest.raises(RoundIsClosed, match="推荐已经结束，不能撤回。"):
        nominations.withdraw(nomination, by=secretary, at=at)


# The check ------------------------------------------------------------------------------------
@pytest.fixture
def waiting(round, branch, branch_members, secretary):
    nomination = nominee(round, branch, branch_members[2], by=secretary)
    checking(round)
    nomination.refresh_from_db()
    return nomination


def check(nomination, verb, by, at, **fields):
    nominations.check(nomination, verb, by=by, at=at, on=ON, **fields)
    return nomination.state


def test_pass_needs_every_condition(waiting, office, at):
    with pytest.raises(IsNotQualified, match="还不能通过：还没有核实有没有影响评选的处分。"):
        check(waiting, "pass", office, at)
    nominations.answer_for_sanctions(waiting, has_sanction=False, note="", by=office, at=at)
    assert check(waiting, "pass", office, at) == NominationState.PASSED
    assert [entry.verb for entry in HistoryEntry.objects.of(waiting).order_by("sequence")] == ["ask_discipline", "pass"]


def test_sanction_bars(waiting, office, at):
    nominations.answer_for_sanctions(waiting, has_sanction=True, note="警告", by=office, at=at)
    with pytest.raises(IsNotQualified, match="还不能通过：有影响评选的处分：警告。"):
        check(waiting, "pass", office, at)


def test_refusal_needs_a_sentence_and_can_be_taken_back(waiting, office, at):
    with pytest.raises(IsNotQualified, match="请写一句为什么不通过。"):
        check(waiting, "refuse", office, at)
    assert check(waiting, "refuse", office, at, note="材料不实") == NominationState.REFUSED
    assert waiting.check_note == "材料不实"
    nominations.answer_for_sanctions(waiting, has_sanction=False, note="", by=office, at=at)
    assert check(waiting, "pass", office, at) == NominationState.PASSED


def test_who_proposed_does_not_judge(waiting, secretary, at):
    for call in (
        lambda: check(waiting, "refuse", secretary, at, note="x"),
        lambda: nominations.answer_for_sanctions(waiting, has_sanction=False, note="", by=secretary, at=at),
        lambda: nominations.settle(waiting.round, [waiting.pk], "select", by=secretary, at=at),
    ):
        with pytest.raises(JudgesOwn, match="您推荐的人选要由别人审核。"):
            call()


def test_who_is_proposed_does_not_judge(waiting, office, at):
    office.member = waiting.member
    office.save()
    with pytest.raises(JudgesOwn, match="推荐的是您本人，要由别人审核。"):
        check(waiting, "refuse", office, at, note="x")


def test_check_belongs_to_its_phase(waiting, round, office, at):
    round.state = RoundState.OPEN
    round.save()
    with pytest.raises(RoundIsClosed, match="“七一表彰”现在不在资格审核阶段。"):
        check(waiting, "refuse", office, at, note="x")


# The selection --------------------------------------------------------------------------------
def test_selection_is_all_or_none(round, branch, branch_members, secretary, office, at):
    good = nominee(round, branch, branch_members[2], by=secretary, state=NominationState.PASSED)
    bad = nominee(round, branch, branch_members[3], by=secretary)
    checking(round)
    with pytest.raises(CannotMoveNomination, match=f"{bad.member}还没有通过审核，不能定。"):
        nominations.settle(round, [good.pk, bad.pk], "select", by=office, at=at)
    good.refresh_from_db()
    assert good.state == NominationState.PASSED


def test_selection_can_be_changed_and_says_so_once(round, branch, branch_members, secretary, office, at):
    one = nominee(round, branch, branch_members[2], by=secretary, state=NominationState.PASSED)
    checking(round)
    assert nominations.settle(round, [one.pk], "select", by=office, at=at) == 1
    assert nominations.settle(round, [one.pk], "select", by=office, at=at) == 0
    assert nominations.settle(round, [one.pk], "leave_out", by=office, at=at) == 1
    one.refresh_from_db()
    assert one.state == NominationState.NOT_SELECTED
    assert HistoryEntry.objects.of(one).count() == 2


def test_keys_of_another_round_are_not_touched(round, campaign, branch, branch_members, secretary, office, at):
    other = nominee(open_round(campaign), branch, branch_members[2], by=secretary, state=NominationState.PASSED)
    checking(round)
    assert nominations.settle(round, [other.pk], "select", by=office, at=at) == 0

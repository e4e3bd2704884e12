"""The end of a probation: not before its day, counted from its day, extended once."""
import datetime

import pytest

from tests.factories.units import MemberFactory
from units.domain.memberships import DayCannotBe, HasNoMembership
from units.domain.probation import DecisionIncomplete, IsNotOnProbation, ProbationNotOver, decide
from units.enums import Departure, MemberStatus, ProbationOutcome
from units.models import HistoryEntry, Member

JOINED = datetime.date(2010, 5, 20)
MEETING = datetime.date(2011, 6, 8)


@pytest.fixture
def novice(branch):
    return MemberFactory(
        organization=branch, name="李新", status=MemberStatus.PROBATIONARY, joined_on=JOINED, full_on=None, member_since=JOINED
    )


@pytest.fixture
def meeting(novice, secretary, at, today):
    def call(outcome, *, happened_on=MEETING, member=novice, **more):
        return decide(member, outcome=outcome, happened_on=happened_on, **more, by=secretary, at=at, on=today)

    return call


def fresh(member):
    return Member.objects.get(pk=member.pk)


def test_the_standing_counts_from_the_end_of_the_probation(meeting, novice):
    decision = meeting(ProbationOutcome.FULL)
    member = fresh(novice)
    assert (member.status, member.full_on) == (MemberStatus.FULL, datetime.date(2011, 5, 20))
    assert (decision.happened_on, decision.outcome) == (MEETING, "full")
    assert HistoryEntry.objects.of(novice).get().verb == "probation_full"


def test_a_meeting_before_the_day_decides_nothing(meeting):
    with pytest.raises(ProbationNotOver, match="^预备期到2011年5月20日满，满了以后才能开会讨论。$"):
        meeting(ProbationOutcome.FULL, happened_on=datetime.date(2011, 5, 19))


def test_a_meeting_of_tomorrow_is_refused(meeting):
    with pytest.raises(DayCannotBe, match="^会议日期不能晚于今天。$"):
        meeting(ProbationOutcome.FULL, happened_on=datetime.date(2011, 6, 11))


def test_an_extension_moves_the_day_and_is_given_once(meeting, novice, secretary, at):
    assert meeting(ProbationOutcome.EXTENDED, months=6, reason="参加活动少").until == datetime.date(2011, 11, 20)
    assert fresh(novice).probation_ends_on == datetime.date(2011, 11, 20)
    later = datetime.date(2011, 12, 1)
    with pytest.raises(DecisionIncomplete, match="^预备期已经延长过一次，不能再延长。$"):
        decide(novice, outcome="extended", happened_on=later, months=6, reason="还是少", by=secretary, at=at, on=later)
    decide(novice, outcome="full", happened_on=later, by=secretary, at=at, on=later)
    assert fresh(novice).full_on == datetime.date(2011, 11, 20)


@pytest.mark.parametrize(
    ("outcome", "more", "message"),
    [
        (ProbationOutcome.EXTENDED, {"months": 6}, "延长或取消要写明原因。"),
        (ProbationOutcome.CANCELLED, {}, "延长或取消要写明原因。"),
        (ProbationOutcome.EXTENDED, {"reason": "少", "months": None}, "请选延长半年还是一年。"),
    ],
)
def test_what_a_decision_needs(outcome, more, message, meeting):
    with pytest.raises(DecisionIncomplete, match=f"^{message}$"):
        meeting(outcome, **more)


def test_a_cancelled_probation_ends_the_membership(meeting, novice):
    meeting(ProbationOutcome.CANCELLED, reason="违反纪律")
    member = fresh(novice)
    assert (member.left_on, member.left_as) == (MEETING, Departure.CANCELLED)
    assert novice.memberships.get(superseded_at=None).ends_on == MEETING
    with pytest.raises(HasNoMembership, match="^李新现在不在任何党组织，不能办理。$"):
        meeting(ProbationOutcome.FULL)


def test_a_full_member_has_no_probation(meeting, branch_members):
    with pytest.raises(IsNotOnProbation, match="不是预备党员，或者没有登记入党时间。$"):
        meeting(ProbationOutcome.FULL, member=branch_members[2])

"""Appraisals: counts that add up, two persons, versions that have to be confirmed again."""
import datetime

import pytest

from config.kit.facts import FactSuperseded
from evaluations.domain import appraisals, second_typing
from evaluations.domain.appraisal_figures import Tally, item_rows
from evaluations.domain.appraisal_gates import gates_hit
from evaluations.domain.appraisals import CountLine, Typed
from evaluations.enums import AppraisalItem, Audience
from evaluations.models import Appraisal
from tests.factories.evaluations import AppraisalFactory, BandFactory, GateFactory
from tests.factories.units import MemberFactory
from units.models import HistoryEntry

ITEM = AppraisalItem.ORG_ACTIVITIES
TURNOUT = {"members": (15, 14), "masses": (23, 20)}


def line(audience, *answers, member=None, item=ITEM):
    return CountLine(member, item, Audience(audience), Tally(*answers))


@pytest.fixture
def typed(today):
    """`typed(lines, **changes)`: what was typed from the paper."""

    def make(lines=None, **changes):
        lines = [line("members", 8, 5, 1), line("masses", 9, 7, 2, 0, 2)] if lines is None else lines
        said = {"title": "上半年评议", "happened_on": today, "turnouts": TURNOUT, "lines": lines} | changes
        return Typed(**said)

    return make


@pytest.fixture
def type_in(campaign, branch, secretary, at, today, typed):
    def make(lines=None, *, sheet="organization", **changes):
        said = {"campaign": campaign, "organization": branch, "sheet": sheet, "by": secretary, "at": at, "on": today}
        return appraisals.type_appraisal(**said, typed=typed(lines, **changes))

    return make


def confirm(appraisal, by, at):
    """The second person types the same numbers."""
    turnouts, lines = appraisals.turnouts_of(appraisal), appraisals.lines_of(appraisal)
    members = second_typing.to_type_again(appraisal)
    return second_typing.type_again(appraisal, turnouts=turnouts, lines=lines, members=members, by=by, at=at)


def test_what_was_typed_is_unconfirmed(type_in, secretary):
    appraisal = type_in()
    assert (appraisal.recorded_by, appraisal.confirmed_at) == (secretary, None)
    assert appraisals.turnouts_of(appraisal) == TURNOUT
    assert not Appraisal.objects.confirmed().exists()
    assert [entry.verb for entry in HistoryEntry.objects.of(appraisal)] == ["type_in"]


@pytest.mark.parametrize(
    ("lines", "turnouts", "message", "field"),
    [
        ([line("members", 8, 5, 2)], TURNOUT, "“组织开展活动”（党员）合计 15 份，多于收回的 14 份。", None),
        ([line("masses", 9, 7, 2, 0, 3)], TURNOUT, "“组织开展活动”（群众）合计 21 份，多于收回的 20 份。", None),
        ([line("members", 1)], {"members": (14, 15)}, "党员收回 15 份，多于发出的 14 份。", "returned_members"),
        ([line("members", 1)], {"members": (14, 0)}, "请填收回的份数。", "returned_members"),
        ([line("members")], TURNOUT, "还没有填票数。", None),
    ],
)
def test_counts_that_cannot_be(lines, turnouts, message, field, type_in):
    with pytest.raises(appraisals.CountsWrong) as refused:
        type_in(lines, turnouts=turnouts)
    assert (refused.value.message, refused.value.field) == (message, field)
    assert not Appraisal.objects.exists()


def test_a_members_line_is_named(type_in, branch_members):
    someone = branch_members[2]
    with pytest.raises(appraisals.CountsWrong) as refused:
        type_in([line("members", 15, member=someone, item=AppraisalItem.MEMBER_DUTIES)], sheet="member")
    assert refused.value.message == f"{someone}：“立足岗位履职”（党员）合计 15 份，多于收回的 14 份。"


@pytest.mark.parametrize(
    ("day", "message"),
    [(datetime.date(2011, 6, 11), "评议日期不能晚于今天。"), (datetime.date(2010, 5, 31), "评议日期要在活动期间。")],
)
def test_days_that_cannot_be(day, message, type_in):
    with pytest.raises(appraisals.WrongAppraisalDay) as refused:
        type_in(happened_on=day)
    assert refused.value.message == message


# Two persons ----------------------------------------------------------------------------------
def test_a_correction_has_to_be_confirmed_again(type_in, typed, secretary, committee, at, today):
    appraisal = type_in()
    confirm(appraisal, committee, at)
    with pytest.raises(appraisals.AppraisalReasonMissing) as refused:
        appraisals.correct_appraisal(appraisal, typed(), reason=" ", by=secretary, at=at, on=today)
    assert refused.value.message == "请写一句更正的原因。"
    later = at + datetime.timedelta(hours=1)
    lines = [line("members", 9, 5)]
    newer = appraisals.correct_appraisal(appraisal, typed(lines), reason="抄错", by=secretary, at=later, on=today)
    assert (newer.confirmed_at, newer.lineage, newer.change_reason) == (None, appraisal.lineage, "抄错")
    assert [(count.satisfied, count.fairly) for count in newer.counts.all()] == [(9, 5)]
    assert Appraisal.objects.known_at(at).get().confirmed_at == at
    assert not Appraisal.objects.standing().confirmed().exists()
    with pytest.raises(FactSuperseded):
        appraisals.correct_appraisal(appraisal, typed(), reason="再改", by=secretary, at=later, on=today)


def test_taking_back(type_in, secretary, at):
    appraisal = type_in()
    with pytest.raises(appraisals.AppraisalReasonMissing):
        appraisals.withdraw_appraisal(appraisal, reason="", by=secretary, at=at)
    appraisals.withdraw_appraisal(appraisal, reason="录错单位", by=secretary, at=at)
    assert not Appraisal.objects.standing().exists()


# Member sheets --------------------------------------------------------------------------------
def about(member, *answers):
    return line("members", *answers, member=member, item=AppraisalItem.MEMBER_DUTIES)


def test_a_member_sheet_is_typed_page_by_page(type_in, secretary, committee, branch_members, at):
    first, second, *rest = branch_members
    appraisal = type_in([about(first, 8), about(second, 9)], sheet="member")
    assert set(appraisals.members_without_counts(appraisal)) == set(rest)
    appraisals.add_members(appraisal, [about(rest[0], 7), about(first, 1)], by=secretary, at=at)
    counted = {count.member: count.satisfied for count in appraisal.counts.all()}
    assert counted == {first: 8, second: 9, rest[0]: 7}  # what stood before is not typed over
    with pytest.raises(appraisals.NotAsSeen):
        appraisals.add_members(appraisal, [about(rest[1], 7)], by=committee, at=at)
    with pytest.raises(appraisals.CountsWrong):
        appraisals.add_members(appraisal, [about(rest[1], 15)], by=secretary, at=at)
    confirm(appraisal, committee, at)
    with pytest.raises(appraisals.NotAsSeen):
        appraisals.add_members(appraisal, [about(rest[1], 7)], by=secretary, at=at)


def test_a_correction_keeps_the_members_it_does_not_name(type_in, typed, secretary, branch_members, at, today):
    first, second, *_rest = branch_members
    appraisal = type_in([about(first, 8), about(second, 9)], sheet="member")
    newer = appraisals.correct_appraisal(appraisal, typed([about(first, 6)]), reason="抄错", by=secretary, at=at, on=today)
    assert {count.member: count.satisfied for count in newer.counts.all()} == {first: 6, second: 9}


def test_kept_members_still_have_to_fit_the_turnout(type_in, typed, secretary, branch_members, at, today):
    first, second, *_rest = branch_members
    appraisal = type_in([about(first, 8), about(second, 14)], sheet="member")
    fewer = typed([about(first, 6)], turnouts={"members": (15, 10)})
    with pytest.raises(appraisals.CountsWrong) as refused:
        appraisals.correct_appraisal(appraisal, fewer, reason="抄错", by=secretary, at=at, on=today)
    assert refused.value.message == f"{second}：“立足岗位履职”（党员）合计 14 份，多于收回的 10 份。"


def test_members_who_left_are_not_asked_for(type_in, branch, branch_members, tree):
    appraisal = type_in([about(branch_members[0], 8)], sheet="member")
    MemberFactory(organization=tree.society)
    assert appraisals.members_without_counts(appraisal).count() == 4


# Gates ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("grades", "sentences"),
    [
        ((9, 1, 0, 0, 0), []),
        ((7, 1, 1, 1, 0), ["群众满意率低于 90%（现为 80.0%）：考核等次最高为“一般”。"]),
        ((2, 1, 1, 0, 6), []),  # four rated: hidden, so nothing is said
    ],
)
def test_gates_say_what_the_page_shows(grades, sentences, campaign, branch):
    BandFactory(campaign=campaign, code="fair", title="一般")
    GateFactory(
        campaign=campaign, title="群众满意率低于 90%", minimum=9_000, effect="cap", cap_band="fair",
        parameters={"formula": "top2", "audience": "members", "items": []},
    )
    appraisal = AppraisalFactory(campaign=campaign, organization=branch, grades=grades)
    rows = item_rows(appraisal.counts.all(), appraisals.items_of("organization"), "top1")
    assert gates_hit(campaign, rows) == sentences

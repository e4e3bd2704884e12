"""Two persons type the same paper apart; what differs is settled by a third look; only then the counts stand."""
import pytest

from campaign.models import Rectification
from evaluations.domain import appraisals, second_typing
from evaluations.domain.appraisal_figures import Tally
from evaluations.domain.appraisals import CountLine, Typed
from evaluations.enums import AppraisalItem, Audience
from evaluations.models import Appraisal, LowItem, SecondTyping
from tests.factories.evaluations import AppraisalFactory
from units.models import HistoryEntry

TURNOUT = {"members": (15, 14), "masses": (23, 20)}
ITEMS = [item for item in AppraisalItem if item.value.startswith("org_")]


def line(audience, *answers, member=None, item=ITEMS[0]):
    return CountLine(member, item, Audience(audience), Tally(*answers))


@pytest.fixture
def typed(campaign, branch, secretary, at, today):
    """Typed by the secretary: one item, both audiences."""
    lines = [line("members", 8, 5, 1), line("masses", 9, 7, 2, 0, 2)]
    return appraisals.type_appraisal(
        campaign=campaign, organization=branch, sheet="organization", by=secretary, at=at, on=today,
        typed=Typed("上半年评议", today, TURNOUT, lines),
    )


def again(appraisal, by, at, *, turnouts=TURNOUT, lines=None, **more):
    lines = [line("members", 8, 5, 1), line("masses", 9, 7, 2, 0, 2)] if lines is None else lines
    return second_typing.type_again(appraisal, turnouts=turnouts, lines=lines, by=by, at=at, **more)


def test_the_same_numbers_confirm_at_once(typed, secretary, committee, at):
    with pytest.raises(second_typing.SamePerson, match="^录入和核对要由两个人完成。$"):
        again(typed, secretary, at)
    again(typed, committee, at)
    typed.refresh_from_db()
    assert (typed.confirmed_by, typed.confirmed_at) == (committee, at)
    assert [entry.verb for entry in HistoryEntry.objects.of(typed).order_by("pk")] == ["type_in", "type_again", "confirm"]
    with pytest.raises(appraisals.NotAsSeen, match="^这份评议已经核对过，或者刚被更正，请看最新的一版。$"):
        again(typed, committee, at)


def test_what_differs_is_listed_cell_by_cell_and_nothing_is_confirmed(typed, committee, at):
    lines = [line("members", 9, 4, 1), line("masses", 9, 7, 2, 0, 2)]
    again(typed, committee, at, turnouts={"members": (15, 14), "masses": (24, 20)}, lines=lines)
    typed.refresh_from_db()
    assert typed.confirmed_at is None and not Appraisal.objects.confirmed().exists()
    assert [(one.label, one.first, one.second) for one in second_typing.differences(typed)] == [
        ("群众发出", 23, 24), ("组织开展活动，党员，满意", 8, 9), ("组织开展活动，党员，比较满意", 5, 4)
    ]


def settle(appraisal, by, at, reason="重数了一遍纸质票", **changed):
    places = {one.place: one.second for one in second_typing.differences(appraisal)} | changed
    return second_typing.settle_counts(appraisal, places, reason=reason, by=by, at=at)


def test_a_third_look_settles_with_a_reason(typed, secretary, committee, office, at):
    again(typed, committee, at, lines=[line("members", 9, 4, 1), line("masses", 9, 7, 2, 0, 2)])
    with pytest.raises(second_typing.SamePerson):
        settle(typed, secretary, at)
    with pytest.raises(appraisals.AppraisalReasonMissing, match="^请写一句以哪个数为准、为什么。$"):
        settle(typed, office, at, reason=" ")
    with pytest.raises(appraisals.NotAsSeen):
        second_typing.settle_counts(typed, {}, reason="少了", by=office, at=at)
    with pytest.raises(appraisals.CountsWrong, match="^“组织开展活动”（党员）合计 17 份，多于收回的 14 份。$"):
        settle(typed, office, at, **{"0:org_activities:members:satisfied": 12})
    settle(typed, office, at)
    typed.refresh_from_db()
    assert (typed.confirmed_by, appraisals.turnouts_of(typed)) == (office, TURNOUT)
    assert {(count.audience, count.satisfied, count.fairly, count.unknown) for count in typed.counts.all()} == {
        ("members", 9, 4, 0), ("masses", 9, 7, 2)
    }
    settled = HistoryEntry.objects.of(typed).get(verb="settle_counts")
    assert settled.detail["note"] == "2 处不一致：重数了一遍纸质票"  # how many and why, no count of a small group


def test_an_empty_cell_and_a_zero_are_the_same(typed, committee, at):
    lines = [line("members", 8, 5, 1), line("masses", 9, 7, 2, 0, 2), line("members", item=ITEMS[1])]
    again(typed, committee, at, lines=lines)
    assert Appraisal.objects.confirmed().count() == 1


def test_one_person_types_the_second_time(typed, committee, office, at, branch_members, campaign, branch, secretary):
    sheet = AppraisalFactory(
        campaign=campaign, organization=branch, sheet="member", recorded_by=secretary, confirmed_by=None, turnout=(15, 14)
    )
    first, second, *_rest = branch_members
    for member in (first, second):
        sheet.counts.create(member=member, item="member_duties", audience="members", satisfied=9)
    turnouts, duties = {"members": (15, 14)}, AppraisalItem.MEMBER_DUTIES
    again(sheet, committee, at, turnouts=turnouts, lines=[line("members", 9, member=first, item=duties)], members=[first])
    assert second_typing.to_type_again(sheet) == [second] and second_typing.differences(sheet) == []
    with pytest.raises(second_typing.OtherTypist, match=f"^{committee}正在复录这份评议，请由同一位同志录完。$"):
        again(sheet, office, at, turnouts=turnouts, lines=[line("members", 8, member=second, item=duties)], members=[second])
    again(sheet, committee, at, turnouts=turnouts, lines=[line("members", 8, member=second, item=duties)], members=[second])
    [difference] = second_typing.differences(sheet)
    assert (difference.label, difference.first, difference.second) == (f"{second}，立足岗位履职，党员，满意", 9, 8)


def test_a_correction_is_typed_again_from_the_start(typed, secretary, committee, at, today):
    again(typed, committee, at, lines=[line("members", 9, 4, 1)])
    lines = [line("members", 9, 4, 1)]
    newer = appraisals.correct_appraisal(
        typed, Typed("上半年评议", today, TURNOUT, lines), reason="抄错", by=secretary, at=at, on=today
    )
    assert second_typing.to_type_again(newer) == [None]
    again(newer, committee, at, lines=lines)
    assert Appraisal.objects.standing().confirmed().get() == newer
    assert SecondTyping.objects.count() == 2


# Low items ------------------------------------------------------------------------------------
def low_sheet(campaign, branch, secretary, **how):
    """Typed once: 70 % in the first item, 100 % in the others, by ten members."""
    sheet = AppraisalFactory(
        campaign=campaign, organization=branch, recorded_by=secretary, confirmed_by=None, grades=(9, 1, 0, 0, 0), **how
    )
    sheet.counts.filter(item=ITEMS[0]).update(satisfied=7, fairly=0, basically=3)
    return sheet


def same_again(sheet, by, at):
    return again(sheet, by, at, turnouts=appraisals.turnouts_of(sheet), lines=appraisals.lines_of(sheet))


def test_a_low_item_opens_a_rectification_by_rule_and_once(campaign, branch, secretary, committee, at, today):
    sheet = low_sheet(campaign, branch, secretary)
    same_again(sheet, committee, at)
    item = Rectification.objects.get()
    assert item.problem == "群众评议“组织开展活动”满意度 70.0%，低于 80%。"
    assert (item.organization, item.source, item.verifier, (item.due_on - today).days) == (branch, "appraisal", None, 30)
    newer = appraisals.correct_appraisal(
        sheet, Typed("年中评议", today, {"members": (10, 10)}, appraisals.lines_of(sheet)), reason="补录", by=secretary, at=at,
        on=today,
    )
    same_again(newer, committee, at)
    assert Rectification.objects.count() == LowItem.objects.count() == 1


@pytest.mark.parametrize("turnout", [(13, 10), (9, 9)])
def test_an_invalid_appraisal_raises_nothing(campaign, branch, secretary, committee, at, turnout):
    sheet = low_sheet(campaign, branch, secretary, turnout=turnout)
    sheet.counts.update(satisfied=5, fairly=0, basically=2)
    same_again(sheet, committee, at)
    assert Appraisal.objects.confirmed().exists() and not Rectification.objects.exists()

"""Who is expected on a day, and what numbers and ticked names say together."""
import datetime

import pytest

from campaign.domain.rosters import (
    RosterDisagrees,
    TooManyExpected,
    TooManyPresent,
    attendance_of,
    members_on,
    roster_on,
)
from tests.factories.units import MemberFactory

DAY = datetime.date(2011, 6, 9)


def refused(error, call):
    with pytest.raises(error) as raised:
        call()
    return raised.value.message, raised.value.field


def test_the_roster_is_of_that_day(branch, branch_members):
    late = MemberFactory(organization=branch, member_since=datetime.date(2011, 6, 1))
    gone = branch_members[4].memberships.get()
    gone.ends_on = datetime.date(2011, 6, 8)
    gone.save()
    assert set(roster_on(branch, on=DAY)) == {*branch_members[:4], late}
    assert set(roster_on(branch, on=datetime.date(2011, 5, 31))) == set(branch_members)


def test_a_membership_that_was_corrected_away_does_not_count(branch, branch_members, at):
    branch_members[4].memberships.update(superseded_at=at)
    assert set(roster_on(branch, on=DAY)) == set(branch_members[:4])


def test_those_who_need_not_come_are_members_but_not_expected(branch, branch_members):
    branch_members[0].is_exempt, branch_members[0].exempt_reason = True, "年老"
    branch_members[0].save()
    assert set(roster_on(branch, on=DAY)) == set(branch_members[1:])
    assert set(members_on(branch, on=DAY)) == set(branch_members)


def test_the_roster_of_a_unit_is_of_all_its_branches(unit, branch_members, tree):
    assert roster_on(unit, on=DAY).count() == 5 + len(tree.members[tree.organ_branch_2.pk])


def test_the_roster_is_in_order_of_strokes(branch):
    names = list(roster_on(branch, on=DAY).values_list("stroke_key", flat=True))
    assert names == sorted(names)


def test_everybody_came(branch, branch_members):
    attendance = attendance_of(branch, on=DAY, present=5)
    assert (attendance.expected, attendance.present, attendance.has_roster) == (5, 5, True)
    assert attendance.came == {member.pk: True for member in branch_members}


def test_those_ticked_did_not_come(branch, branch_members):
    attendance = attendance_of(branch, on=DAY, present=4, expected=5, absent={branch_members[2].pk})
    assert attendance.came == {member.pk: member != branch_members[2] for member in branch_members}


@pytest.mark.parametrize("numbers", [{"present": 4}, {"present": 4, "expected": 4}, {"present": 0}])
def test_fewer_without_ticks_leave_the_names_unknown(branch, numbers):
    attendance = attendance_of(branch, on=DAY, **numbers)
    assert (attendance.has_roster, attendance.came, attendance.present) == (False, {}, numbers["present"])


def test_nobody_came_and_everybody_is_ticked(branch, branch_members):
    attendance = attendance_of(branch, on=DAY, present=0, absent={member.pk for member in branch_members})
    assert attendance.came == {member.pk: False for member in branch_members}


@pytest.mark.parametrize("expected", [None, 5])
def test_more_than_the_branch_has_cannot_come(branch, expected):
    said = refused(TooManyPresent, lambda: attendance_of(branch, on=DAY, present=6, expected=expected))
    assert said == ("本支部这一天应到 5 人，参加的不能多于 5 人。", "present")


def test_more_than_are_members_cannot_be_expected(branch):
    said = refused(TooManyExpected, lambda: attendance_of(branch, on=DAY, present=5, expected=6))
    assert said == ("本支部这一天有党员 5 人，应到的不能多于 5 人。", "expected")


def test_who_need_not_come_may_be_expected_all_the_same(branch, branch_members):
    branch_members[0].is_exempt, branch_members[0].exempt_reason = True, "年老"
    branch_members[0].save()
    attendance = attendance_of(branch, on=DAY, present=5, expected=5)
    assert (attendance.expected, attendance.has_roster) == (5, False)


def test_ticks_and_number_have_to_agree(branch, branch_members):
    absent = {branch_members[1].pk}
    said = refused(RosterDisagrees, lambda: attendance_of(branch, on=DAY, present=3, absent=absent))
    assert said == ("勾了 1 人没来，参加的应是 4 人，写的是 3 人。", "absent")


def test_ticks_ask_for_the_whole_roster(branch, branch_members):
    absent = {branch_members[1].pk}
    said = refused(RosterDisagrees, lambda: attendance_of(branch, on=DAY, present=3, expected=4, absent=absent))
    assert said == ("名单上是 5 人，应到写的是 4 人。点名时应到人数要和名单一致。", "absent")


def test_a_tick_at_somebody_of_another_branch_is_refused(branch, tree):
    stranger = tree.members[tree.organ_branch_2.pk][0]
    said = refused(RosterDisagrees, lambda: attendance_of(branch, on=DAY, present=4, absent={stranger.pk}))
    assert said == ("勾的人里有这一天不在名单上的，请重新勾一遍。", "absent")


def test_an_organisation_without_members_has_no_names(branch):
    attendance = attendance_of(branch, on=datetime.date(2001, 6, 30), present=0)
    assert (attendance.expected, attendance.has_roster) == (0, False)

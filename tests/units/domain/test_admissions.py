"""Coming onto the roster: admitted, received from outside, and never twice."""
import datetime

import pytest

from tests.factories.units import MemberFactory
from units.domain import id_numbers
from units.domain.admissions import AlreadyOnRoster, NotABranch, Person, admit, receive
from units.domain.memberships import DayCannotBe
from units.enums import Departure, MemberStatus
from units.models import HistoryEntry, Member

DAY = datetime.date(2011, 6, 1)
NUMBER = "11010519491231002X"


def person(**more):
    return Person(**{"name": "赵 新", "gender": "female", "ethnicity": "汉族", "born_on": datetime.date(1985, 3, 2)} | more)


@pytest.fixture
def new(branch, secretary, at, today):
    def call(who=None, organization=branch, joined_on=DAY):
        return admit(who or person(), organization, joined_on=joined_on, by=secretary, at=at, on=today)

    return call


@pytest.fixture
def come(branch, secretary, at, today):
    def call(who=None, **more):
        days = {"joined_on": datetime.date(2005, 7, 1), "full_on": datetime.date(2006, 7, 1), "arrived_on": DAY} | more
        return receive(who or person(), branch, **days, came_from="某部机关党委", by=secretary, at=at, on=today)

    return call


def test_an_admitted_member_is_on_probation_from_the_meeting_on(new, branch, secretary):
    member = new(person(id_number=NUMBER))
    assert (member.name, member.status, member.organization) == ("赵新", MemberStatus.PROBATIONARY, branch)
    assert member.probation_ends_on == datetime.date(2012, 6, 1)
    membership = member.memberships.get()
    assert (membership.starts_on, membership.ends_on, membership.recorded_by) == (DAY, None, secretary)
    assert id_numbers.unseal(Member.objects.get(pk=member.pk).id_number_sealed) == NUMBER
    assert HistoryEntry.objects.of(member).get().verb == "admit"


@pytest.mark.parametrize(
    ("more", "joined_on", "message"),
    [
        ({}, datetime.date(2011, 6, 11), "入党时间不能晚于今天。"),
        ({"born_on": datetime.date(1995, 1, 1)}, DAY, "入党时应满 18 岁，请核对出生年月和入党时间。"),
    ],
)
def test_days_that_cannot_be(more, joined_on, message, new):
    with pytest.raises(DayCannotBe, match=f"^{message}$"):
        new(person(**more), joined_on=joined_on)


def test_members_belong_to_branches(new, unit):
    with pytest.raises(NotABranch, match="^党员编入党支部，办公厅党总支不是党支部。$"):
        new(organization=unit)


def test_the_same_person_is_not_admitted_twice(new):
    new()
    with pytest.raises(AlreadyOnRoster, match="^本支部已有同名同出生年月的党员，请先看名册。$"):
        new()


def test_an_id_number_stands_once(new, tree):
    new(person(id_number=NUMBER), organization=tree.society)
    with pytest.raises(AlreadyOnRoster, match="^这个证件号码的党员已经在名册上，请由所在支部办组织关系转接。$"):
        new(person(id_number=NUMBER, name="钱新"))


def test_somebody_from_outside_keeps_the_party_standing(come):
    member = come()
    assert (member.status, member.joined_on, member.full_on) == (
        MemberStatus.FULL, datetime.date(2005, 7, 1), datetime.date(2006, 7, 1))
    assert (member.memberships.get().starts_on, HistoryEntry.objects.of(member).get().detail) == (DAY, {"note": "某部机关党委"})


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"arrived_on": datetime.date(2011, 6, 11)}, "转入日期不能晚于今天。"),
        ({"arrived_on": datetime.date(2004, 6, 11)}, "转入日期不能早于入党时间。"),
        ({"full_on": datetime.date(2004, 6, 11)}, "转正时间要在入党时间以后、今天以前。"),
    ],
)
def test_days_of_an_arrival_that_cannot_be(more, message, come):
    with pytest.raises(DayCannotBe, match=f"^{message}$"):
        come(**more)


def test_who_comes_back_keeps_the_old_record(come, tree):
    old = MemberFactory(
        organization=tree.society, left_on=datetime.date(2010, 1, 1), left_as=Departure.OUTSIDE,
        id_number_digest=id_numbers.digest(NUMBER),
    )
    with pytest.raises(DayCannotBe, match="^转入日期要在上次离开以后。$"):
        come(person(id_number=NUMBER), arrived_on=datetime.date(2009, 1, 1))
    old.memberships.update(ends_on=old.left_on)
    member = come(person(id_number=NUMBER))
    assert (member.pk, member.is_present, member.memberships.count()) == (old.pk, True, 2)


def test_who_is_here_does_not_come_from_outside(come):
    come(person(id_number=NUMBER))
    with pytest.raises(AlreadyOnRoster, match="^这个证件号码的党员已经在名册上，请由所在支部办组织关系转接。$"):
        come(person(id_number=NUMBER, name="别名"))

"""The end of a probation reminds the branch's secretary: a month before, and again when it is past."""
import datetime

import pytest

from campaign.due import due_things
from tests.factories.units import MemberFactory, PostFactory
from units.enums import MemberStatus, PostKind
from units.models import Post


def titles(user, on):
    return [thing.title for thing in due_things(on=on, user=user) if thing.kind == "probation"]


@pytest.fixture
def novice(branch):
    return MemberFactory(
        organization=branch, name="李新", status=MemberStatus.PROBATIONARY, joined_on=datetime.date(2010, 7, 1), full_on=None
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime.date(2011, 5, 31), []),
        (datetime.date(2011, 6, 1), ["李新的预备期到2011年7月1日满"]),
        (datetime.date(2011, 7, 2), ["李新的预备期到2011年7月1日满"]),
    ],
)
def test_the_day_is_named_a_month_before(day, expected, novice, secretary):
    assert titles(secretary, day) == expected


def test_an_extension_moves_it(novice, secretary, today):
    novice.probation_extended_to = datetime.date(2012, 1, 1)
    novice.save()
    assert titles(secretary, datetime.date(2011, 7, 2)) == []


def test_only_the_own_secretary_hears_of_it(novice, secretary, outsider, committee, today):
    assert (titles(outsider, today), titles(committee, today)) == ([], [])


@pytest.mark.parametrize("asks", ["one", "all"])
def test_of_a_branch_without_an_account_the_committee_hears(asks, novice, secretary, outsider, committee, office, today):
    secretary.is_active = False
    secretary.save()
    things = {
        user: [thing for thing in due_things(on=today, **({"user": user} if asks == "one" else {}))
               if thing.kind == "probation" and thing.recipient_id == user.pk]
        for user in (outsider, committee, office)
    }
    [thing] = things.pop(committee)
    assert thing.detail == "办公厅第一党支部没有书记账号。请支部及时开会讨论，再代为登记决定。"
    assert list(things.values()) == [[], []]


def test_a_role_that_is_over_is_no_account(novice, secretary, committee, today):
    secretary.grants.update(ends_on=today - datetime.timedelta(days=1))
    assert titles(committee, today) == ["李新的预备期到2011年7月1日满"]


def test_who_left_is_not_named(novice, secretary, today):
    novice.left_on, novice.left_as = today, "died"
    novice.save()
    assert titles(secretary, today) == []


# Terms ----------------------------------------------------------------------------------------
def term_titles(user, on):
    return [thing.title for thing in due_things(on=on, user=user) if thing.kind == "term"]


@pytest.fixture
def elected(branch_members):
    """Two of the branch's board, elected until 2011-09-08."""
    until = datetime.date(2011, 9, 8)
    Post.objects.filter(member=branch_members[0]).update(term_ends_on=until)
    PostFactory(member=branch_members[1], kind=PostKind.ORGANIZER, term_ends_on=until)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime.date(2011, 6, 9), []),
        (datetime.date(2011, 6, 10), ["办公厅第一党支部班子任期到2011年9月8日满"]),
        (datetime.date(2011, 9, 9), ["办公厅第一党支部班子任期到2011年9月8日满"]),
    ],
)
def test_a_board_is_named_once_three_months_before(day, expected, elected, secretary):
    assert term_titles(secretary, day) == expected


@pytest.mark.parametrize(("who", "number"), [("committee", 1), ("office", 0), ("outsider", 0), ("member", 0), ("leader", 0)])
def test_who_hears_of_a_term(request, who, number, elected, today):
    assert len(term_titles(request.getfixturevalue(who), today)) == number


def test_everybody_of_a_term_is_asked_at_once(elected, secretary, committee, today):
    found = [thing.recipient_id for thing in due_things(on=today) if thing.kind == "term"]
    assert sorted(found) == sorted([secretary.pk, committee.pk])

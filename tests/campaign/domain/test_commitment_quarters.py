"""Progress by quarters: which count for a promise, what each says, and who is asked in the last month of one."""
import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.commitment_list import commitments_seen
from campaign.domain.commitment_quarters import counts, quarter_states
from campaign.domain.due_commitments import promises_to_judge
from campaign.due import DueThing, due_things
from campaign.models import Commitment
from config.kit.quarter import quarter_of
from tests.factories.campaign import CommitmentFactory, noon
from tests.factories.units import user_with
from units.enums import Role

D = datetime.date


def states(promise, told, *, on, until=None):
    return [(one.quarter.code, one.status, one.word) for one in quarter_states(promise, told, until=until or on, on=on)]


@pytest.mark.parametrize(
    ("published_on", "due_on", "expected"),
    [
        (D(2011, 6, 1), D(2011, 12, 31), True),
        (D(2011, 6, 2), D(2011, 12, 31), False),  # twenty-nine days are left
        (D(2011, 1, 1), D(2011, 4, 30), True),
        (D(2011, 1, 1), D(2011, 4, 29), False),  # due in its first month
    ],
)
def test_a_quarter_counts_with_thirty_days_of_the_promise_in_it(published_on, due_on, expected, campaign, branch):
    quarter = quarter_of(D(2011, 5, 1))
    assert counts(quarter, published_on=published_on, due_on=due_on) is expected
    promise = CommitmentFactory(campaign=campaign, organization=branch, published_at=noon(published_on), due_on=due_on)
    assert Commitment.objects.untold(on=D(2011, 6, 10)).filter(pk=promise.pk).exists() is expected


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    published_on=st.dates(D(2011, 1, 1), D(2011, 6, 30)), days=st.integers(1, 300), on=st.dates(D(2011, 1, 1), D(2011, 12, 31))
)
def test_the_database_and_the_page_agree(published_on, days, on, campaign, branch):
    Commitment.objects.all().delete()
    due_on = published_on + datetime.timedelta(days=days)
    CommitmentFactory(campaign=campaign, organization=branch, published_at=noon(published_on), due_on=due_on)
    assert Commitment.objects.untold(on=on).exists() is counts(quarter_of(on), published_on=published_on, due_on=due_on)


def test_each_quarter_says_what_was_told_in_it(campaign, branch):
    promise = CommitmentFactory(
        campaign=campaign, organization=branch, published_at=noon(D(2010, 7, 5)), due_on=D(2011, 12, 31)
    )
    told = [D(2010, 8, 1), D(2010, 9, 30), D(2011, 1, 1)]
    assert states(promise, told, on=D(2011, 6, 10)) == [
        ("2011-Q2", "soon", "还没有记，剩 20 天"), ("2011-Q1", "ok", "记了 1 次"), ("2010-Q4", "warn", "没有记"),
        ("2010-Q3", "ok", "记了 2 次"),
    ]
    assert [code for code, *_said in states(promise, told, on=D(2011, 6, 10), until=D(2011, 1, 20))] == [
        "2011-Q1", "2010-Q4", "2010-Q3",
    ]


def test_a_draft_has_no_quarters(campaign, branch):
    assert states(CommitmentFactory(campaign=campaign, organization=branch, state="draft"), [], on=D(2011, 6, 10)) == []


# Who is asked ---------------------------------------------------------------------------------
@pytest.fixture
def promises(campaign, branch, branch_members):
    """Of the branch and of two of its members; the second one has told something."""
    july = D(2011, 12, 31)
    own = CommitmentFactory(campaign=campaign, organization=branch, due_on=july)
    of_member = CommitmentFactory(campaign=campaign, member=branch_members[1], due_on=july, text="党员的")
    told = CommitmentFactory(campaign=campaign, member=branch_members[2], due_on=july)
    told.progress.create(text="办好", happened_on=D(2011, 4, 1), recorded_at=noon(D(2011, 4, 1)))
    return own, of_member, told


def asked(on, user=None):
    return [(one.recipient_id, one.title, one.due_on) for one in due_things(on=on, user=user) if one.kind == "progress"]


def test_in_the_last_month_the_member_and_the_secretary_are_asked(promises, secretary, member, outsider):
    last = D(2011, 6, 30)
    expected = [(secretary.pk, "2 条承诺这个季度还没有记进展", last), (member.pk, "党员的", last)]
    assert sorted(asked(D(2011, 6, 10))) == sorted(expected)
    assert asked(D(2011, 6, 10), member) == [expected[1]]
    assert asked(D(2011, 6, 10), secretary) == [expected[0]]
    assert asked(D(2011, 6, 10), outsider) == []


def test_before_nobody_is(promises, secretary, member):
    assert asked(D(2011, 5, 31)) == []
    assert len(asked(D(2011, 6, 1))) == 2


def test_who_has_told_is_left_alone(promises, secretary, branch, branch_members):
    teller = user_with(Role.MEMBER, branch, member=branch_members[2])
    assert asked(D(2011, 6, 10), teller) == []


# Judging once the day is over -----------------------------------------------------------------
@pytest.fixture
def late(campaign, tree, branch, branch_members, today):
    """Past their day: of the unit, of its branch, of the branch's secretary and of a member of it."""
    due = {"campaign": campaign, "due_on": today - datetime.timedelta(days=2), "state": "published"}
    whose = {
        "单位的": {"organization": tree.organ}, "支部的": {"organization": branch}, "书记的": {"member": branch_members[0]},
        "党员的": {"member": branch_members[1]},
    }
    return [CommitmentFactory(text=text, **who, **due) for text, who in whose.items()]


def to_judge(on, user=None):
    return [(one.recipient_id, one.title, one.url) for one in due_things(on=on, user=user) if one.kind == "judgement"]


def test_the_level_above_hears_of_promises_past_their_day(late, secretary, committee, office, outsider, leader, today):
    url = "/commitments/?state=overdue"
    expected = [(committee.pk, "2 条承诺到期，等评定", url), (office.pk, "1 条承诺到期，等评定", url)]
    assert [to_judge(today, user) for user in (secretary, outsider, leader)] == [[], [], []]
    assert to_judge(today, committee) + to_judge(today, office) == sorted(to_judge(today)) == expected
    page = {row.text for row in commitments_seen(committee, late[0].campaign, on=today, state="overdue")}
    assert {"支部的", "书记的"} <= page


def test_the_branch_secretary_judges_those_of_the_members_only(late, secretary, today):
    told = {one.title: (one.action, one.detail) for one in due_things(on=today, user=secretary) if one.kind == "commitment"}
    assert told == {
        "支部的": ("写进展", "承诺到期，请写进展，等上级评定。"), "书记的": ("写进展", "承诺到期，请写进展，等上级评定。"),
        "党员的": ("评定", "党员的承诺到期，请看依据评定。"),
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_those_to_judge_need_the_same_queries_for_any_number(rows, campaign, branch, committee, today, django_assert_num_queries):
    late = {"due_on": today - datetime.timedelta(days=1), "state": "published"}
    CommitmentFactory.create_batch(rows, campaign=campaign, organization=branch, **late)
    with django_assert_num_queries(2):  # the grants of everybody, and the promises
        [thing] = promises_to_judge(DueThing, on=today)
    assert thing.title == f"{rows} 条承诺到期，等评定"

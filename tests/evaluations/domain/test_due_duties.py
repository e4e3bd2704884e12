"""Whoever owes reviews is told so, once in a half-year: leaders, secretaries of branches and units, committees."""
import datetime

import pytest

from campaign.domain.reminders import write_reminders
from campaign.due import due_things
from campaign.models import Reminder
from evaluations.domain.due_duties import reviews_due
from tests.factories.campaign import noon
from tests.factories.evaluations import ReviewFactory
from tests.factories.units import MemberFactory, PostFactory, user_with
from units.domain.charges import divide_work
from units.enums import Role
from units.models import User

MINE = "/reviews/duties/?whose=mine"


def told(user, on):
    """(title, text, last day) of what the user owes."""
    return [(one.title, one.detail, one.due_on) for one in due_things(on=on, user=user) if one.kind == "review"]


@pytest.fixture
def head(tree):
    """The account of the secretary of the organ, who sits in its second branch."""
    member = PostFactory(member=MemberFactory(organization=tree.organ_branch_2), organization=tree.organ).member
    return user_with(Role.SECRETARY, tree.organ, member=member)


@pytest.fixture
def divided(tree, leader, office):
    """The leader looks after the society, a branch with a secretary of its own."""
    since = datetime.date(2010, 9, 1)
    divide_work(leader, [tree.society], within=tree.root, happened_on=since, by=office, at=noon(since), on=since)


LAST = datetime.date(2011, 6, 30)
OF_MEMBERS = "每名党员半年点评一次，名单在“点评责任”里。"


def test_each_who_owes_reads_whom(campaign, tree, head, divided, leader, secretary, committee, member, office, today):
    branches = f"{tree.organ_branch}、{tree.organ_branch_2}"
    below = ("2 个党组织、2 位书记本半年还没有点评", branches, LAST)
    assert told(secretary, today) == [("4 名党员本半年还没有点评", OF_MEMBERS, LAST)]
    assert told(head, today) == told(committee, today) == [below]  # the secretary by the post, the committee by its role
    assert told(leader, today) == [("1 个单位、1 位书记本半年还没有点评", tree.society.name, LAST)]
    assert told(member, today) == told(office, today) == []


def test_only_secretaries_left_are_named(campaign, tree, head, committee, today):
    for branch in (tree.organ_branch, tree.organ_branch_2):
        ReviewFactory(campaign=campaign, organization=branch)
    names = "、".join(tree.members[branch.pk][0].name for branch in (tree.organ_branch, tree.organ_branch_2))
    assert told(committee, today) == [("2 位书记本半年还没有点评", names, LAST)]


def test_what_is_reviewed_is_owed_no_more(campaign, tree, branch_members, secretary, today):
    for reviewed in branch_members[1:]:
        ReviewFactory(campaign=campaign, member=reviewed)
    assert told(secretary, today) == []


def test_the_last_month_is_early_enough_but_leaders_see_it_all_along(campaign, tree, divided, leader, secretary, committee):
    early, on_time = LAST - datetime.timedelta(days=31), LAST - datetime.timedelta(days=30)
    assert [told(user, early) for user in (secretary, committee)] == [[], []]
    assert told(secretary, on_time) and told(committee, on_time)
    owed = ("1 个单位、1 位书记本半年还没有点评", tree.society.name)
    assert told(leader, early) == [(*owed, LAST)]
    assert told(leader, LAST + datetime.timedelta(days=1)) == [(*owed, datetime.date(2011, 12, 31))]


def test_nobody_is_told_of_the_own_person_or_of_what_lies_elsewhere(campaign, tree, branch_members, today):
    own = user_with(Role.COMMITTEE, tree.organ_branch, member=branch_members[1])
    assert told(own, today) == [("3 名党员本半年还没有点评", OF_MEMBERS, LAST)]
    PostFactory(member=branch_members[2], organization=tree.organ)
    elsewhere = user_with(Role.SECRETARY, tree.institution_branch, member=branch_members[2])
    assert told(elsewhere, today) == [("2 名党员本半年还没有点评", OF_MEMBERS, LAST)]  # of the branch, nothing of the organ


def test_without_an_open_campaign_nobody_owes(campaign, secretary, leader, today):
    type(campaign).objects.update(state="closed")
    assert told(secretary, today) == told(leader, today) == []


def test_everybody_together_is_what_each_is_told(campaign, tree, head, divided, leader, secretary, committee, outsider, today):
    user_with(Role.COMMITTEE, tree.organ_branch, member=tree.members[tree.organ_branch.pk][1])
    everything = [thing for thing in due_things(on=today) if thing.kind == "review"]
    assert len(everything) == 6
    for user in User.objects.all():
        assert [thing for thing in everything if thing.recipient_id == user.pk] == [
            thing for thing in due_things(on=today, user=user) if thing.kind == "review"
        ]


def test_one_reminder_for_each_and_half_year_however_often_the_clock_ticks(campaign, tree, head, secretary, committee, today, at):
    def remind(days):
        things = [one for one in due_things(on=today + datetime.timedelta(days=days)) if one.kind == "review"]
        return write_reminders(things, at=at + datetime.timedelta(days=days))

    assert remind(0) == 6  # three accounts, in the application and by mail
    assert [remind(days) for days in (0, 1, 9, 20)] == [0, 0, 0, 0]
    rows = Reminder.objects.filter(recipient=secretary)
    assert sorted(rows.values_list("channel", "state", "occurrence", "url")) == [
        ("app", "sent", f"review:2011-01-01:{campaign.pk}", MINE), ("mail", "queued", f"review:2011-01-01:{campaign.pk}", MINE)
    ]
    assert remind(190) == 6  # the next half-year is another turn


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_queries_for_any_number(
    rows, campaign, tree, secretary, branch_members, today, django_assert_num_queries
):
    for reviewed in branch_members[1 : 5 - rows]:
        ReviewFactory(campaign=campaign, member=reviewed)
    assert secretary.current_grants
    with django_assert_num_queries(2):
        assert len(list(reviews_due(lambda *words: words, on=today, user=secretary))) == 1

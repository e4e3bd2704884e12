"""Who owes whom a review in a half-year: the rule case by case, and against loops on drawn trees."""
import datetime
from collections import Counter

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.kit.half_year import HalfYear
from evaluations.domain.duty_board import DutyList, board
from evaluations.domain.duty_counts import NOBODY, counted_duties
from evaluations.domain.review_duties import DutyReading, duties_of
from tests.evaluations.domain.duty_oracle import DutyOracle
from tests.evaluations.domain.scoring_world import forgotten
from tests.factories.evaluations import ReviewFactory
from tests.factories.units import RECORDED_AT, MemberFactory, PostFactory, RoleGrantFactory, UserFactory, user_with
from units.domain.charges import divide_work
from units.domain.exemptions import excuse
from units.enums import Role
from units.models import Affiliation, Charge, Exemption, Member, Membership, Organization, Post

FIRST_HALF = HalfYear(2011, 1)


@pytest.fixture
def reading(campaign, at, today):
    return DutyReading(campaign.pk, FIRST_HALF, today, at)


def pairs_of(reading):
    """{(kind, organisation, member): (who, state)} as the SELECT gives it."""
    columns = "kind, organization_id, member_id, reviewer_user, reviewer_member, state"
    with connection.cursor() as cursor:
        cursor.execute(f"{duties_of()} SELECT {columns} FROM duty", reading.values)
        rows = cursor.fetchall()
    found = {
        (kind, organization, member): (("user", user) if user else ("member", other) if other else None, state)
        for kind, organization, member, user, other, state in rows
    }
    assert len(found) == len(rows)  # nobody twice
    return found


def numbers_of(reading):
    """Counter of (kind, organisation, who, state) as the counting SELECT gives it."""
    columns = "d.kind, d.organization_id, d.reviewer_user, d.reviewer_member, d.state, d.number"
    with connection.cursor() as cursor:
        cursor.execute(f"{counted_duties()} SELECT {columns} FROM counted d", reading.values | {"own_member": NOBODY})
        rows = cursor.fetchall()
    found = Counter()
    for kind, organization, user, other, state, number in rows:
        found[kind, organization, ("user", user) if user else ("member", other) if other else None, state] += int(number)
    return found


def told(reading, user, **only):
    """{(subject, reviewer, state)} in words, as the board lists them."""
    listed = DutyList(reading, user, **only)
    return {(duty.member or duty.organization, duty.reviewer or duty.gap, duty.state) for duty in listed[0:100]}


# The rule, case by case -----------------------------------------------------------------------
def test_a_secretary_owes_each_member_and_the_level_above_owes_the_secretary(reading, tree, branch_members, office):
    head = PostFactory(member=MemberFactory(name="总支书记", organization=tree.organ_branch_2), organization=tree.organ)
    found = told(reading, office)
    own = branch_members[0].name
    assert {(m.name, own, "due") for m in branch_members[1:]} <= found
    assert {(own, "总支书记", "due"), (tree.organ_branch.name, "总支书记", "due")} <= found
    assert ("总支书记", "没有明确联系领导", "gap") in found
    assert not [row for row in found if row[0] == head.member.name and row[1] == own]  # not once more as a member


def test_the_leader_in_charge_owes_the_unit_and_its_secretary(reading, tree, leader, office, at, today):
    divide_work(leader, [tree.society], within=tree.root, happened_on=today, by=office, at=at, on=today)
    own = tree.members[tree.society.pk][0].name
    assert {(tree.society.name, "部领导", "due"), (own, "部领导", "due")} <= told(reading, office)
    assert (tree.organ.name, "没有明确联系领导", "gap") in told(reading, office)


def test_a_charge_of_somebody_who_leads_no_longer_is_none(reading, tree, leader, office, at, today):
    divide_work(leader, [tree.society], within=tree.root, happened_on=today, by=office, at=at, on=today)
    leader.grants.update(revoked_at=at)
    assert (tree.society.name, "没有明确联系领导", "gap") in told(reading, office)


def test_without_a_secretary_the_acting_account_owes_and_without_both_there_is_a_gap(reading, tree, office):
    Post.objects.filter(organization__in=[tree.organ_branch_2, tree.institution_branch]).delete()
    user_with(Role.SECRETARY, tree.organ_branch_2, name="代管账号")
    found = told(reading, office)
    assert (tree.members[tree.organ_branch_2.pk][1].name, "代管账号", "due") in found
    assert (tree.members[tree.institution_branch.pk][1].name, "党组织没有书记", "gap") in found
    assert (tree.institution_branch.name, "上级党组织没有书记", "gap") in found


def test_nobody_reviews_themselves_where_one_person_leads_both(reading, tree, branch_members, leader, office, at, today):
    PostFactory(member=branch_members[0], organization=tree.organ)
    assert (tree.organ_branch.name, "上级书记就是本人，再上一级也没有书记", "gap") in told(reading, office)
    divide_work(leader, [tree.organ], within=tree.root, happened_on=today, by=office, at=at, on=today)
    found = told(reading, office)
    assert {(tree.organ_branch.name, "部领导", "due"), (branch_members[0].name, "部领导", "due")} <= found


def test_a_leader_who_is_its_secretary_does_not_owe_the_unit(reading, tree, office, at, today):
    own = tree.members[tree.society.pk][0]
    both = user_with(Role.LEADER, tree.root, member=own)
    divide_work(both, [tree.society], within=tree.root, happened_on=today, by=office, at=at, on=today)
    assert (tree.society.name, "没有明确联系领导", "gap") in told(reading, office)


def test_who_need_not_take_part_is_not_owed(reading, branch_members, office, at, today):
    excuse(branch_members[1], kind="infirm", starts_on=today, by=office, at=at, on=today)
    Member.objects.filter(pk=branch_members[2].pk).update(is_exempt=True, exempt_reason="年老体弱")
    names = {row[0] for row in told(reading, office)}
    assert branch_members[3].name in names and not {branch_members[1].name, branch_members[2].name} & names


def test_a_half_year_is_judged_by_its_last_day(campaign, tree, leader, office, at, today):
    divide_work(leader, [tree.society], within=tree.root, happened_on=datetime.date(2011, 1, 5), by=office, at=at, on=today)
    before = DutyReading(campaign.pk, HalfYear(2010, 2), today, at)
    assert (tree.society.name, "没有明确联系领导", "gap") in told(before, office)


def test_any_review_of_the_subject_in_the_half_year_counts(reading, campaign, tree, branch_members, office, at):
    ReviewFactory(campaign=campaign, organization=tree.society)
    ReviewFactory(campaign=campaign, member=branch_members[1], reviewer=office)
    ReviewFactory(campaign=campaign, member=branch_members[2], happened_on=datetime.date(2010, 12, 31))
    ReviewFactory(campaign=campaign, member=branch_members[3], superseded_at=at)
    states = {row[0]: row[2] for row in told(reading, office)}
    assert [states[m.name] for m in branch_members[1:4]] == ["done", "due", "due"]
    assert states[tree.society.name] == "done"


# Whose, and how many --------------------------------------------------------------------------
def test_mine_is_what_i_owe_by_charge_by_post_or_acting(
    reading, tree, leader, secretary, committee, office, branch_members, at, today
):
    divide_work(leader, [tree.organ], within=tree.root, happened_on=today, by=office, at=at, on=today)
    assert {row[0] for row in told(reading, leader, mine=True)} == {tree.organ.name}
    assert {row[0] for row in told(reading, secretary, mine=True)} == {m.name for m in branch_members[1:]}
    below = {tree.organ_branch, tree.organ_branch_2}
    heads = {tree.members[branch.pk][0].name for branch in below}
    assert {row[0] for row in told(reading, committee, mine=True)} == {branch.name for branch in below} | heads
    assert told(reading, office, mine=True) == set()


def test_nothing_outside_the_scope_is_counted(reading, tree, outsider, member, office):
    assert {row[0] for row in told(reading, outsider)} == {
        tree.institution_branch.name, *(m.name for m in tree.members[tree.institution_branch.pk])
    }
    assert not DutyList(reading, member).counts()
    everything = board(DutyList(reading, office).counts())
    assert [(code, [cell.all for cell in cells]) for code, _title, cells in everything] == [
        ("organ", [3, 2, 6]), ("institution", [2, 1, 2]), ("society", [1, 1, 2])
    ]
    assert DutyList(reading, office, kind="member", state="due", category="organ").count() == 6


# In pages, and by the number ------------------------------------------------------------------
@pytest.mark.parametrize("size", [1, 3, 4])
@pytest.mark.parametrize("only", [{}, {"state": "due"}, {"kind": "member"}, {"kind": "secretary", "category": "organ"}])
def test_pages_together_are_the_list(only, size, reading, campaign, tree, branch_members, office, today):
    ReviewFactory(campaign=campaign, member=branch_members[2])
    listed = DutyList(reading, office).only(**only)
    whole = listed[0:100]
    pages = [listed[first : first + size] for first in range(0, len(listed) + size, size)]
    assert [duty for page in pages for duty in page] == whole
    assert len(whole) == len(listed) == sum(listed.counts().values())
    order = [(["organization", "secretary", "member"].index(duty.kind), Organization.objects.get(pk=duty.organization_id).path)
             for duty in whole]
    assert order == sorted(order)


def test_figures_are_counted_once_and_each_kind_on_a_page_costs_a_query_or_two(reading, tree, office, django_assert_num_queries):
    assert office.current_grants
    with django_assert_num_queries(1):
        listed = DutyList(reading, office)
        assert (listed.count(), listed.only(state="due").count(), listed.only(state="gap").count()) == (20, 10, 10)
    with django_assert_num_queries(1):
        assert len(listed.only(kind="organization")[0:20]) == 6
    with django_assert_num_queries(2):
        assert len(listed.only(kind="member")[0:20]) == 10
    with django_assert_num_queries(4):
        assert len(listed[0:20]) == 20


# Against loops --------------------------------------------------------------------------------
few = st.integers(0, 5)
maybe = st.one_of(st.none(), few)
DAYS = [datetime.date(2010, 7, 1), datetime.date(2011, 3, 1), datetime.date(2011, 6, 11)]
spans = st.tuples(st.sampled_from(DAYS), st.sampled_from([None, datetime.date(2011, 5, 1)]), st.booleans())  # begins, ends, known
worlds = st.fixed_dictionaries({
    "parents": st.lists(few, min_size=1, max_size=5),
    "posts": st.lists(st.tuples(few, few, spans), max_size=6),
    "members": st.lists(st.tuples(few, spans), min_size=6, max_size=6),
    "charges": st.lists(st.tuples(few, st.integers(0, 1), spans), max_size=4),
    "leaders": st.tuples(maybe, maybe, st.booleans()),
    "grants": st.lists(st.tuples(few, maybe, st.booleans()), max_size=3),
    "excused": st.lists(st.tuples(few, spans), max_size=2),
    "marked": st.sets(few, max_size=1),
    "reviews": st.lists(st.tuples(st.booleans(), few, spans), max_size=4),
})


def fact(span):
    """The columns of a drawn span; one that is not known is recorded a day after the reading."""
    begins, ends, is_known = span
    return {"starts_on": begins, "ends_on": ends if ends and ends >= begins else None, "recorded_at": moment(is_known)}


def moment(is_known):
    return RECORDED_AT if is_known else RECORDED_AT + datetime.timedelta(days=800)


def plant(world, root):
    """The drawn organisations, each below one drawn before it, and six members enrolled in them."""
    organizations = [root]
    for number, parent in enumerate(world["parents"], 1):
        above = organizations[parent % len(organizations)]
        shared = {"name": f"抽到的第{number}支部", "parent": above, "kind": "branch", "category": "organ"}
        made = Organization.objects.create(code=f"D{number}", path=f"~D{number}", depth=2, **shared)
        Affiliation.objects.create(organization=made, starts_on=DAYS[0], recorded_at=RECORDED_AT, **shared)
        organizations.append(made)
    people = MemberFactory.create_batch(6, organization=root)
    Membership.objects.filter(member__in=people).delete()

    for person, (place, span) in zip(people, world["members"], strict=True):
        Membership.objects.create(member=person, organization=organizations[place % len(organizations)], **fact(span))
    return organizations, people


def write(world, campaign, root, at):
    """The drawn world below `root`."""
    organizations, people = plant(world, root)

    def where(number):
        return organizations[number % len(organizations)]

    taken = set()
    for place, person, span in world["posts"]:
        if where(place).pk not in taken:  # the database allows one secretary at a time
            taken.add(where(place).pk)
            Post.objects.create(member=people[person], organization=where(place), kind="secretary", **fact(span))
    first, second, is_leader = world["leaders"]
    linked = [people[first] if first is not None else None, people[second] if second not in (None, first) else None]
    leaders = [UserFactory(member=person) for person in linked]
    for leader in leaders[: 1 + is_leader]:
        RoleGrantFactory(user=leader, role=Role.LEADER, organization=root)
    for place, leader, span in world["charges"]:
        if ("charge", where(place).pk) not in taken:
            taken.add(("charge", where(place).pk))
            Charge.objects.create(leader=leaders[leader], organization=where(place), **fact(span))
    used = {person.pk for person in linked if person}
    for place, person, is_late in world["grants"]:
        own = people[person] if person is not None and people[person].pk not in used else None
        used |= {own.pk} if own else set()
        revoked_at = at - datetime.timedelta(days=1) if is_late else None
        RoleGrantFactory(user=UserFactory(member=own), role=Role.SECRETARY, organization=where(place), revoked_at=revoked_at)
    for person, span in dict(world["excused"]).items():
        Exemption.objects.create(member=people[person], kind="ill", **fact(span))
    Member.objects.filter(pk__in=[people[person].pk for person in world["marked"]]).update(
        is_exempt=True, exempt_reason="年老体弱"
    )
    for of_member, place, (day, _ends, is_known) in world["reviews"]:
        subject = {"member": people[place], "organization": root} if of_member else {"organization": where(place)}
        ReviewFactory(campaign=campaign, happened_on=day, recorded_at=moment(is_known), **subject)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(world=worlds)
def test_every_organisation_and_member_is_covered_as_the_rule_says(world, reading, campaign, root, at):
    with forgotten():
        write(world, campaign, root, at)
        found = pairs_of(reading)
        assert found == DutyOracle(reading, root).duties()
        for (_kind, _organization, member), (who, _state) in found.items():
            assert who is None or who != ("member", member)  # nobody owes themselves
        assert numbers_of(reading) == Counter(
            (kind, organization, who, state) for (kind, organization, _member), (who, state) in found.items()
        )

"""A joint activity counts once for each partner that has confirmed, with its own numbers, from the moment of that on."""
from datetime import timedelta

import pytest

from campaign.domain.activities import ActivityFacts, confirm_part, log_activity
from campaign.models import ActivityPart
from evaluations.domain.coverage import coverage_rows
from evaluations.domain.measures import Reading, measure_of
from tests.evaluations.domain.measured import rows_of
from tests.factories.campaign import ActivityKindFactory


@pytest.fixture
def joint(campaign, branch, tree, secretary, at, today):
    facts = ActivityFacts(
        kind=ActivityKindFactory(), title="联合走访", text="一起走访。", happened_on=today, present=4, expected=5, codes=("G1",),
        partners=(tree.institution_branch, tree.society),
    )
    return log_activity(branch, facts, campaign=campaign, by=secretary, at=at)


@pytest.fixture
def confirmed(joint, tree, outsider, at):
    part = ActivityPart.objects.select_related("activity", "organization").get(organization=tree.institution_branch)
    return confirm_part(part, present=2, expected=3, by=outsider, at=at + timedelta(minutes=5))


@pytest.fixture
def read(campaign, at, today):
    """Numbers of a measure: {organisation or member: [(numerator, denominator)]}."""
    span = {"campaign": (campaign.starts_on.isoformat(), today.isoformat())}

    def make(name, subjects, *, track="organization", later=timedelta(hours=1), **parameters):
        reading = Reading(campaign.pk, today, at + later, span)
        measure = measure_of(name, {"window": "campaign", **parameters}, track=track, criterion_code="G1")
        return rows_of(measure, reading, subjects)

    return make


def test_each_partner_counts_with_its_own_numbers_once_it_has_confirmed(read, confirmed, tree):
    asked = [tree.organ_branch, tree.institution_branch, tree.society, tree.organ_branch_2]
    assert read("took_part", asked) == {tree.organ_branch: [(4, 5)], tree.institution_branch: [(2, 3)]}
    assert read("reached", asked, target=1) == {tree.organ_branch: [(1, 0)], tree.institution_branch: [(1, 0)]}


def test_an_earlier_moment_does_not_see_the_confirmation(read, confirmed, tree):
    asked = [tree.organ_branch, tree.institution_branch]
    assert read("took_part", asked, later=timedelta(minutes=1)) == {tree.organ_branch: [(4, 5)]}


def test_another_criterion_is_not_served(campaign, read, confirmed, tree):
    confirmed.criteria.update(code="G9")
    assert read("reached", [tree.organ_branch, tree.institution_branch], target=1) == {}


def test_a_partners_member_counts_with_the_own_attendance(read, joint, tree, outsider, at):
    people = tree.members[tree.institution_branch.pk]
    part = ActivityPart.objects.select_related("activity", "organization").get(organization=tree.institution_branch)
    confirm_part(part, present=2, expected=3, absent=frozenset({people[0].pk}), by=outsider, at=at)
    assert read("took_part", people, track="member") == {people[0]: [(0, 1)], people[1]: [(1, 1)], people[2]: [(1, 1)]}


def test_the_partners_unit_is_not_silent(campaign, root, leader, confirmed, tree, today):
    days = {row.organization: row.last_activity_on for row in coverage_rows(leader, campaign=campaign, below=root, on=today)}
    assert (days[tree.organ], days[tree.institution], days[tree.society]) == (today, today, None)

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.domain.quotas import allowances, both_roundings, share
from evaluations.enums import AwardKind, QuotaBasis
from tests.factories.evaluations import AwardRoundFactory, QuotaFactory
from tests.factories.units import MemberFactory, PostFactory
from units.enums import Category, MemberStatus, OrganizationKind, PostKind
from units.models import Organization


@pytest.fixture
def round(campaign):
    return AwardRoundFactory(campaign=campaign)


def allowance(round, **quota):
    QuotaFactory(round=round, **quota)
    (found,) = allowances(round)
    return found


@pytest.mark.parametrize(
    "count, hundredths, expected", [(35, 1000, 4), (34, 1000, 3), (0, 1000, 0), (7, 750, 1), (6, 750, 0), (5, 10000, 5)]
)
def test_share_is_rounded_half_up(count, hundredths, expected):
    assert share(count, hundredths) == expected


def test_the_two_roundings_of_a_real_case_are_17_and_16():
    assert both_roundings([25, 15, 120], 1_000) == (17, 16)  # 2.5, 1.5 and 12: 3 + 2 + 12; 160 members: 16


@given(st.lists(st.integers(0, 500), max_size=30), st.integers(0, 10_000))
def test_roundings_differ_by_half_a_person_per_branch_at_most(counts, hundredths):
    by_branch, of_total = both_roundings(counts, hundredths)
    assert 2 * abs(by_branch - of_total) <= len(counts) + 1
    assert both_roundings(list(reversed(counts)), hundredths) == (by_branch, of_total)


def test_number_is_what_it_says(round):
    found = allowance(round, kind=AwardKind.MEMBER, category=Category.ORGAN, basis=QuotaBasis.NUMBER, value=12)
    assert (found.by_branch, found.of_total, found.limit, found.units) == (12, 12, 12, ())


def test_share_counts_full_members_of_the_category_branch_by_branch(round, tree):
    MemberFactory(organization=tree.organ_branch, status=MemberStatus.PROBATIONARY)
    MemberFactory(organization=tree.organ_branch_2, full_on=datetime.date(2011, 4, 1))  # after the cut-off day
    found = allowance(round, kind=AwardKind.MEMBER, category=Category.ORGAN, basis=QuotaBasis.PERCENT, value=1_000)
    assert (found.eligible, found.by_branch, found.of_total, found.limit) == (8, 1, 1, 1)  # 5 and 3: 0.5 → 1, 0.3 → 0
    assert found.units == ((tree.organ, 8, 1),)


def test_share_of_affairs_workers_counts_holders_of_posts(round, tree):
    PostFactory(member=tree.members[tree.organ_branch.pk][1], kind=PostKind.ORGANIZER)
    found = allowance(round, kind=AwardKind.AFFAIRS_WORKER, category=Category.ORGAN, basis=QuotaBasis.PERCENT, value=5_000)
    assert (found.eligible, found.by_branch, found.of_total) == (3, 2, 2)  # 2 and 1: 1 and 0.5 → 1; 1.5 → 2


def test_share_of_organisations_counts_primary_ones_by_unit(round, tree):
    Organization.objects.filter(pk=tree.organ_branch_2.pk).update(kind=OrganizationKind.GROUP)
    found = allowance(round, kind=AwardKind.ORGANIZATION, category=Category.ORGAN, basis=QuotaBasis.PERCENT, value=5_000)
    assert (found.eligible, found.of_total) == (2, 1)


@pytest.mark.parametrize("branches", [1, 3])
def test_queries_do_not_grow_with_the_tree(round, tree, branches, django_assert_num_queries):
    for _number in range(branches):
        MemberFactory(organization=tree.organ_branch)
    for kind in AwardKind.values:
        QuotaFactory(round=round, kind=kind, basis=QuotaBasis.PERCENT, value=1_000)
    round.campaign.organization  # noqa: B018
    with django_assert_num_queries(4):
        assert len(allowances(round)) == 3

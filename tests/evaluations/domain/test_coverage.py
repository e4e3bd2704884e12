"""Coverage: the unit answers for its branches, only inside one category, only what the reader may see."""
from datetime import date, timedelta

import pytest

from evaluations.domain import coverage
from evaluations.enums import AppraisalSheet
from evaluations.models import Appraisal, AppraisalTurnout
from tests.factories.campaign import (
    ActivityFactory,
    CampaignFactory,
    RectificationClosingFactory,
    RectificationFactory,
    noon,
)
from tests.factories.evaluations import AppraisalFactory, ReviewFactory
from tests.factories.units import OrganizationFactory


@pytest.fixture
def campaign(root):
    return CampaignFactory(organization=root)


def rows_of(user, campaign, below, on):
    return {row.organization.name: row for row in coverage.coverage_rows(user, campaign=campaign, below=below, on=on)}


def cells(user, campaign, below, on):
    rows = coverage.coverage_rows(user, campaign=campaign, below=below, on=on)
    return {
        line.category: {cell.measure: (cell.numerator, cell.denominator) for cell in line.cells}
        for line in coverage.by_category(rows, on=on)
    }


def test_activity_of_a_branch_counts_for_its_unit(campaign, root, unit, branch, leader, today):
    ActivityFactory(campaign=campaign, organization=branch, happened_on=today - timedelta(days=29))
    row = rows_of(leader, campaign, root, today)[unit.name]
    assert (row.last_activity_on, row.silent_days, row.has_activity) == (date(2011, 5, 12), 29, True)
    assert cells(leader, campaign, root, today)["organ"]["activity"] == (1, 1)


def test_thirty_days_are_silence(campaign, root, unit, branch, leader, today):
    ActivityFactory(campaign=campaign, organization=branch, happened_on=today - timedelta(days=30))
    rows = coverage.coverage_rows(leader, campaign=campaign, below=root, on=today)
    assert unit.name in {row.organization.name for row in coverage.gaps(rows, "activity")}


def test_never_comes_before_long_ago(campaign, root, tree, leader, today):
    ActivityFactory(campaign=campaign, organization=tree.organ_branch, happened_on=today - timedelta(days=60))
    rows = coverage.coverage_rows(leader, campaign=campaign, below=root, on=today)
    assert [row.organization.name for row in coverage.gaps(rows, "activity")][-1] == tree.organ.name


def test_withdrawn_activity_does_not_count(campaign, root, unit, branch, leader, today, at):
    ActivityFactory(campaign=campaign, organization=branch, happened_on=today, superseded_at=at, recorded_at=at)
    assert rows_of(leader, campaign, root, today)[unit.name].last_activity_on is None


def test_review_of_the_unit_counts_and_of_a_member_does_not(campaign, root, tree, leader, branch_members, today):
    ReviewFactory(campaign=campaign, organization=tree.organ, reviewer=leader, happened_on=date(2011, 3, 1))
    ReviewFactory(
        campaign=campaign, organization=tree.society, reviewer=leader, happened_on=date(2011, 3, 1),
        member=tree.members[tree.society.pk][0],
    )
    ReviewFactory(campaign=campaign, organization=tree.institution, reviewer=leader, happened_on=date(2010, 12, 30))
    found = cells(leader, campaign, root, today)
    assert {category: found[category]["review"] for category in found} == {
        "organ": (1, 1), "institution": (0, 1), "society": (0, 1),
    }


def test_turnout_counts_confirmed_sheets_of_both_audiences(campaign, root, tree, leader, office, secretary, today, at):
    for confirmed in (True, False):
        sheet = Appraisal.objects.create(
            campaign=campaign, organization=tree.organ, title="评议", sheet=AppraisalSheet.ORGANIZATION,
            happened_on=date(2011, 5, 20), recorded_at=at, recorded_by=secretary,
            confirmed_by=office if confirmed else None, confirmed_at=at if confirmed else None,
        )
        AppraisalTurnout.objects.create(appraisal=sheet, audience="members", issued=40, returned=38)
        AppraisalTurnout.objects.create(appraisal=sheet, audience="masses", issued=60, returned=48)
    assert cells(leader, campaign, root, today)["organ"]["turnout"] == (86, 100)


def test_an_appraisal_of_which_too_few_sheets_came_back_is_in_no_sum(campaign, root, tree, leader, today):
    """Four of ten: neither they alone nor the difference of two sums may tell that number; none at all may be told."""
    AppraisalFactory(campaign=campaign, organization=tree.organ, turnout=(40, 38))
    AppraisalFactory(campaign=campaign, organization=tree.organ_branch, turnout=(10, 4))
    AppraisalFactory(campaign=campaign, organization=tree.institution, turnout=(10, 0))
    found = cells(leader, campaign, root, today)
    assert (found["organ"]["turnout"], found["institution"]["turnout"]) == ((38, 40), (0, 10))


def test_rectification_on_time_needs_a_closing_by_its_day(campaign, root, tree, leader, today):
    for closed_on in (date(2011, 4, 30), date(2011, 5, 2), None):
        item = RectificationFactory(campaign=campaign, organization=tree.organ_branch, due_on=date(2011, 4, 30))
        if closed_on:
            RectificationClosingFactory(rectification=item, happened_on=closed_on, recorded_at=noon(closed_on))
    RectificationFactory(campaign=campaign, organization=tree.organ_branch, due_on=today + timedelta(days=1))
    assert cells(leader, campaign, root, today)["organ"]["rectification"] == (1, 3)


def test_committee_sees_its_branches_only(campaign, unit, branch, committee, tree, today):
    assert set(rows_of(committee, campaign, unit, today)) == {branch.name, tree.organ_branch_2.name}
    assert set(rows_of(committee, campaign, tree.root, today)) == {unit.name}


def test_low_figure_is_marked_per_measure():
    assert coverage.Cell("activity", 12, 18).is_low
    assert not coverage.Cell("activity", 27, 31).is_low
    assert coverage.Cell("review", 9, 18).is_low
    assert not coverage.Cell("turnout", 0, 0).is_low


@pytest.mark.parametrize("more", [1, 3])
def test_seven_queries_for_any_number_of_units(more, campaign, root, leader, today, django_assert_num_queries):
    for _number in range(more):
        unit = OrganizationFactory(parent=root)
        ActivityFactory(campaign=campaign, organization=unit)
    list(leader.current_grants)
    with django_assert_num_queries(7):
        coverage.coverage_rows(leader, campaign=campaign, below=root, on=today)


def test_half_years_and_months():
    assert coverage.half_year(date(2011, 6, 30)) == (date(2011, 1, 1), date(2011, 6, 30))
    assert coverage.half_year(date(2011, 7, 1)) == (date(2011, 7, 1), date(2011, 12, 31))
    assert coverage.months_back(date(2011, 1, 31), 3) == [date(2010, 11, 1), date(2010, 12, 1), date(2011, 1, 1)]

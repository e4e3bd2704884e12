"""What `satisfied` counts: exactly the cells that the appraisal's own result shows, so that no line of a score tells more."""
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations.domain.appraisal_figures import WHOLE, item_rows
from evaluations.domain.measures import Reading, measure_of
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, Audience, SatisfactionFormula
from evaluations.enums import MeasureName as M
from evaluations.models import AppraisalCount, AppraisalTurnout
from tests.evaluations.domain.measured import rows_of
from tests.factories.campaign import CampaignFactory
from tests.factories.evaluations import AppraisalFactory, standard_bands
from tests.factories.scoring import criterion_with, lines_of, run_scores


@pytest.fixture
def campaign(root):
    made = CampaignFactory(organization=root)
    standard_bands(made)
    return made


def line_of(campaign, branch, **parameters):
    """(numerator, denominator) of the only line."""
    criterion_with(campaign, (M.SATISFIED, 100, parameters), code="G5", weight=100, title="群众反映好")
    (line,) = lines_of(run_scores(campaign), branch).values()
    return line.numerator, line.denominator


def set_item(appraisal, item, **counts):
    appraisal.counts.filter(item=item, audience=Audience.MEMBERS).update(
        **{"satisfied": 0, "fairly": 0, "basically": 0, "dissatisfied": 0, "unknown": 0} | counts
    )


@pytest.mark.parametrize(("dissatisfied", "counted"), [(4, (40, 40)), (5, (40, 45))])
def test_an_item_with_fewer_than_five_answers_is_left_out(campaign, branch, dissatisfied, counted):
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    set_item(appraisal, "org_building", dissatisfied=dissatisfied, unknown=10 - dissatisfied)

    assert line_of(campaign, branch, formula="top2") == counted


def test_one_audience_is_left_out_where_the_other_could_be_worked_out(campaign, branch):
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    AppraisalCount.objects.create(appraisal=appraisal, item="org_building", audience=Audience.MASSES, dissatisfied=4)

    assert line_of(campaign, branch, formula="top2", audience="members") == (40, 40)


def test_both_audiences_together_are_counted_where_one_is_small(campaign, branch):
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    AppraisalCount.objects.create(appraisal=appraisal, item="org_building", audience=Audience.MASSES, dissatisfied=4)

    assert line_of(campaign, branch, formula="top2", audience="all") == (50, 54)


def test_nothing_to_count_is_not_a_zero(campaign, branch):
    AppraisalFactory(campaign=campaign, organization=branch, grades=(4, 0, 0, 0, 6))

    assert line_of(campaign, branch, formula="top2") == (0, 0)


# Who else answered decides what is shown of an audience --------------------------------------------
def asked_too(appraisal, audience, *, returned=20, **counts):
    """Another audience of the sheet, with `counts` for 党组织和党员队伍建设 only."""
    AppraisalTurnout.objects.create(appraisal=appraisal, audience=audience, issued=20, returned=returned)
    AppraisalCount.objects.create(appraisal=appraisal, item="org_building", audience=audience, **counts)


def test_four_who_only_said_that_they_do_not_know_take_the_others_out(campaign, branch):
    """All minus the members would tell what the four said: nothing."""
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    asked_too(appraisal, Audience.MASSES, unknown=4)

    assert line_of(campaign, branch, formula="top2", audience="members") == (40, 40)


def test_of_three_audiences_the_next_smallest_goes_with_the_small_one(campaign, branch):
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    asked_too(appraisal, Audience.MASSES, dissatisfied=4)
    asked_too(appraisal, Audience.SERVED, fairly=6)

    assert line_of(campaign, branch, formula="top2", audience="members") == (50, 50)


@pytest.mark.parametrize(("audience", "counted"), [("served", (0, 0)), ("masses", (0, 0)), ("all", (56, 60))])
def test_what_is_hidden_counts_for_nobody(campaign, branch, audience, counted):
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    asked_too(appraisal, Audience.MASSES, dissatisfied=4)
    asked_too(appraisal, Audience.SERVED, fairly=6)

    assert line_of(campaign, branch, formula="top2", audience=audience) == counted


def test_two_small_audiences_that_are_enough_together_hide_nobody_else(campaign, branch):
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    asked_too(appraisal, Audience.MASSES, dissatisfied=4)
    asked_too(appraisal, Audience.SERVED, fairly=4)

    assert line_of(campaign, branch, formula="top2", audience="members") == (50, 50)


def test_of_two_equal_ones_the_one_that_the_page_hides_is_left_out(campaign, branch):
    """Ten members and ten of the masses: the page hides the first by its key beside three of the staff."""
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    asked_too(appraisal, Audience.MASSES, satisfied=10)
    asked_too(appraisal, Audience.STAFF, satisfied=3)

    assert line_of(campaign, branch, formula="top2", audience="members") == (50, 50)


@pytest.mark.parametrize(("returned", "counted"), [(3, (0, 0)), (5, (50, 50))])
def test_a_turnout_that_the_page_hides_makes_no_audience_valid(campaign, branch, returned, counted):
    """Three sheets of the masses came back empty: that they came is not shown, so neither is that the members' sheets did."""
    appraisal = AppraisalFactory(campaign=campaign, organization=branch)
    AppraisalTurnout.objects.create(appraisal=appraisal, audience=Audience.MASSES, issued=20, returned=returned)

    assert line_of(campaign, branch, formula="top2", audience="members") == counted


def test_each_member_is_judged_by_what_is_shown_of_that_member(campaign, branch, branch_members, at, today):
    appraisal = AppraisalFactory(campaign=campaign, organization=branch, sheet=AppraisalSheet.MEMBER)
    AppraisalTurnout.objects.create(appraisal=appraisal, audience=Audience.MASSES, issued=20, returned=20)
    first, second = branch_members[:2]
    for member, audience, counts in (
        (first, Audience.MEMBERS, {"satisfied": 10}), (first, Audience.MASSES, {"unknown": 4}),
        (second, Audience.MEMBERS, {"satisfied": 7, "dissatisfied": 3}),
    ):
        AppraisalCount.objects.create(
            appraisal=appraisal, member=member, item="member_duties", audience=audience, **counts
        )
    reading = Reading(campaign.pk, today, at, {})
    for audience, counted in (("members", {second: [(7, 10)]}), ("all", {first: [(10, 10)], second: [(7, 10)]})):
        measure = measure_of("satisfied", {"formula": "top2", "audience": audience}, track="member")
        assert rows_of(measure, reading, branch_members) == counted


TALLIES = st.tuples(*[st.integers(0, 4)] * 5)
EACH = st.dictionaries(st.sampled_from(Audience.values), st.lists(TALLIES, min_size=2, max_size=2), min_size=1)
NAMES = ("satisfied", "fairly", "basically", "dissatisfied", "unknown")
ITEMS = SHEET_ITEMS[AppraisalSheet.ORGANIZATION][:2]


class Undone(Exception):
    """Takes an example back."""


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(each=EACH)
def test_a_line_is_the_sum_of_the_cells_that_the_page_shows(campaign, branch, at, today, each):
    """Random answers of one to five audiences to two items: whoever is asked about, the numbers are those of the page."""
    reading = Reading(campaign.pk, today, at, {})
    try:
        with transaction.atomic():
            appraisal = AppraisalFactory(campaign=campaign, organization=branch, turnout=(0, 0))
            appraisal.counts.all().delete()
            appraisal.turnouts.all().delete()
            AppraisalTurnout.objects.bulk_create(
                AppraisalTurnout(appraisal=appraisal, audience=audience, issued=20, returned=20) for audience in each
            )
            AppraisalCount.objects.bulk_create(
                AppraisalCount(appraisal=appraisal, item=item, audience=audience, **dict(zip(NAMES, tally, strict=True)))
                for audience, tallies in each.items() for item, tally in zip(ITEMS, tallies, strict=True)
            )
            rows = item_rows(appraisal.counts.all(), ITEMS, SatisfactionFormula.TOP2)
            for audience in (WHOLE, *Audience.values):
                shown = [cell.fraction for row in rows for cell in row.cells if cell.group == audience and cell.is_shown]
                measure = measure_of("satisfied", {"formula": "top2", "audience": audience}, track="organization")
                counted = rows_of(measure, reading, [branch]).get(branch, [])
                assert counted == ([tuple(map(sum, zip(*shown, strict=True)))] if shown else [])
            raise Undone
    except Undone:
        pass

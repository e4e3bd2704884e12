"""What `satisfied` counts: no line of a score tells what the appraisal's own result hides."""
import pytest

from evaluations.enums import Audience
from evaluations.enums import MeasureName as M
from evaluations.models import AppraisalCount
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

"""From facts to points: the worked example of 3-scoring.md, and what each part of the arithmetic promises."""

import pytest

from evaluations.enums import MeasureName as M
from tests.factories.campaign import ActivityFactory, CampaignFactory, CommitmentFactory, CommitmentOutcomeFactory
from tests.factories.evaluations import standard_bands
from tests.factories.scoring import criterion_with, lines_of, run_scores, score_of


@pytest.fixture
def campaign(root):
    made = CampaignFactory(organization=root)
    standard_bands(made)
    return made


def commitments(campaign, organization, *outcomes):
    """One due commitment of the organisation for each outcome; None is a commitment nobody judged."""
    for outcome in outcomes:
        commitment = CommitmentFactory(campaign=campaign, organization=organization)
        if outcome:
            CommitmentOutcomeFactory(commitment=commitment, outcome=outcome)


def test_worked_example_of_the_contract(campaign, branch):
    criterion_with(
        campaign, (M.TOOK_PART, 40, {}), (M.KEPT, 35, {}), (M.SATISFIED, 25, {}), code="G2", weight=20, title="党员队伍好"
    )
    criterion_with(campaign, (M.REACHED, 100, {"target": 1}), code="G4", weight=80, title="工作业绩好")
    ActivityFactory(campaign=campaign, organization=branch, expected=96, present=83)
    commitments(campaign, branch, "kept", "kept", "kept", "partly", "broken")

    run = run_scores(campaign)

    lines = lines_of(run, branch)
    assert [(line.points_available, line.numerator, line.denominator, line.points) for line in lines.values()] == [
        (533_333, 83, 96, 461_111), (466_667, 7, 10, 326_667), (0, 0, 0, 0), (1_000_000, 0, 1, 0),
    ]
    assert lines["G2-1"].points + lines["G2-2"].points == 787_778
    assert score_of(run, branch).total == 157_556

"""An import that was scored since stays."""
from datetime import timedelta

import pytest

from evaluations.domain.import_undo import refuse_what_was_scored
from evaluations.enums import MeasureName as M
from tests.factories.campaign import ActivityFactory, CampaignFactory
from tests.factories.evaluations import standard_bands
from tests.factories.scoring import criterion_with, run_scores
from tests.factories.units import MemberFactory
from units.domain.import_undo import CannotUndo

REFUSAL = "^导入以后已经按这些党组织和党员计过分，不能撤销。请逐条更正。$"


@pytest.fixture
def scored(root, branch):
    """A run over one branch with one member and one activity; returns (branch, member)."""
    campaign = CampaignFactory(organization=root)
    standard_bands(campaign)
    criterion_with(campaign, (M.REACHED, 100, {"target": 1}))
    member = MemberFactory(organization=branch)
    ActivityFactory(campaign=campaign, organization=branch)
    run_scores(campaign)
    return branch, member


@pytest.mark.parametrize("kind", ["organization", "member"])
def test_what_was_scored_since_cannot_be_undone(scored, at, kind):
    branch, member = scored
    made = {"organization": [], "member": []} | {kind: [branch.pk if kind == "organization" else member.pk]}

    with pytest.raises(CannotUndo, match=REFUSAL):
        refuse_what_was_scored(made, applied_at=at - timedelta(hours=1))


def test_an_earlier_run_and_other_rows_do_not_matter(scored, at):
    branch, member = scored

    refuse_what_was_scored({"organization": [branch.pk], "member": [member.pk]}, applied_at=at + timedelta(hours=1))
    refuse_what_was_scored({"organization": [0], "member": [0]}, applied_at=at - timedelta(hours=1))

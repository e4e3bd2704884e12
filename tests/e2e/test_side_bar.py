"""Every page that a side bar leads to, for every role, with a few records on it: accessible and not too wide."""
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from campaign.models import Rectification
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import campaign as campaign_makers
from tests.factories import evaluations as evaluation_makers
from units.navigation import NAVIGATION

CAST = {"audit": "auditor"}  # where the cast calls a role by another word


@pytest.fixture
def some_records(campaign, branch, branch_members, office, leader):
    """One of each thing a list shows, in `branch` and around it."""
    task = campaign_makers.TaskFactory(plan__campaign=campaign, plan__organization=branch)
    campaign_makers.ActivityFactory(
        campaign=campaign, organization=branch, task=task, roster=dict.fromkeys(branch_members, True)
    )
    campaign_makers.CommitmentFactory(campaign=campaign, organization=branch)
    campaign_makers.CommitmentFactory(campaign=campaign, member=branch_members[1])
    problem = evaluation_makers.ReviewProblemFactory(
        review__campaign=campaign, review__organization=branch, review__reviewer=leader
    )
    problem.rectification = campaign_makers.RectificationFactory(campaign=campaign, organization=branch)
    problem.save()
    evaluation_makers.AppraisalFactory(campaign=campaign, organization=branch)
    evaluation_makers.MarkingFactory(campaign=campaign, organization=branch, assessor=office)
    evaluation_makers.standard_bands(campaign)
    criterion = campaign_makers.CriterionFactory(campaign=campaign, code="G1")
    evaluation_makers.IndicatorFactory(campaign=campaign, criterion_code=criterion.code)
    evaluation_makers.ScoringRunFactory(campaign=campaign)
    round = evaluation_makers.AwardRoundFactory(campaign=campaign)
    evaluation_makers.NominationFactory(round=round, member=branch_members[2])
    campaign_makers.ReminderFactory(recipient=office)
    assert Rectification.objects.count() == 1


def pages(user):
    """The addresses of a user's side bar, each once, and those that stand in the header of every page."""
    grant = user.main_grant
    urls = [page.url(user, grant) for group in NAVIGATION[grant.role] for entry in group.entries for page in entry.pages]
    return sorted({url for url in urls if url} | {reverse("inbox"), reverse("help")})


@pytest.mark.parametrize("role", sorted(NAVIGATION))
def test_every_page_of_the_side_bar_is_accessible(request, role, some_records, desktop, sign_in, axe, fits, shoot):
    user = request.getfixturevalue(CAST.get(role, role))
    sign_in(desktop, user)
    for url in pages(user):
        desktop.set_viewport_size(DESKTOP)
        answer = desktop.goto(url)
        assert answer.status == 200, f"{role} gets {answer.status} from {url}"
        expect(desktop.locator("h1")).to_have_count(1)
        for size in (DESKTOP, PHONE):
            desktop.set_viewport_size(size)
            axe(desktop)
            fits(desktop)
            shoot(desktop, f"{role}-{url.strip('/').replace('/', '-') or 'home'}")

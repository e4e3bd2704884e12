"""A campaign that follows another: the same rules under its own name, and no commitment counted in both."""
import datetime

import pytest

from campaign.domain.carry_over import carry_over
from campaign.enums import CampaignState
from campaign.models import Campaign, Commitment, Criterion
from evaluations.domain.campaign_setup import NotEarlier, set_up_whole_campaign
from evaluations.domain.digests import inputs_digest
from evaluations.domain.measures import Reading, measure_of
from evaluations.models import Band, Gate, Indicator, SheetItem
from tests.evaluations.domain.measured import rows_of
from tests.factories.campaign import CommitmentFactory
from tests.factories.evaluations import ScoringRunFactory

RULES = (Criterion, Indicator, SheetItem, Gate, Band)
FIRST = datetime.date(2013, 3, 1)


@pytest.fixture
def earlier(root, office, at):
    return set_up_whole_campaign(
        organization=root, code="first", title="第一个", starts_on=datetime.date(2010, 4, 6), by=office, at=at
    )


def set_up(root, office, at, **fields):
    return set_up_whole_campaign(organization=root, code="second", title="第二个", by=office, at=at, **fields)


def content(model, campaign):
    hidden = {"id", "lineage", "campaign_id", "recorded_at", "supersedes_id", "change_reason"}
    rows = model.objects.standing().filter(campaign=campaign).order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in hidden} for row in rows]


def test_the_rules_are_those_of_the_earlier_one_in_versions_of_its_own(root, unit, earlier, office, at):
    Criterion.objects.filter(campaign=earlier, code="G1").update(title="班子过硬", recorded_by=office)
    Indicator.objects.filter(campaign=earlier, code="G1-2").update(organization=unit)
    second = set_up(root, office, at, starts_on=FIRST, follows=earlier)
    assert second.follows == earlier and content(Criterion, second)[0]["title"] == "班子过硬"
    for model in RULES:
        assert content(model, second) == content(model, earlier)
        lineages = set(model.objects.values_list("lineage", flat=True))
        assert len(lineages) == model.objects.count()


def test_one_follows_only_what_began_earlier(root, earlier, office, at):
    with pytest.raises(NotEarlier) as refused:
        set_up(root, office, at, starts_on=earlier.starts_on, follows=earlier)
    assert (refused.value.message, refused.value.field) == ("请选比新活动早开始的活动。", "follows")
    assert Campaign.objects.count() == 1


def measured(campaign, branch, as_of, known_at):
    """[(halves kept, halves due)] of the branch."""
    rules = {"indicators": [{"measure": "kept"}], "gates": []}
    run = ScoringRunFactory(campaign=campaign, as_of=as_of, known_at=known_at, rules=rules)
    measure = measure_of("kept", {"of": "all"}, track="organization", criterion_code="G1")
    return rows_of(measure, Reading(campaign.pk, as_of, known_at, {}), [branch]).get(branch, []), inputs_digest(run)


def test_a_carried_commitment_counts_in_one_campaign_at_a_time(root, branch, earlier, office, at, today):
    Campaign.objects.filter(pk=earlier.pk).update(state=CampaignState.CLOSED)
    CommitmentFactory(campaign=earlier, organization=branch, due_on=datetime.date(2011, 5, 31))
    second = set_up(root, office, at, starts_on=datetime.date(2011, 6, 1), follows=earlier)
    Campaign.objects.filter(pk=second.pk).update(state=CampaignState.OPEN)
    later, eve = at + datetime.timedelta(days=60), today - datetime.timedelta(days=1)
    before = measured(earlier, branch, eve, later)
    new_day = datetime.date(2011, 6, 30)
    carry_over(Campaign.objects.get(pk=second.pk), earlier, new_day=new_day, by=office, at=at, on=today)
    assert measured(earlier, branch, eve, later) == before and before[0] == [(0, 2)]
    assert measured(earlier, branch, today, later)[0] == []
    assert measured(earlier, branch, new_day, at - datetime.timedelta(hours=1))[0] == [(0, 2)]  # as it was then known
    assert measured(second, branch, today, later)[0] == []
    assert measured(second, branch, new_day, later)[0] == [(0, 2)]
    assert Commitment.objects.count() == 2

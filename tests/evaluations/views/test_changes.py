"""What has changed since the last visit: every kind of record once, only what the reader may see, flat queries."""
from datetime import timedelta

import pytest

from evaluations.domain.changes import SOURCES
from tests.factories.campaign import (
    ActivityFactory,
    CampaignFactory,
    CommitmentFactory,
    CommitmentOutcomeFactory,
    PhaseFactory,
    PlanFactory,
    RectificationClosingFactory,
    RectificationFactory,
    TaskFactory,
    TaskResultFactory,
)
from tests.factories.evaluations import AppraisalFactory, NominationFactory, ReviewFactory
from tests.factories.polls import draft_poll

JUDGING = {"点评", "提出整改", "整改销号", "评议", "推荐表彰"}


@pytest.fixture
def records(campaign, branch, leader, office, at):
    """`records(moment, organization)` makes a record of each kind."""

    def make(moment=at, organization=branch):
        phase = PhaseFactory(campaign=campaign)
        plan = PlanFactory(campaign=campaign, organization=organization, phase=phase, approved_at=moment)
        TaskResultFactory(task=TaskFactory(plan=plan), recorded_at=moment)
        ActivityFactory(campaign=campaign, organization=organization, recorded_at=moment)
        promise = CommitmentFactory(campaign=campaign, organization=organization, published_at=moment)
        CommitmentOutcomeFactory(commitment=promise, recorded_at=moment)
        ReviewFactory(campaign=campaign, organization=organization, reviewer=leader, recorded_at=moment)
        item = RectificationFactory(campaign=campaign, organization=organization, recorded_at=moment)
        RectificationClosingFactory(rectification=item, recorded_at=moment)
        AppraisalFactory(campaign=campaign, organization=organization, recorded_at=moment, confirmed_at=moment)
        NominationFactory(round__campaign=campaign, organization=organization, nominated_at=moment)

    return make


def told(client, organization, query=""):
    page = client.get(f"/organizations/{organization.pk}/changes/{query}")
    assert page.status_code == 200
    return page.context["changes"]


def test_every_kind_of_record_is_told_once_and_opens(records, branch, leader, client_for):
    records()
    client = client_for(leader)
    changes = told(client, branch)
    assert sorted(str(change.title) for change in changes) == sorted(str(source.title) for source in SOURCES.values())
    assert [client.get(change.url).status_code for change in changes] == [200] * len(SOURCES)


def test_only_from_the_day_on_and_the_newest_first(records, branch, leader, client_for, at):
    records(at - timedelta(days=8))
    records(at - timedelta(days=2))
    records(at)
    client = client_for(leader)
    changes = told(client, branch)
    assert len(changes) == 2 * len(SOURCES) and changes[0].moment == at
    assert len(told(client, branch, f"?since={(at - timedelta(days=1)).date()}")) == len(SOURCES)
    assert len(told(client, branch, f"?since={(at - timedelta(days=8)).date()}")) == 3 * len(SOURCES)
    assert len(told(client, branch, "?since=yesterday")) == 2 * len(SOURCES)


def test_records_of_below_count_and_those_of_others_do_not(records, tree, leader, client_for):
    records(organization=tree.organ_branch_2)
    records(organization=tree.institution_branch)
    assert {change.organization for change in told(client_for(leader), tree.organ)} == {tree.organ_branch_2}


def test_a_member_reads_what_was_done_and_not_how_it_was_judged(records, branch, member, client_for):
    records()
    titles = {str(change.title) for change in told(client_for(member), branch)}
    assert titles == {str(source.title) for source in SOURCES.values()} - JUDGING


def test_another_campaign_and_a_poll_that_runs_are_no_change(records, campaign, branch, root, leader, office, client_for):
    ActivityFactory(campaign=CampaignFactory(organization=root, code="other", state="closed"), organization=branch)
    draft_poll(campaign, branch, by=office)
    assert told(client_for(leader), branch) == []
    assert "这段时间没有新的记录。" in client_for(leader).get(f"/organizations/{branch.pk}/changes/").content.decode()


def test_outside_the_scope_it_is_not_there(branch, outsider, client_for):
    assert client_for(outsider).get(f"/organizations/{branch.pk}/changes/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_same_queries_for_any_number(rows, records, branch, leader, client_for, django_assert_num_queries):
    for _row in range(rows):
        records()
    client = client_for(leader)
    told(client, branch)
    with django_assert_num_queries(18):
        told(client, branch)


def test_the_page_of_the_organisation_counts_since_the_last_visit(records, branch, leader, client_for, stopped_clock, at):
    client = client_for(leader)
    assert "您上次看" not in client.get(branch.get_absolute_url()).content.decode()
    stopped_clock(at + timedelta(days=3))
    records(at - timedelta(days=1))
    assert "您上次看是6月10日，那天以来没有变化。" in client.get(branch.get_absolute_url()).content.decode()
    records(at + timedelta(days=1))
    page = client.get(branch.get_absolute_url()).content.decode()
    assert "您上次看是6月10日，那天以来有" in page and f">{len(SOURCES)} 项变化</a>" in page
    assert f'href="/organizations/{branch.pk}/changes/?since=2011-06-10"' in page
    for _more in range(9):
        records(at + timedelta(days=1))
    assert ">99 项以上变化</a>" in client.get(branch.get_absolute_url()).content.decode()

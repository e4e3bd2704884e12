"""An organisation's page: in scope only, the subtree's figures, what a plain member may read, flat queries."""
from datetime import timedelta

import pytest

from tests.factories.campaign import (
    ActivityFactory,
    CampaignFactory,
    CommitmentFactory,
    CommitmentOutcomeFactory,
    PlanFactory,
    RectificationFactory,
    TaskFactory,
    TaskResultFactory,
)
from tests.factories.evaluations import AppraisalFactory, ReviewFactory


@pytest.fixture
def campaign(root):
    return CampaignFactory(organization=root)


def figures(client_for, user, organization):
    response = client_for(user).get(f"/organizations/{organization.pk}/")
    assert response.status_code == 200
    return {
        section.key: {figure.label: figure.value for figure in section.figures} for section in response.context["sections"]
    }


def test_unit_counts_what_its_branches_did(campaign, unit, branch, leader, client_for):
    ActivityFactory(campaign=campaign, organization=branch, expected=5, present=4)
    ActivityFactory(campaign=campaign, organization=unit, expected=10, present=10)
    assert figures(client_for, leader, unit)["act"] == {"今年活动": "2", "6月至今": "0", "实到/应到人次": "14/15"}
    assert figures(client_for, leader, branch)["act"]["今年活动"] == "1"


def test_tasks_are_on_time_tardy_or_late(campaign, branch, leader, client_for, today):
    plan = PlanFactory(campaign=campaign, organization=branch)
    for days in (0, 3):
        task = TaskFactory(plan=plan, due_on=today - timedelta(days=10))
        TaskResultFactory(task=task, happened_on=task.due_on + timedelta(days=days))
    TaskFactory(plan=plan, due_on=today - timedelta(days=1))
    TaskFactory(plan=plan, due_on=today + timedelta(days=1))
    assert figures(client_for, leader, branch)["plan"] == {
        "全部任务": "4", "已到期": "3", "按期完成": "1", "晚完成": "1", "逾期": "1",
    }


def test_commitments_are_counted_once_however_often_judged(campaign, branch, leader, client_for, at):
    commitment = CommitmentFactory(campaign=campaign, organization=branch, state="judged")
    CommitmentOutcomeFactory(commitment=commitment, outcome="broken", superseded_at=at)
    CommitmentOutcomeFactory(commitment=commitment, outcome="kept")
    assert figures(client_for, leader, branch)["com"] == {
        "公开承诺": "1", "已到期": "1", "兑现": "1", "部分兑现": "0", "未兑现": "0",
    }


def test_late_rectification_is_marked(campaign, branch, leader, client_for, today):
    RectificationFactory(campaign=campaign, organization=branch, due_on=today - timedelta(days=6))
    response = client_for(leader).get(f"/organizations/{branch.pk}/")
    assert "逾期 6 天" in response.content.decode()
    assert figures(client_for, leader, branch)["fix"]["逾期"] == "1"


def test_what_was_called_off_is_neither_due_nor_late(campaign, branch, leader, client_for, today):
    RectificationFactory(campaign=campaign, organization=branch, due_on=today - timedelta(days=6), state="called_off")
    assert set(figures(client_for, leader, branch)["fix"].values()) == {"0"}


def test_plain_member_reads_what_was_done_not_how_it_was_judged(campaign, branch, member, leader, client_for):
    ReviewFactory(campaign=campaign, organization=branch, reviewer=leader)
    assert set(figures(client_for, member, branch)) == {"plan", "act", "com", "listening"}
    assert set(figures(client_for, leader, branch)) == {"plan", "act", "com", "rev", "app", "fix", "award", "listening"}


def test_outside_the_scope_it_does_not_exist(campaign, tree, secretary, committee, outsider, client_for):
    for user, organization in (
        (outsider, tree.organ_branch), (secretary, tree.organ_branch_2), (secretary, tree.organ), (committee, tree.root),
    ):
        assert client_for(user).get(f"/organizations/{organization.pk}/").status_code == 404
    assert client_for(secretary).get("/organizations/999999/").status_code == 404


def test_without_campaign_it_says_so(branch, secretary, client_for):
    text = client_for(secretary).get(f"/organizations/{branch.pk}/").content.decode()
    assert "现在没有进行中的活动。" in text


def test_a_member_gets_no_link_that_refuses(campaign, branch, branch_members, member, unit, client_for):
    page = client_for(member).get(f"/organizations/{branch.pk}/").content.decode()
    assert branch_members[0].name in page  # the secretary
    for address in (branch_members[0].get_absolute_url(), f"/organizations/{branch.pk}/members/", unit.get_absolute_url()):
        assert f'href="{address}"' not in page


def test_the_breadcrumb_leads_to_the_organisation_above(campaign, branch, unit, leader, client_for):
    page = client_for(leader).get(f"/organizations/{branch.pk}/").content.decode()
    assert f'<a href="{unit.get_absolute_url()}">{unit.name}</a>' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_same_queries_for_any_number(rows, campaign, branch, leader, client_for, django_assert_num_queries, today):
    plan = PlanFactory(campaign=campaign, organization=branch)
    for _number in range(rows):
        ActivityFactory(campaign=campaign, organization=branch)
        TaskFactory(plan=plan)
        CommitmentFactory(campaign=campaign, organization=branch)
        RectificationFactory(campaign=campaign, organization=branch)
        ReviewFactory(campaign=campaign, organization=branch, reviewer=leader)
    client = client_for(leader)
    client.get(f"/organizations/{branch.pk}/")
    with django_assert_num_queries(32):
        client.get(f"/organizations/{branch.pk}/")


def test_sheets_of_an_appraisal_with_too_few_are_in_no_sum(campaign, tree, office, client_for):
    """Four of ten came back in one branch: the unit's sum does not tell it, nor does the branch's own."""
    AppraisalFactory(campaign=campaign, organization=tree.organ_branch, turnout=(10, 4))
    AppraisalFactory(campaign=campaign, organization=tree.organ, turnout=(20, 18))
    page = client_for(office).get(f"/organizations/{tree.organ.pk}/").content.decode()
    below = client_for(office).get(f"/organizations/{tree.organ_branch.pk}/").content.decode()
    assert "18/20" in page and "22/30" not in page and "0/0" in below and "4/10" not in below

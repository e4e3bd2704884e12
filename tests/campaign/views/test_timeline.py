"""The timeline page: the frame for everybody of the root, one's own tasks beside it, nothing of another root."""
import datetime

import pytest

from campaign.domain.campaign_template import set_up_campaign
from tests.factories.campaign import CampaignFactory, MilestoneFactory, PhaseFactory, PlanFactory, TaskFactory
from tests.factories.units import OrganizationFactory

PAGE = "/timeline/"


@pytest.fixture
def frame(root, office, at):
    return set_up_campaign(organization=root, code="template", title="创先争优活动", by=office, at=at)


@pytest.mark.parametrize("who", ["secretary", "member", "committee", "office", "leader", "inspector", "outsider"])
def test_everybody_of_the_root_sees_the_frame(request, who, frame, client_for):
    page = client_for(request.getfixturevalue(who)).get(PAGE)
    words = page.content.decode()
    assert page.status_code == 200
    for text in (
        "以民为本、为民解困、为民服务", "做为民先锋，促科学发展", "迎接建党90周年", "健全组织、发挥作用", "领导班子好",
        "带头学习提高",
    ):
        assert text in words


def test_only_the_office_gets_the_way_to_change_it(frame, office, leader, client_for):
    assert "修改方案" in client_for(office).get(PAGE).content.decode()
    assert "修改方案" not in client_for(leader).get(PAGE).content.decode()


def test_a_campaign_of_another_root_does_not_exist(frame, secretary, client_for):
    CampaignFactory(code="elsewhere", organization=OrganizationFactory())
    assert client_for(secretary).get(f"{PAGE}?campaign=elsewhere").status_code == 404


def test_without_a_campaign_the_page_says_so(secretary, client_for):
    assert "还没有活动方案。" in client_for(secretary).get(PAGE).content.decode()


def test_an_older_campaign_can_be_looked_at(frame, root, secretary, client_for):
    CampaignFactory(code="older", title="学习实践活动", organization=root, state="closed")
    words = client_for(secretary).get(f"{PAGE}?campaign=older").content.decode()
    assert "学习实践活动" in words and "创先争优活动（进行中）" in words


def test_a_secretary_counts_the_own_tasks_and_the_office_all(frame, tree, secretary, office, client_for):
    for organization in (tree.organ_branch, tree.society):
        plan = PlanFactory(campaign=frame, organization=organization)
        TaskFactory(plan=plan, title=f"{organization}的任务", due_on=datetime.date(2011, 6, 20))
    own = client_for(secretary).get(PAGE)
    assert [count for _row, _tasks, count in own.context["cards"]] == [(0, 0), (0, 1), (0, 0)]
    assert "办公厅第一党支部的任务" in own.content.decode() and "社会工作协会党支部的任务" not in own.content.decode()
    whole = client_for(office).get(PAGE)
    assert [count for _row, _tasks, count in whole.context["cards"]] == [(0, 0), (0, 2), (0, 0)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    rows, campaign, branch, secretary, client_for, django_assert_num_queries
):
    plan = PlanFactory(campaign=campaign, organization=branch)
    for number in range(rows):
        MilestoneFactory(campaign=campaign, on=datetime.date(2011, 7, 1 + number))
        TaskFactory(plan=plan)
        if number:
            day = datetime.date(2011, 7, 2) + datetime.timedelta(days=number)
            PhaseFactory(campaign=campaign, step=campaign.steps.first(), starts_on=day, ends_on=day)
    browser = client_for(secretary)
    browser.get(PAGE)
    with django_assert_num_queries(18):
        page = browser.get(PAGE)
    assert len(page.context["cards"]) == rows

"""Home pages: each role finds its own, with what waits first, and every figure is a link."""
from datetime import timedelta

import pytest

from campaign.models import ActivityDraft
from tests.factories.campaign import (
    ActivityFactory,
    CampaignFactory,
    CommitmentFactory,
    MilestoneFactory,
    PhaseFactory,
    PlanFactory,
    TaskFactory,
)
from tests.factories.units import UserFactory
from units.models import Charge


@pytest.fixture
def campaign(root):
    campaign = CampaignFactory(organization=root)
    PhaseFactory(campaign=campaign)
    MilestoneFactory(campaign=campaign)
    return campaign


@pytest.fixture
def task(campaign, branch, today):
    plan = PlanFactory(campaign=campaign, organization=branch)
    return TaskFactory(plan=plan, title="窗口服务“少跑一趟”", due_on=today + timedelta(days=5))


def page(client_for, user, url="/"):
    response = client_for(user).get(url)
    assert response.status_code == 200, response
    return response.content.decode()


def test_secretary_sees_the_task_with_its_days_and_button(task, secretary, client_for):
    text = page(client_for, secretary)
    assert "现在要办（2）" in text  # the members of the branch are to be reviewed by the end of the month
    assert "4 名党员本半年还没有点评" in text and "/reviews/duties/?whose=mine" in text
    assert "剩 5 天" in text
    assert f"/activities/new/?task={task.lineage}" in text


def test_late_task_says_by_how_many_days(task, secretary, client_for, stopped_clock, at):
    stopped_clock(at + timedelta(days=11))
    assert "逾期 6 天" in page(client_for, secretary)


def test_secretary_without_work_reads_so(campaign, secretary, client_for, stopped_clock, at):
    stopped_clock(at - timedelta(days=31))
    assert "七天内没有要办的。" in page(client_for, secretary)


def test_own_figures_are_links(campaign, branch, secretary, client_for):
    ActivityFactory(campaign=campaign, organization=branch)
    text = page(client_for, secretary)
    assert f"/activities/?first=2011-04-01&amp;last=2011-06-30&amp;organization={branch.pk}" in text
    assert "1 条" in text


def test_figure_counts_what_its_list_shows(campaign, branch, secretary, client_for):
    for _number in range(3):
        ActivityFactory(campaign=campaign, organization=branch)
    ActivityFactory(campaign=campaign, organization=branch, happened_on=campaign.starts_on)
    listed = page(client_for, secretary, f"/activities/?first=2011-04-01&last=2011-06-30&organization={branch.pk}")
    assert "共 3 条" in listed
    assert ">3 条<" in page(client_for, secretary)


def test_draft_is_found_again_by_its_author_only(campaign, branch, secretary, outsider, client_for, at):
    ActivityDraft.objects.create(author=secretary, organization=branch, data={"text": ["办了三件事"]}, saved_at=at)
    assert "办了三件事" in page(client_for, secretary)
    assert "办了三件事" not in page(client_for, outsider)


def test_office_sees_waiting_plans_and_the_phase(campaign, branch, office, client_for):
    PlanFactory(campaign=campaign, organization=branch, state="submitted", title="争创方案")
    text = page(client_for, office)
    assert "办公厅第一党支部的计划待审" in text
    assert "本阶段各环节" in text
    assert "单位计划已报" in text


def test_leader_sees_gaps_by_name(campaign, leader, client_for):
    text = page(client_for, leader)
    assert "领导看板" in text
    assert "30 天没有活动（3）" in text
    assert "信息中心党委" in text
    assert "3 个单位本半年还没有点评" in text


def test_committee_sees_what_it_owes(campaign, committee, client_for):
    assert "2 个党组织、2 位书记本半年还没有点评" in page(client_for, committee)


def test_member_sees_own_commitment(campaign, branch_members, member, client_for):
    CommitmentFactory(campaign=campaign, member=member.member, text="经办事项当天回复")
    text = page(client_for, member)
    assert "经办事项当天回复" in text


@pytest.mark.parametrize("role, url", [("system", "/accounts/"), ("security", "/roles/"), ("auditor", "/history/")])
def test_administrators_go_to_their_lists(role, url, request, client_for):
    assert client_for(request.getfixturevalue(role)).get("/").url == url


def test_account_without_role_reads_whom_to_ask(db, client_for):
    assert "您的账号还没有角色。请联系安全管理员开通。" in page(client_for, UserFactory())


def test_no_campaign_is_no_error(tree, secretary, office, leader, member, client_for):
    for user in (secretary, office, leader, member):
        page(client_for, user)


def test_coverage_opens_to_names(campaign, leader, client_for):
    text = page(client_for, leader, "/coverage/activity/?category=organ")
    assert "办公厅党总支" in text
    assert "信息中心党委" not in text
    assert client_for(leader).get("/coverage/login_count/").status_code == 404


@pytest.mark.parametrize(
    ("measure", "sentence"), [("turnout", "本半年还没有核对过的评议（1）"), ("rectification", "本半年没有到期的整改（1）")]
)
def test_a_unit_with_nothing_to_count_is_not_called_done(measure, sentence, campaign, leader, client_for):
    text = page(client_for, leader, f"/coverage/{measure}/?category=organ")
    assert sentence in text and "这一类单位现在没有数可算。" in text and "其余的单位" not in text


@pytest.mark.parametrize("url", ["/dashboard/", "/coverage/activity/"])
def test_secretary_and_member_have_no_board(url, secretary, member, client_for):
    for user in (secretary, member):
        response = client_for(user).get(url)
        assert response.status_code == 403
        assert "覆盖情况给领导、单位党委和领导小组办公室看。" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_home_needs_the_same_queries_for_any_number(
    rows, campaign, branch, secretary, client_for, today, django_assert_num_queries
):
    plan = PlanFactory(campaign=campaign, organization=branch)
    for _number in range(rows):
        TaskFactory(plan=plan, due_on=today + timedelta(days=2))
        ActivityFactory(campaign=campaign, organization=branch)
    client = client_for(secretary)
    client.get("/")
    with django_assert_num_queries(49):
        client.get("/")


@pytest.mark.parametrize("rows", [1, 3])
def test_dashboard_needs_the_same_queries_for_any_number(rows, campaign, tree, leader, client_for, django_assert_num_queries):
    for number in range(rows):
        ActivityFactory(campaign=campaign, organization=[tree.organ, tree.institution, tree.society][number])
    client = client_for(leader)
    client.get("/")
    with django_assert_num_queries(29):
        client.get("/")


# The own charge of a leader -------------------------------------------------------------------
def test_a_leader_may_look_at_the_own_charge_alone(campaign, tree, leader, client_for):
    browser = client_for(leader)
    assert browser.get("/").context["ranges"] == []
    Charge.objects.create(leader=leader, organization=tree.organ, starts_on="2011-01-01", recorded_at="2011-01-01T00:00:00Z")
    page = browser.get("/")
    assert [(str(word), number, here) for word, number, _url, here in page.context["ranges"]] == [
        ("我联系的", 1, False), ("全部", 3, True)
    ]
    assert (page.context["unit_count"], browser.get("/?range=mine").context["unit_count"]) == (3, 1)
    names = browser.get("/coverage/review/?range=mine").context
    assert [(row.organization, row.leader) for row in names["missing"]] == [(tree.organ, leader.display_name)]
    assert names["more"] == "&range=mine"

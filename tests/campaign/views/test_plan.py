"""Pages of plans: who sees them, who moves them, what the list puts first."""
import pytest
from django.urls import reverse

from campaign.enums import PlanState
from campaign.models import Plan
from tests.factories.campaign import (
    ActivityFactory,
    CriterionFactory,
    PlanFactory,
    TaskFactory,
    TaskResultFactory,
)
from tests.factories.units import OrganizationFactory, user_with
from units.enums import Role

LIST = "/plans/"


@pytest.fixture
def sibling(tree):
    return user_with(Role.SECRETARY, tree.organ_branch_2, name="邻支部书记")


@pytest.fixture
def plan(campaign, branch):
    made = PlanFactory(campaign=campaign, organization=branch, title="支部的方案", state=PlanState.DRAFT)
    TaskFactory(plan=made, title="走访困难户")
    return made


@pytest.fixture
def submitted(plan):
    Plan.objects.update(state=PlanState.SUBMITTED)
    plan.refresh_from_db()
    return plan


def url(name, plan):
    return reverse(name, args=[plan.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("member", 200), ("committee", 200), ("office", 200), ("leader", 200), ("sibling", 404),
     ("outsider", 404), ("system", 404), ("auditor", 404)],
)
def test_a_plan_exists_for_its_own_line_only(request, who, status, plan, client_for):
    assert client_for(request.getfixturevalue(who)).get(plan.get_absolute_url()).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 302), ("committee", 302), ("office", 403), ("member", 403), ("outsider", 404)]
)
def test_the_writers_hand_it_in(request, who, status, plan, client_for):
    assert client_for(request.getfixturevalue(who)).post(url("plan_submit", plan)).status_code == status
    plan.refresh_from_db()
    assert plan.state == ("submitted" if status == 302 else "draft")


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 403), ("committee", 302), ("office", 302), ("leader", 403), ("outsider", 404)]
)
def test_the_level_above_approves(request, who, status, submitted, client_for):
    assert client_for(request.getfixturevalue(who)).post(url("plan_approve", submitted)).status_code == status
    submitted.refresh_from_db()
    assert submitted.state == ("approved" if status == 302 else "submitted")


def test_the_committees_own_plan_is_the_offices_to_judge(campaign, unit, committee, office, client_for):
    plan = PlanFactory(campaign=campaign, organization=unit, state=PlanState.SUBMITTED)
    refused = client_for(committee).post(url("plan_approve", plan))
    assert (refused.status_code, "计划由上级党委或领导小组办公室审。" in refused.content.decode()) == (403, True)
    assert client_for(office).post(url("plan_approve", plan)).status_code == 302


def test_nobody_judges_what_they_drafted(submitted, committee, client_for):
    Plan.objects.update(created_by=committee)
    refused = client_for(committee).post(url("plan_approve", submitted))
    assert (refused.status_code, "自己起草的计划由别人审。" in refused.content.decode()) == (403, True)


def test_the_tasks_have_a_column_of_steps_only_for_who_can_take_one(submitted, committee, secretary, leader, client_for):
    Plan.objects.update(approved_at=None)
    assert "办理" not in client_for(secretary).get(submitted.get_absolute_url()).content.decode()
    client_for(committee).post(url("plan_return", submitted), {"return_note": "任务要落到人"})
    assert "办理" not in client_for(leader).get(submitted.get_absolute_url()).content.decode()
    assert "办理" in client_for(secretary).get(submitted.get_absolute_url()).content.decode()


def test_giving_back_shows_the_sentence_to_the_secretary(submitted, committee, secretary, client_for):
    client_for(committee).post(url("plan_return", submitted), {"return_note": "任务要落到人"})
    page = client_for(secretary).get(submitted.get_absolute_url()).content.decode()
    assert "任务要落到人" in page and "提交上级审" in page


def test_giving_back_without_a_sentence_is_refused(submitted, committee, client_for):
    page = client_for(committee).post(url("plan_return", submitted), {"return_note": ""}, follow=True)
    assert "请写一句要改什么，再退回。" in page.content.decode()


def test_a_plan_is_drafted_from_what_is_known(campaign, branch, branch_members, secretary, client_for):
    browser = client_for(secretary)
    form = browser.get(reverse("plan_new")).context["form"]
    assert form.initial["responsible"] == branch_members[0]
    sent = {
        "title": "方案", "theme": "主题", "vehicle": "", "phase": "", "responsible": branch_members[0].pk, "nonce": "b" * 32
    }
    first, second = (browser.post(reverse("plan_new"), sent) for _click in range(2))
    plan = Plan.objects.get()
    assert (first.url, second.url) == (plan.get_absolute_url(), plan.get_absolute_url())
    assert (plan.organization, plan.state) == (branch, "draft")


def test_a_second_plan_is_refused_at_the_field(plan, branch_members, secretary, client_for):
    sent = {"title": "方案", "theme": "主题", "vehicle": "", "phase": "", "responsible": branch_members[0].pk}
    page = client_for(secretary).post(reverse("plan_new"), sent)
    assert page.context["form"].errors["phase"] == ["已经有全程的计划。"]


@pytest.mark.parametrize(
    ("who", "status"), [("committee", 200), ("secretary", 404), ("office", 403), ("outsider", 404)]
)
def test_a_plan_is_drafted_for_ones_own_line_only(request, who, status, campaign, tree, client_for):
    address = reverse("plan_new") + f"?organization={tree.organ_branch_2.pk}"
    assert client_for(request.getfixturevalue(who)).get(address).status_code == status


def test_the_root_writes_no_plan(campaign, root, client_for):
    head = user_with(Role.COMMITTEE, root)
    page = client_for(head).get(reverse("plan_new"))
    assert (page.status_code, "整个活动的安排在活动方案里，不另写计划。" in page.content.decode()) == (403, True)


@pytest.mark.parametrize("key", ["", "abc", "9" * 30, "²"])
def test_a_key_that_is_none_is_no_error(key, campaign, office, client_for):
    assert client_for(office).get(reverse("plan_new") + f"?organization={key}").status_code in {403, 404}


def test_a_change_is_saved_and_an_approved_plan_stands(plan, branch_members, secretary, client_for):
    sent = {"title": "新名", "theme": "主题", "vehicle": "", "phase": "", "responsible": branch_members[0].pk}
    assert client_for(secretary).post(url("plan_edit", plan), sent).status_code == 302
    plan.refresh_from_db()
    assert plan.title == "新名"
    Plan.objects.update(state=PlanState.APPROVED)
    refused = client_for(secretary).get(url("plan_edit", plan))
    assert (refused.status_code, "计划已经同意，不能再改。" in refused.content.decode()) == (403, True)


# The lists ------------------------------------------------------------------------------------
def test_a_secretary_sees_the_own_plan_with_its_tasks(plan, secretary, client_for):
    page = client_for(secretary).get(LIST).content.decode()
    assert "支部的方案" in page and "走访困难户" in page and "计划还没同意" in page


def test_those_above_see_who_has_none_first(campaign, tree, office, client_for):
    PlanFactory(campaign=campaign, organization=tree.organ)
    page = client_for(office).get(LIST)
    assert [line.organization.name for line in page.context["rows"]] == ["信息中心党委", "社会工作协会党支部", "办公厅党总支"]
    assert page.context["figures"] == {"organizations": 3, "none": 2, "waiting": 0, "late": 0}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("category=society", ["社会工作协会党支部"]),
        ("state=none", ["信息中心党委", "社会工作协会党支部"]),
        ("state=approved", ["办公厅党总支"]),
        ("state=late", ["办公厅党总支"]),
        ("level=all&state=submitted", ["办公厅第一党支部"]),
        ("q=信息", ["信息中心党委"]),
        ("organization={organ}", ["办公厅第二党支部", "办公厅党总支", "办公厅第一党支部"]),
        ("organization={organ}&state=late", ["办公厅党总支"]),
    ],
)
def test_the_filters(query, names, campaign, tree, today, office, client_for):
    own = PlanFactory(campaign=campaign, organization=tree.organ)
    TaskFactory(plan=own, due_on=today.replace(day=9))
    PlanFactory(campaign=campaign, organization=tree.organ_branch, state=PlanState.SUBMITTED)
    page = client_for(office).get(f"{LIST}?{query.format(organ=tree.organ.pk)}")
    assert [line.organization.name for line in page.context["rows"]] == names


def test_counts_of_a_plan(campaign, tree, today, office, client_for):
    plan = PlanFactory(campaign=campaign, organization=tree.organ)
    TaskResultFactory(task=TaskFactory(plan=plan))
    TaskResultFactory(task=TaskFactory(plan=plan), outcome="dropped")
    TaskFactory(plan=plan, due_on=today.replace(day=9))
    page = client_for(office).get(LIST)
    (_plan, count), = [entry for line in page.context["rows"] for entry in line.plans]
    assert (count.total, count.done, count.late) == (2, 1, 1)


def test_a_committee_sees_its_own_line_with_the_branches(campaign, committee, client_for):
    rows = client_for(committee).get(LIST).context["rows"]
    assert [line.organization.name for line in rows] == ["办公厅党总支", "办公厅第一党支部", "办公厅第二党支部"]


def test_without_a_campaign_the_page_says_so(office, client_for):
    assert "现在没有进行中的活动。" in client_for(office).get(LIST).content.decode()


# Queries --------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(
    rows, campaign, root, office, client_for, django_assert_num_queries
):
    for _number in range(rows):
        TaskFactory(plan=PlanFactory(campaign=campaign, organization=OrganizationFactory(parent=root)))
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(10):
        page = browser.get(LIST)
    assert len(page.context["rows"]) == rows + 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    rows, campaign, branch, branch_members, secretary, client_for, django_assert_num_queries
):
    plan = PlanFactory(campaign=campaign, organization=branch)
    CriterionFactory(campaign=campaign, code="G1")
    for number in range(rows):
        activity = ActivityFactory(campaign=campaign, organization=branch)
        task = TaskFactory(plan=plan, owner=branch_members[number], codes=["G1"])
        TaskResultFactory(task=task, activity=activity)
    browser = client_for(secretary)
    browser.get(plan.get_absolute_url())
    with django_assert_num_queries(14):
        page = browser.get(plan.get_absolute_url())
    assert len(page.context["rows"]) == rows


def test_a_member_reads_who_is_responsible_without_a_link_to_a_record_outside_their_scope(
    plan, branch_members, member, secretary, client_for
):
    Plan.objects.update(responsible=branch_members[0])
    link = f'href="/members/{branch_members[0].pk}/"'
    seen = {who: client_for(who).get(plan.get_absolute_url()).content.decode() for who in (member, secretary)}
    assert all(str(branch_members[0]) in page for page in seen.values())
    assert [link in seen[member], link in seen[secretary]] == [False, True]

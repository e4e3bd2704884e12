"""Pages of plans: who has none and is reminded, versions side by side, and the unit's plan taken over by a branch."""
import pytest
from django.urls import reverse

from campaign.domain.plans import move_plan
from campaign.enums import PlanState
from campaign.models import Plan, Reminder
from tests.factories.campaign import PlanFactory, TaskFactory

MISSING, REMIND, EXPORT = "/plans/missing/", "/plans/missing/remind/", "/plans/missing/export/"


@pytest.mark.parametrize("address", [MISSING, EXPORT])
@pytest.mark.parametrize(
    ("who", "status"), [("office", 200), ("committee", 200), ("secretary", 403), ("leader", 403), ("member", 403)]
)
def test_the_list_is_for_those_who_remind(request, who, status, address, campaign, client_for):
    assert client_for(request.getfixturevalue(who)).get(address).status_code == status


def test_all_are_reminded_with_one_button_and_each_once(campaign, committee, office, client_for):
    browser = client_for(office)
    page = browser.post(REMIND, {}, follow=True).content.decode()
    assert "已提醒 1 个党组织。" in page and "本周提醒过" in page and "还没有账号，请先打电话" in page
    assert "没有可以提醒的：已经有计划，本周提醒过，或者还没有账号。" in browser.post(REMIND, {}, follow=True).content.decode()
    assert Reminder.objects.get(channel="app").recipient == committee


def test_a_committee_reminds_only_below_itself(campaign, branch, unit, tree, secretary, committee, outsider, client_for):
    browser = client_for(committee)
    browser.post(REMIND, {"organization": tree.institution_branch.pk, "level": "all"})
    browser.post(REMIND, {"organization": unit.pk, "level": "all"})
    assert Reminder.objects.count() == 0
    browser.post(REMIND, {"organization": branch.pk, "level": "all"})
    assert Reminder.objects.get(channel="app").recipient == secretary


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_needs_the_same_queries_for_any_number(more, campaign, tree, office, client_for, django_assert_num_queries):
    for one in [tree.organ, tree.institution, tree.society][: 2 - more]:
        PlanFactory(campaign=campaign, organization=one)
    browser = client_for(office)
    browser.get(MISSING)
    with django_assert_num_queries(10):
        page = browser.get(MISSING)
    assert len(page.context["rows"]) == 1 + more


# Versions -------------------------------------------------------------------------------------
@pytest.fixture
def returned(campaign, branch, secretary, committee, at):
    plan = PlanFactory(campaign=campaign, organization=branch, state=PlanState.DRAFT, theme="服务群众")
    TaskFactory(plan=plan, title="走访困难户")
    move_plan(plan, "submit", by=secretary, at=at)
    return move_plan(plan, "return", by=committee, at=at, note="任务要落到人")


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 200), ("committee", 200), ("office", 200), ("outsider", 404), ("auditor", 404)]
)
def test_versions_exist_for_the_plans_own_line(request, who, status, returned, client_for):
    assert client_for(request.getfixturevalue(who)).get(reverse("plan_versions", args=[returned.pk])).status_code == status


def test_the_judge_sees_what_changed_since_it_was_given_back(returned, secretary, committee, at, client_for):
    TaskFactory(plan=returned, title="讲一次党课")
    move_plan(returned, "submit", by=secretary, at=at)
    browser = client_for(committee)
    assert "和第 1 次提交的比，任务新增 1 项，修改 0 项，删除 0 项" in browser.get(returned.get_absolute_url()).content.decode()
    page = browser.get(reverse("plan_versions", args=[returned.pk])).content.decode()
    assert "第 1 次提交的 → 第 2 次提交的" in page and "讲一次党课" in page and "没有这一项" in page
    odd = browser.get(reverse("plan_versions", args=[returned.pk]) + "?before=2&after=1")
    assert "只有一版，没有可以对照的。" in odd.content.decode()


# Taking over the unit's plan ------------------------------------------------------------------
@pytest.fixture
def units_plan(campaign, unit):
    plan = PlanFactory(campaign=campaign, organization=unit)
    TaskFactory(plan=plan, title="联系社区", target=2)
    return plan


def test_one_click_takes_it_over(units_plan, branch, secretary, committee, client_for):
    browser = client_for(secretary)
    page = browser.get("/plans/").content.decode()
    assert "办公厅党总支的计划里有 1 项任务可以沿用" in page and "联系社区" in page
    address, sent = reverse("plan_inherit", args=[units_plan.pk]), {"organization": branch.pk}
    own = Plan.objects.get(pk=browser.post(address, sent).url.strip("/").split("/")[-1])
    assert (own.organization, own.tasks.get().title) == (branch, "联系社区")
    again = browser.post(address, sent, follow=True).content.decode()
    assert "上级计划里没有可以沿用的任务，或者都已经沿用。" in again
    watching = client_for(committee)
    assert "1 个支部沿用，0 个完成" in watching.get(units_plan.get_absolute_url()).content.decode()
    names = watching.get(reverse("task_branches", args=[units_plan.tasks.get().lineage])).content.decode()
    assert "2 个支部，1 个沿用，0 个完成" in names and "办公厅第二党支部" in names


@pytest.mark.parametrize(("who", "status"), [("office", 403), ("member", 403), ("outsider", 404)])
def test_only_the_writers_take_it_over(request, who, status, units_plan, branch, client_for):
    address = reverse("plan_inherit", args=[units_plan.pk])
    answer = client_for(request.getfixturevalue(who)).post(address, {"organization": branch.pk})
    assert (answer.status_code, Plan.objects.filter(organization=branch).count()) == (status, 0)


def test_the_branches_of_a_task_are_for_its_own_line(units_plan, secretary, client_for):
    address = reverse("task_branches", args=[units_plan.tasks.get().lineage])
    assert client_for(secretary).get(address).status_code == 404

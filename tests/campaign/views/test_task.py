"""Pages of tasks: added and changed by the writers in a draft, by the level above once the plan is approved."""
import pytest
from django.urls import reverse

from campaign.enums import PlanState
from campaign.models import Task, TaskResult
from tests.factories.campaign import ActivityFactory, CriterionFactory, PlanFactory, TaskFactory

WORDS = {"title": "走访困难户", "due_on": "2011-06-30", "target": "2", "codes": ["G1"], "nonce": "c" * 32}


@pytest.fixture
def draft(campaign, branch):
    CriterionFactory(campaign=campaign, code="G1")
    return PlanFactory(campaign=campaign, organization=branch, state=PlanState.DRAFT)


@pytest.fixture
def approved(campaign, branch):
    CriterionFactory(campaign=campaign, code="G1")
    return PlanFactory(campaign=campaign, organization=branch)


def new(plan):
    return reverse("task_new", args=[plan.pk])


def of(name, task):
    return reverse(name, args=[task.lineage])


def test_a_new_task_is_the_first_responsible_persons_until_somebody_else_is_named(
    campaign, branch, branch_members, secretary, client_for
):
    plan = PlanFactory(campaign=campaign, organization=branch, state="draft", responsible=branch_members[0])
    form = client_for(secretary).get(reverse("task_new", args=[plan.pk])).context["form"]
    assert form["owner"].value() == branch_members[0].pk


def test_a_double_click_adds_one_task(draft, secretary, client_for):
    browser = client_for(secretary)
    answers = [browser.post(new(draft), WORDS).url for _click in range(2)]
    assert answers == [draft.get_absolute_url()] * 2
    task = Task.objects.get()
    assert (task.title, task.target, [row.code for row in task.criteria.all()]) == ("走访困难户", 2, ["G1"])


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("due_on", "2013-01-01", "完成期限要在 2010年6月1日 到 2012年11月8日 之间。"),
        ("due_on", "2011-13-01", "请写日期，例如 2011-06-10。"),
        ("target", "0", "次数至少是 1。"),
        ("target", "100", "次数最多是 99。"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(field, value, message, draft, secretary, client_for):
    page = client_for(secretary).post(new(draft), WORDS | {field: value})
    assert page.context["form"].errors[field] == [message]
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("secretary", "draft", 200), ("office", "draft", 403), ("outsider", "draft", 404), ("secretary", "submitted", 403),
        ("secretary", "approved", 403), ("committee", "approved", 200), ("office", "approved", 200),
        ("leader", "approved", 403), ("outsider", "approved", 404),
    ],
)
def test_who_adds_a_task(request, who, state, status, draft, client_for):
    type(draft).objects.update(state=state)
    assert client_for(request.getfixturevalue(who)).get(new(draft)).status_code == status


def test_a_draft_offers_no_field_for_a_reason(draft, secretary, client_for):
    form = client_for(secretary).get(of("task_edit", TaskFactory(plan=draft))).context["form"]
    assert "reason" not in form.fields


def test_a_change_after_approval_asks_why(approved, office, client_for):
    task, browser = TaskFactory(plan=approved), client_for(office)
    page = browser.post(of("task_edit", task), WORDS)
    assert page.context["form"].errors["reason"] == ["计划已经同意，改任务要写一句原因。"]
    browser.post(of("task_edit", task), WORDS | {"reason": "推迟"})
    assert Task.objects.standing().get().change_reason == "推迟"


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 403), ("committee", 200), ("office", 200), ("outsider", 404), ("member", 403)]
)
def test_who_changes_a_task_of_an_approved_plan(request, who, status, approved, client_for):
    task = TaskFactory(plan=approved)
    assert client_for(request.getfixturevalue(who)).get(of("task_edit", task)).status_code == status


def test_the_secretary_names_the_activity_but_drops_nothing(approved, secretary, client_for):
    task = TaskFactory(plan=approved)
    activity = ActivityFactory(campaign=approved.campaign, organization=approved.organization)
    browser = client_for(secretary)
    assert list(browser.get(of("task_close", task)).context["form"].fields) == ["activity"]
    browser.post(of("task_close", task), {"activity": activity.pk, "reason": "不做了"})
    assert TaskResult.objects.get().activity == activity


def test_the_level_above_drops_a_task_for_a_reason(approved, committee, client_for):
    task = TaskFactory(plan=approved)
    client_for(committee).post(of("task_close", task), {"reason": "并入区里的活动"})
    assert (TaskResult.objects.get().outcome, TaskResult.objects.get().reason) == ("dropped", "并入区里的活动")


def test_either_an_activity_or_a_reason(approved, office, client_for):
    task = TaskFactory(plan=approved)
    activity = ActivityFactory(campaign=approved.campaign, organization=approved.organization)
    browser = client_for(office)
    page = browser.post(of("task_close", task), {"activity": activity.pk, "reason": "不做了"})
    assert page.context["form"].errors["reason"] == ["选了活动就不用写原因。"]
    page = browser.post(of("task_close", task), {"reason": ""})
    assert page.context["form"].errors["reason"] == ["请选完成它的活动，或写明原因。"]


def test_a_task_of_another_unit_does_not_exist(approved, outsider, client_for):
    task, browser = TaskFactory(plan=approved), client_for(outsider)
    answers = [browser.get(of("task_edit", task)), browser.get(of("task_close", task)), browser.post(of("task_remove", task))]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_task_is_taken_out_of_a_draft(draft, secretary, client_for):
    page = client_for(secretary).post(of("task_remove", TaskFactory(plan=draft)), follow=True)
    assert "任务已删除。" in page.content.decode()
    assert not Task.objects.exists()

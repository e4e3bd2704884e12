"""Plans: drafted from what is known, handed in, judged above, and never bent afterwards."""
import pytest

from campaign.domain.plans import (
    CannotMovePlan,
    PlanExists,
    PlanLocked,
    PlanWithoutTasks,
    ReturnWithoutReason,
    change_plan,
    draft_plan,
    move_plan,
    prefilled_plan,
)
from campaign.enums import PlanState
from campaign.models import CategoryTheme, Plan
from tests.factories.campaign import PhaseFactory, PlanFactory, TaskFactory
from units.models import HistoryEntry


@pytest.fixture
def draft(campaign, branch):
    return PlanFactory(campaign=campaign, organization=branch, state=PlanState.DRAFT)


@pytest.fixture
def submitted(draft, at, secretary):
    TaskFactory(plan=draft)
    return move_plan(draft, "submit", by=secretary, at=at)


def test_a_plan_starts_from_the_theme_of_its_category(campaign, branch, branch_members):
    CategoryTheme.objects.filter(campaign=campaign).delete()
    CategoryTheme.objects.create(campaign=campaign, category="organ", theme="提高能力")
    assert prefilled_plan(campaign, branch) == {
        "title": "办公厅第一党支部创先争优方案", "theme": "提高能力", "vehicle": campaign.vehicle,
        "responsible": branch_members[0], "phase": None,
    }


def test_a_plan_is_for_the_running_phase_until_that_has_one(campaign, branch, today):
    [phase] = campaign.phases.all()
    assert prefilled_plan(campaign, branch, on=today)["phase"] == phase
    PlanFactory(campaign=campaign, organization=branch, phase=phase)
    assert prefilled_plan(campaign, branch, on=today)["phase"] is None


def test_without_a_theme_of_its_own_it_starts_from_the_campaigns(campaign, unit):
    CategoryTheme.objects.filter(campaign=campaign).delete()
    assert prefilled_plan(campaign, unit) | {"title": ""} == {
        "title": "", "theme": campaign.theme, "vehicle": campaign.vehicle, "responsible": None, "phase": None
    }


def test_a_draft_is_written_with_its_history(campaign, branch, secretary, at):
    plan = draft_plan(campaign, branch, title="方案", theme="主题", by=secretary, at=at)
    entry = HistoryEntry.objects.of(plan).get()
    assert (plan.state, plan.created_by, entry.verb, entry.organization) == ("draft", secretary, "draft", branch)


def test_one_plan_for_the_whole_campaign(campaign, branch, draft, secretary, at):
    with pytest.raises(PlanExists) as refused:
        draft_plan(campaign, branch, title="又一份", theme="主题", by=secretary, at=at)
    assert (refused.value.message, refused.value.field) == ("已经有全程的计划。", "phase")
    assert Plan.objects.count() == 1


def test_one_plan_for_each_phase(campaign, branch, secretary, at):
    phase = PhaseFactory(campaign=campaign)
    draft_plan(campaign, branch, phase=phase, title="一", theme="主题", by=secretary, at=at)
    with pytest.raises(PlanExists, match="^这个阶段已经有计划。$"):
        draft_plan(campaign, branch, phase=phase, title="二", theme="主题", by=secretary, at=at)


def test_a_draft_can_be_changed_and_a_submitted_plan_cannot(submitted, secretary, at):
    words = {"title": "新", "theme": "新主题", "vehicle": "", "responsible": None, "phase": None}
    with pytest.raises(PlanLocked, match="^计划已经提交，不能再改。$"):
        change_plan(submitted, **words, by=secretary, at=at)
    Plan.objects.update(state=PlanState.RETURNED)
    assert change_plan(submitted, **words, by=secretary, at=at).title == "新"


def test_changing_into_an_occupied_phase_is_refused(campaign, draft, branch, secretary, at):
    phase = PhaseFactory(campaign=campaign)
    PlanFactory(campaign=campaign, organization=branch, phase=phase)
    with pytest.raises(PlanExists, match="^这个阶段已经有计划。$"):
        change_plan(draft, title="新", theme="主题", vehicle="", responsible=None, phase=phase, by=secretary, at=at)


def test_a_plan_without_tasks_is_not_handed_in(draft, secretary, at):
    with pytest.raises(PlanWithoutTasks, match="^计划里还没有任务。请先加一项任务再提交。$"):
        move_plan(draft, "submit", by=secretary, at=at)


def test_it_is_given_back_with_a_sentence_only(submitted, committee, at):
    with pytest.raises(ReturnWithoutReason, match="^请写一句要改什么，再退回。$"):
        move_plan(submitted, "return", by=committee, at=at, note=" ")
    plan = move_plan(submitted, "return", by=committee, at=at, note=" 任务要有日期 ")
    assert (plan.state, plan.return_note, plan.approved_at) == ("returned", "任务要有日期", None)
    assert HistoryEntry.objects.of(plan).order_by("sequence").last().detail == {"note": "任务要有日期"}


def test_approving_takes_the_old_note_away_and_keeps_the_moment(submitted, committee, secretary, at):
    move_plan(submitted, "return", by=committee, at=at, note="改")
    move_plan(submitted, "submit", by=secretary, at=at)
    plan = move_plan(submitted, "approve", by=committee, at=at)
    assert (plan.state, plan.return_note, plan.approved_at) == ("approved", "", at)


@pytest.mark.parametrize("verb", ["submit", "approve", "return"])
def test_two_clicks_one_wins(submitted, committee, at, verb):
    move_plan(submitted, "approve", by=committee, at=at)
    with pytest.raises(CannotMovePlan, match="^计划的状态已经变了，请刷新页面再看。$"):
        move_plan(submitted, verb, by=committee, at=at, note="改")

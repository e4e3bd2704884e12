"""Who may do what with plans and tasks: role × scope × action, like `campaign.permissions`."""
from django.utils.translation import gettext_lazy as _

from campaign.enums import PhaseWork, PlanState
from campaign.permissions import in_time
from config.kit.verdict import ALLOWED, denied
from units.enums import Role


def judges_plans_of(user, organization):
    """Whether the user acts for a level above `organization` that judges its plan: the office, or a committee above."""
    return not user.speaks_otherwise_for(organization) and any(
        grant.role in {Role.COMMITTEE, Role.OFFICE} and grant.covers(organization)
        and grant.organization_id != organization.pk
        for grant in user.current_grants
    )


def can_remind_of_plans(user):
    """See who has no plan and remind them; which of them, `judges_plans_of` says."""
    if user.has_role(Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("没有计划的单位由党委或领导小组办公室提醒。"))


def can_mark_busy(user, organization):
    """Busy periods are marked by those who lead the organisation."""
    if user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE) or user.speaks_for(organization):
        return ALLOWED
    return denied(_("忙期由本单位书记或党委标。"))


def can_write_plan(user, organization, campaign):
    """Plans are written by those who lead the organisation, in their time; the root's plan is the campaign itself."""
    if organization.is_root:
        return denied(_("整个活动的安排在活动方案里，不另写计划。"))
    if user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE):
        return in_time(campaign, PhaseWork.PLAN)
    return denied(_("计划由本单位书记或党委起草。"))


def can_change_plan(user, plan):
    if plan.state == PlanState.SUBMITTED:
        return denied(_("计划已经提交，等上级审。"))
    if plan.state == PlanState.APPROVED:
        return denied(_("计划已经同意，不能再改。"))
    return can_write_plan(user, plan.organization, plan.campaign)


def can_judge_plan(user, plan):
    """Approve or return: one level up, and never one's own work."""
    if not judges_plans_of(user, plan.organization):
        return denied(_("计划由上级党委或领导小组办公室审。"))
    if user.is_oneself(account=plan.created_by_id):
        return denied(_("自己起草的计划由别人审。"))
    if plan.state != PlanState.SUBMITTED:
        return denied(_("计划现在不在待审状态。"))
    return ALLOWED


def can_add_task(user, plan):
    """The writers while it is a draft; the level above once it is approved."""
    if plan.state != PlanState.APPROVED:
        return can_change_plan(user, plan)
    if user.has_role_over(plan.organization, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("计划已经同意，加任务由党委或领导小组办公室办。"))


def can_change_task(user, task):
    """In an approved plan a due day decides what counts as on time, so the level above changes it."""
    if task.plan.state != PlanState.APPROVED:
        return can_change_plan(user, task.plan)
    if judges_plans_of(user, task.plan.organization):
        return ALLOWED
    return denied(_("计划已经同意，改任务由上级党委或领导小组办公室办。"))


def can_close_task(user, task):
    """Name the activity that did it."""
    if task.plan.state != PlanState.APPROVED:
        return denied(_("计划还没有同意，任务不能办结。"))
    if user.has_role_over(task.plan.organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("任务由本单位书记、党委或领导小组办公室办结。"))


def can_drop_task(user, task):
    """Give a task up for a reason: nobody lets oneself off."""
    if task.plan.state != PlanState.APPROVED:
        return denied(_("计划还没有同意，任务可以直接删除。"))
    if judges_plans_of(user, task.plan.organization):
        return ALLOWED
    return denied(_("不再做的任务由上级党委或领导小组办公室定。"))

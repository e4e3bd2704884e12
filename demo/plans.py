"""What happened to plans: versions kept, one given back twice, tasks that branches took over from their unit."""
from datetime import date, datetime, timedelta

from campaign.domain.plan_versions import keep_version
from campaign.domain.plans import draft_plan, move_plan
from campaign.domain.tasks import TaskText, add_task, change_task, remove_task
from campaign.enums import PlanState
from campaign.models import Plan, Task
from demo.chance import BEIJING

FIRST_TRY = [("联系社区困难家庭", date(2011, 6, 24), 1), ("整理支部台账", date(2011, 6, 20), 1)]


def write_course_of_plans(cast, campaign, *, now):
    """Call it when plans and tasks stand. Chance is not asked, so nothing else of the demo changes."""
    for plan in Plan.objects.filter(campaign=campaign, state__in=[PlanState.SUBMITTED, PlanState.APPROVED]).order_by("pk"):
        keep_version(plan, by=plan.created_by, at=plan.moved_at)
    _hand_down(campaign)
    return _give_back_twice(cast, campaign)


def _hand_down(campaign):
    """A branch's task that is called like one of its unit's was taken over from there."""
    units = {}
    for task in Task.objects.standing().filter(plan__campaign=campaign, organization__depth=2).select_related("organization"):
        units.setdefault((task.organization.path, task.title), task)
    taken = []
    for task in Task.objects.standing().filter(plan__campaign=campaign, organization__depth__gt=2).select_related("organization"):
        task.parent = units.get((task.organization.path[:8], task.title))
        if task.parent:
            taken.append(task)
    Task.objects.bulk_update(taken, ["parent"])


def _give_back_twice(cast, campaign):
    """A branch that has no plan yet hands one in, gets it back, mends it, and has it back once more."""
    planned = set(Plan.objects.filter(campaign=campaign).values_list("organization_id", flat=True))
    branch = next((one for one in cast.leaves if one.pk not in planned and cast.secretaries.get(one.pk)), None)
    if branch is None:
        return None
    phase = campaign.phases.get(starts_on__lte=date(2011, 6, 1), ends_on__gte=date(2011, 6, 1))
    theme = campaign.category_themes.get(category=branch.category).theme
    writer, at = cast.secretaries[branch.pk], datetime(2011, 5, 23, 10, 0, tzinfo=BEIJING)
    plan = draft_plan(
        campaign, branch, title=f"{phase.title}工作计划", theme=theme, vehicle=campaign.vehicle,
        responsible=writer.member, phase=phase, by=writer, at=at,
    )
    visit, filing = [
        add_task(plan, TaskText(title, due_on, target=target, codes=["G5"]), by=writer, at=at)
        for title, due_on, target in FIRST_TRY
    ]
    move_plan(plan, "submit", by=writer, at=at + timedelta(days=1))
    move_plan(plan, "return", by=cast.office, at=at + timedelta(days=3), note="整理台账不算任务，请写为群众办的事，写明次数和责任人。")
    mended = at + timedelta(days=8)
    change_task(
        visit, TaskText(visit.title, date(2011, 6, 28), target=3, codes=["G5"], owner=writer.member), by=writer, at=mended
    )
    remove_task(filing, by=writer, at=mended)
    add_task(plan, TaskText("为老党员送学上门", date(2011, 6, 24), codes=["G2"], owner=writer.member), by=writer, at=mended)
    move_plan(plan, "submit", by=writer, at=mended)
    return move_plan(plan, "return", by=cast.office, at=mended + timedelta(days=2), note="再加一项迎接建党90周年的活动。")

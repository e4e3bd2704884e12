"""The first page of each role: what needs me now, what comes next, own figures; every figure is a link."""
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaign.domain.campaigns import current_campaign
from campaign.domain.phase_line import phase_line
from campaign.due import due_things
from campaign.models import Activity, ActivityDraft, Commitment, Milestone, Task
from config.kit import clock
from evaluations.domain import home_figures
from evaluations.views.dashboard import dashboard
from evaluations.views.todo import todo_item
from units.enums import Role

ADMINISTRATORS_HOME = {Role.SYSTEM: "account_list", Role.SECURITY: "role_list", Role.AUDIT: "history_list"}
SHOWN = 6  # things on the first screen; the rest is one link away


@require_GET
def home(request):
    """Send each role to its own first page; the address is the same for all."""
    grant = request.user.main_grant
    if grant is None:
        return render(request, "evaluations/home_none.html")
    if grant.role in ADMINISTRATORS_HOME:
        return redirect(ADMINISTRATORS_HOME[grant.role])
    if grant.role in (Role.LEADER, Role.INSPECTOR):
        return dashboard(request)
    pages = {Role.SECRETARY: secretary_home, Role.COMMITTEE: office_home, Role.OFFICE: office_home}
    return pages.get(grant.role, member_home)(request, grant)


def secretary_home(request, grant):
    """现在要办 → 记一条活动 → 接下来 → 本季度 → 草稿."""
    today, campaign = clock.today(), current_campaign(request.user)
    return render(
        request,
        "evaluations/home_secretary.html",
        _common(request, campaign, today)
        | {
            "organization": grant.organization,
            "coming": _coming(grant.organization, campaign, today),
            "figures": home_figures.branch_quarter(grant.organization, campaign, on=today) if campaign else [],
            "drafts": ActivityDraft.objects.visible_to(request.user).order_by("-saved_at")[:3],
        },
    )


def office_home(request, grant):
    """今天的活 → 本阶段各环节完成率 → 催办清单."""
    today, campaign = clock.today(), current_campaign(request.user)
    common = _common(request, campaign, today)
    phase = _phase_of(campaign, today)
    late = Task.objects.visible_to(request.user).late(on=today).select_related("organization").order_by("due_on", "pk")
    return render(
        request,
        "evaluations/home_office.html",
        common
        | {
            "organization": grant.organization,
            "phase": phase,
            "progress": home_figures.phase_progress(campaign, phase, on=today) if phase else [],
            "late_count": late.count(),
            "late": [(task, (today - task.due_on).days) for task in late[:SHOWN]],
        },
    )


def member_home(request, grant):
    """等您做的 → 我的承诺 → 支部近期活动."""
    today, campaign = clock.today(), current_campaign(request.user)
    mine = Commitment.objects.filter(member=request.user.member_id or 0).order_by("-due_on", "-pk")
    recent = Activity.objects.visible_to(request.user).standing().select_related("organization", "kind").newest_first()
    return render(
        request,
        "evaluations/home_member.html",
        _common(request, campaign, today)
        | {
            "organization": grant.organization,
            "commitments": [(row, (row.due_on - today).days) for row in mine[:SHOWN]],
            "recent": recent[:SHOWN],
        },
    )


def _common(request, campaign, today):
    things = due_things(on=today, user=request.user)
    return {
        "today": today,
        "campaign": campaign,
        "line": phase_line(campaign, on=today) if campaign else None,
        "todo": [todo_item(thing, today, primary=False) for thing in things if thing.kind != "milestone"],
    }


def _phase_of(campaign, today):
    """The phase that runs today, or None."""
    if campaign is None:
        return None
    return campaign.phases.filter(starts_on__lte=today, ends_on__gte=today).order_by("starts_on").first()


def _coming(organization, campaign, today):
    """The next milestones and tasks behind the coming week: [(title, what, day, url)]."""
    if campaign is None:
        return []
    tasks = Task.objects.open().filter(organization=organization, due_on__gt=today).order_by("due_on", "pk")[:3]
    milestones = Milestone.objects.filter(campaign=campaign, on__gte=today).order_by("on")[:2]
    coming = [(task.title, _("计划任务"), task.due_on, reverse("plan_list")) for task in tasks]
    coming += [(milestone.title, milestone.text, milestone.on, reverse("timeline")) for milestone in milestones]
    return sorted(coming, key=lambda entry: entry[2])[:4]

"""Pages of the units' plans: the list, one plan with its tasks, drafting, handing in, approving and giving back."""
from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import plan_permissions as permissions
from campaign.domain.campaigns import current_campaign
from campaign.domain.collisions import collisions_of_tasks
from campaign.domain.inherited_plans import carrying_counts, inherit_plan, offers_to
from campaign.domain.plan_list import PAGE_SIZE, organizations_with_plans, plan_figures, plans_of
from campaign.domain.plan_progress import task_rows
from campaign.domain.plan_versions import since_last_version
from campaign.domain.plans import change_plan, draft_plan, move_plan, prefilled_plan
from campaign.enums import PLAN_EDITABLE
from campaign.forms.plan import PlanFilterForm, PlanForm, text_of
from campaign.models import Plan, Task
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.edits import guarded
from units.enums import Role
from units.list_exports import list_page
from units.models import Member, Organization
from units.submissions import once


def _plan_or_404(request, pk):
    plans = Plan.objects.visible_to(request.user).select_related("campaign", "organization", "phase", "responsible")
    return get_object_or_404(plans, pk=pk)


def task_links(user, plan):
    """What the user may do with the tasks of `plan`; the verdicts are the same for all of them."""
    sample = Task(plan=plan, organization=plan.organization)
    return {
        "add": permissions.can_add_task(user, plan),
        "change": permissions.can_change_task(user, sample),
        "close": permissions.can_close_task(user, sample),
        "drop": permissions.can_drop_task(user, sample),
        "log": user.has_role_over(plan.organization, Role.SECRETARY),
    }


@require_safe
def plan_list(request):
    """A secretary without branches sees the own plan at once, everybody else the organisations below."""
    campaign = current_campaign(request.user)
    grant = request.user.main_grant
    if campaign is None:
        return render(request, "campaign/plan_none.html", {})
    if grant and grant.role in {Role.SECRETARY, Role.MEMBER} and grant.organization.is_leaf:
        return _own_plans(request, campaign, grant.organization)
    on = clock.today()
    form = PlanFilterForm(request.GET or None, user=request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    organizations = organizations_with_plans(campaign, request.user, on=on, **chosen)
    page = Paginator(organizations, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign, "form": form if form.is_bound else PlanFilterForm(user=request.user), "page": page,
        "organization": chosen.get("organization"),
        "rows": plans_of(page.object_list, campaign, on=on), "figures": plan_figures(campaign, request.user, on=on),
        "may_write": request.user.has_role(Role.SECRETARY, Role.COMMITTEE),
        "may_remind": permissions.can_remind_of_plans(request.user),
    }
    return list_page(request, "campaign/plan_list.html", context)


def _own_plans(request, campaign, organization):
    plans = list(
        Plan.objects.visible_to(request.user)
        .filter(campaign=campaign, organization=organization)
        .select_related("phase", "responsible", "organization", "campaign")
        .order_by("phase__starts_on", "pk")
    )
    for plan in plans:
        plan.campaign = campaign  # one and the same, so that its dated permissions are asked for once
    rows = task_rows(plans, on=clock.today())
    context = {
        "campaign": campaign,
        "organization": organization,
        "may_lead": request.user.speaks_for(organization),
        "plans": [(plan, rows[plan.pk], task_links(request.user, plan)) for plan in plans],
        "write": permissions.can_write_plan(request.user, organization, campaign),
        "offers": _offers(request.user, organization, campaign),
    }
    own = [(plan, row.task) for plan in plans for row in rows[plan.pk]]
    return list_page(request, "campaign/plan_own.html", context, rows=own, name="plan_own")


def _offers(user, organization, campaign, *, phase=...):
    """What of the unit's plans may be taken over into a plan that is still written; only for those who write it."""
    if not permissions.can_write_plan(user, organization, campaign):
        return []
    closed = set(
        Plan.objects.filter(campaign=campaign, organization=organization).exclude(state__in=PLAN_EDITABLE)
        .values_list("phase_id", flat=True)
    )
    offers = [one for one in offers_to(organization, campaign, on=clock.today()) if one.plan.phase_id not in closed]
    return offers if phase is ... else [one for one in offers if one.plan.phase_id == phase]


@require_safe
def plan_detail(request, pk):
    plan = _plan_or_404(request, pk)
    tasks = list(plan.tasks.values_list("lineage", flat=True))
    rows = task_rows([plan], on=clock.today())[plan.pk]
    change = permissions.can_change_plan(request.user, plan)
    since, version = since_last_version(plan) or (None, None)
    context = {
        "plan": plan, "collisions": collisions_of_tasks(plan, [row.task for row in rows if row.is_open], on=clock.today()),
        "since": since, "since_version": version,
        "offers": _offers(request.user, plan.organization, plan.campaign, phase=plan.phase_id) if change else [],
        "open_responsible": Member.objects.visible_to(request.user).filter(pk=plan.responsible_id).exists(),
        "rows": _with_branches(plan, rows),
        "links": task_links(request.user, plan),
        "change": change,
        "judge": permissions.can_judge_plan(request.user, plan),
        "history": history_of([plan], also=[("campaign.Task", [str(lineage) for lineage in set(tasks)])]),
    }
    return render(request, "campaign/plan_detail.html", context)


def _with_branches(plan, rows):
    """The rows of a unit's plan with how many of its branches carry each task."""
    if plan.organization.is_leaf:
        return rows
    counts = carrying_counts(plan)
    return [replace(row, branches=counts.get(row.task.lineage, (0, 0))) for row in rows]


@require_POST
def plan_inherit(request, pk):
    """Take the unit's plan `pk` over into that of `organization`, which is named in the form."""
    organizations = Organization.objects.visible_to(request.user).active()
    organization = get_object_or_404(organizations, pk=key_of(request.POST.get("organization")))
    campaign = current_campaign(request.user)
    if campaign is not None:
        require(permissions.can_write_plan(request.user, organization, campaign))
    offers = offers_to(organization, campaign, on=clock.today())
    plan = next((one.plan for one in offers if one.plan.pk == pk), None)
    if plan is None:
        messages.error(request, _("上级计划里没有可以沿用的任务，或者都已经沿用。"))
        return redirect("plan_list")
    try:
        own = inherit_plan(plan, organization, by=request.user, at=clock.now(), on=clock.today())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("plan_list")
    messages.success(request, _("已沿用%(name)s的计划。任务可以改，改好再提交。") % {"name": plan.organization})
    return redirect(own)


@require_http_methods(["GET", "POST"])
def plan_new(request):
    """`?organization=` names whose plan it is; without it, that of the organisation one acts for."""
    campaign = current_campaign(request.user)
    if campaign is None:
        return redirect("plan_list")
    grant = request.user.main_grant
    key = key_of(request.GET.get("organization")) or (grant.organization_id if grant else 0)
    organization = get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=key)
    require(permissions.can_write_plan(request.user, organization, campaign))
    form = PlanForm(
        request.POST or None, campaign=campaign, organization=organization,
        initial=prefilled_plan(campaign, organization, on=clock.today()) if request.method == "GET" else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: draft_plan(
                campaign, organization, **form.cleaned_data, by=request.user, at=clock.now()
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/plan_form.html", {"form": form, "organization": organization})


@require_http_methods(["GET", "POST"])
def plan_edit(request, pk):
    plan = _plan_or_404(request, pk)
    require(permissions.can_change_plan(request.user, plan))
    form = PlanForm(
        request.POST or None, campaign=plan.campaign, organization=plan.organization, initial=text_of(plan)
    )
    guarded(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(change_plan(plan, **form.cleaned_data, by=request.user, at=clock.now()))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/plan_form.html", {"form": form, "organization": plan.organization, "plan": plan})


@require_POST
def plan_submit(request, pk):
    plan = _plan_or_404(request, pk)
    require(permissions.can_change_plan(request.user, plan))
    return done(request, plan, lambda: move_plan(plan, "submit", by=request.user, at=clock.now()), _("计划已提交，等上级审。"))


@require_POST
def plan_approve(request, pk):
    plan = _plan_or_404(request, pk)
    require(permissions.can_judge_plan(request.user, plan))
    return done(request, plan, lambda: move_plan(plan, "approve", by=request.user, at=clock.now()), _("计划已同意。"))


@require_POST
def plan_return(request, pk):
    plan = _plan_or_404(request, pk)
    require(permissions.can_judge_plan(request.user, plan))
    note = request.POST.get("return_note", "")[:200]
    return done(
        request, plan, lambda: move_plan(plan, "return", by=request.user, at=clock.now(), note=note), _("计划已退回。")
    )

"""Pages of the tasks of a plan: add, change, end and take out."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import plan_permissions as permissions
from campaign.domain.collisions import collisions_of_tasks, look_out
from campaign.domain.inherited_plans import carrying
from campaign.domain.tasks import add_task, change_task, close_task, days_of, remove_task
from campaign.forms.task import TaskCloseForm, TaskForm, text_of
from campaign.models import Plan, Task
from campaign.views.looking_out import warn
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.edits import guarded
from units.list_exports import list_page
from units.submissions import once


def _task_or_404(request, lineage):
    """The standing version."""
    tasks = Task.objects.visible_to(request.user).standing().select_related(
        "plan__campaign", "plan__organization", "plan__phase", "organization"
    )
    return get_object_or_404(tasks, lineage=lineage)


def _form(request, form, plan, **more):
    """The form with the weeks and days to look out for beside it."""
    beside = look_out(plan.campaign, plan.organization, *days_of(plan), on=clock.today())
    context = {"form": form, "plan": plan, "look_out": beside, **more}
    return render(request, "campaign/task_form.html", context)


@require_http_methods(["GET", "POST"])
def task_new(request, pk):
    plans = Plan.objects.visible_to(request.user).select_related("campaign", "organization", "phase")
    plan = get_object_or_404(plans, pk=pk)
    require(permissions.can_add_task(request.user, plan))
    form = TaskForm(request.POST or None, plan=plan, initial={"owner": plan.responsible_id})
    if request.method == "POST" and form.is_valid():
        def add():
            task = add_task(plan, form.task_text, by=request.user, at=clock.now())
            messages.success(request, _("已加任务“%(title)s”。") % {"title": task.title})
            warn(request, collisions_of_tasks(plan, [task], on=clock.today()))
            return plan.get_absolute_url()

        try:
            return once(request, add)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return _form(request, form, plan)


@require_http_methods(["GET", "POST"])
def task_edit(request, lineage):
    task = _task_or_404(request, lineage)
    require(permissions.can_change_task(request.user, task))
    form = TaskForm(
        request.POST or None, plan=task.plan, needs_reason=task.plan.approved_at is not None, initial=text_of(task)
    )
    guarded(request, form, besides=("reason",))
    if request.method == "POST" and form.is_valid():
        try:
            task = change_task(
                task, form.task_text, reason=form.cleaned_data.get("reason", ""), by=request.user, at=clock.now()
            )
            messages.success(request, _("任务已改。"))
            warn(request, collisions_of_tasks(task.plan, [task], on=clock.today()))
            return redirect(task.plan)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return _form(request, form, task.plan, task=task)


@require_http_methods(["GET", "POST"])
def task_close(request, lineage):
    task = _task_or_404(request, lineage)
    may_close = permissions.can_close_task(request.user, task)
    may_drop = permissions.can_drop_task(request.user, task)
    require(may_close or may_drop)
    form = TaskCloseForm(request.POST or None, task=task, may_close=may_close, may_drop=may_drop)
    if request.method == "POST" and form.is_valid():
        try:
            close_task(task, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
            messages.success(request, _("任务已办结。"))
            return redirect(task.plan)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/task_close.html", {"form": form, "task": task, "plan": task.plan})


@require_POST
def task_remove(request, lineage):
    task = _task_or_404(request, lineage)
    require(permissions.can_change_task(request.user, task))
    return done(request, task.plan, lambda: remove_task(task, by=request.user, at=clock.now()), _("任务已删除。"))


@require_safe
def task_branches(request, lineage):
    """Which branches carry the unit's task, and how far each is."""
    task = _task_or_404(request, lineage)
    found = carrying(task)
    context = {"task": task, "plan": task.plan, "carrying": found}
    return list_page(request, "campaign/task_branches.html", context, rows=found.rows)

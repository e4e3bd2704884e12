"""Units without a plan: the list, a reminder for one or for all of them, and the list to take away."""
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaign import plan_permissions as permissions
from campaign.domain.campaigns import current_campaign
from campaign.domain.plan_list import PAGE_SIZE
from campaign.domain.plan_reminders import missing_lines, remind_of_plans, without_plan, write_missing
from campaign.due import DueThing
from campaign.forms.plan import PlanMissingForm
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.verdict import require
from units.domain.history import record


def _campaign_or_404(request):
    campaign = current_campaign(request.user)
    if campaign is None:
        raise Http404
    return campaign


def _chosen(data):
    """The filters that the address names."""
    form = PlanMissingForm(data or None)
    return form, form.cleaned_data if form.is_valid() else {}


@require_safe
def plan_missing(request):
    require(permissions.can_remind_of_plans(request.user))
    campaign, on = _campaign_or_404(request), clock.today()
    form, chosen = _chosen(request.GET)
    page = Paginator(without_plan(campaign, request.user, on=on, **chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = missing_lines(page.object_list, campaign, on=on)
    context = {
        "campaign": campaign, "form": form, "page": page, "lines": lines,
        "can_remind": any(_may_be_reminded(request.user, line) for line in lines),
        "rows": [(line, _may_be_reminded(request.user, line)) for line in lines],
    }
    return render(request, "campaign/plan_missing.html", context)


def _may_be_reminded(user, line):
    return bool(line.accounts) and not line.is_reminded_this_week and permissions.judges_plans_of(user, line.organization)


@require_POST
def plan_remind(request):
    """`organization` names one; without it, everyone in the filtered list is meant."""
    require(permissions.can_remind_of_plans(request.user))
    campaign, on = _campaign_or_404(request), clock.today()
    _form, chosen = _chosen(request.POST)
    missing = without_plan(campaign, request.user, on=on, **chosen)
    if request.POST.get("organization"):
        missing = missing.filter(pk=key_of(request.POST["organization"]))
    meant = [one for one in missing if permissions.judges_plans_of(request.user, one)]
    try:
        count = remind_of_plans(meant, campaign, make=DueThing, by=request.user, at=clock.now(), on=on)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("已提醒 %(n)s 个党组织。") % {"n": count})
    return redirect("plan_missing")


@require_safe
def plan_missing_export(request):
    require(permissions.can_remind_of_plans(request.user))
    campaign, on = _campaign_or_404(request), clock.today()
    _form, chosen = _chosen(request.GET)
    lines = missing_lines(list(without_plan(campaign, request.user, on=on, **chosen)), campaign, on=on)
    file = BytesIO()
    count = write_missing(file, lines, demo=clock.is_demo())
    record(request.user, "export", by=request.user, at=clock.now(), detail={"what": _("没有计划的单位"), "rows": count})
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("没有计划的单位") + ".xlsx")

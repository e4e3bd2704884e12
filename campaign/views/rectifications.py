"""Pages of rectification: the ledger, one item with its course, raising one by hand, and the steps to its closing."""
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign import permissions
from campaign.domain import rectifications
from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.domain.collisions import collisions_of_items
from campaign.domain.origins import origin_of
from campaign.domain.photos import MOST_PHOTOS
from campaign.domain.rectification_ladder import rises_of
from campaign.domain.rectification_list import days_left, ladder, rectifications_seen
from campaign.domain.rectification_progress import tell_rectification_progress
from campaign.forms.rectifications import (
    RectificationBackForm,
    RectificationCallOffForm,
    RectificationFilterForm,
    RectificationForm,
    RectificationProgressForm,
    RectificationReportForm,
    RectificationVerifyForm,
)
from campaign.models import Rectification
from campaign.views.looking_out import days_to_look_out_for, warn
from config.kit import clock
from config.kit.keys import key_of
from config.kit.pictures import ACCEPTED
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once
from units.views.organization_choice import choose_organization

PAGE = 20


def _item_or_404(request, pk):
    rows = Rectification.objects.visible_to(request.user).select_related(
        "organization", "owner", "verifier", "reported_by", "campaign", "carried_from__campaign", "carried_to__campaign"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def rectification_list(request):
    """The ladder counts everything the user sees; filters stand in the address."""
    campaign, on = chosen_campaign(request.user), clock.today()
    form = RectificationFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(rectifications_seen(request.user, campaign, on=on, **chosen), PAGE).get_page(request.GET.get("page"))
    rungs, figures = ladder(request.user, campaign, on=on)
    context = {
        "form": form,
        "page": page,
        "rows": [(item, days_left(item, on=on)) for item in page],
        "rungs": rungs,
        "figures": figures,
        "now": clock.now(),
        "is_filtered": any(chosen.values()),
        "may_raise": permissions.can_raise_rectification(request.user),
    }
    return list_page(request, "campaign/rectification_list.html", context)


@require_http_methods(["GET", "POST"])
def rectification_new(request):
    """Raised by hand by the office or a committee; without ?organization= it asks for one."""
    require(permissions.can_raise_rectification(request.user))
    if not request.GET.get("organization"):
        return choose_organization(request, heading=_("登记整改"), up=_("整改"), up_url=reverse("rectification_list"))
    organizations = Organization.objects.visible_to(request.user).active()
    organization = get_object_or_404(organizations, pk=key_of(request.GET["organization"]))
    require(permissions.can_raise_rectification(request.user, organization))
    campaign, on = current_campaign(request.user), clock.today()
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能登记整改。"))
        return redirect("rectification_list")
    initial = {
        "owner": rectifications.secretary_of(organization, on=on), "due_on": on + timedelta(days=rectifications.DAYS_TO_MEND),
        **{name: request.GET[name] for name in ("source", "problem") if name in request.GET},  # from a low appraisal item
    }
    form = RectificationForm(request.POST or None, organization=organization, initial=initial)
    if request.method == "POST" and form.is_valid():
        def write():
            item = rectifications.raise_rectification(
                campaign=campaign, organization=organization, **form.cleaned_data, by=request.user, at=clock.now(), on=on
            )
            warn(request, collisions_of_items([item], on=on))
            return item

        try:
            return once(request, write)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    look = days_to_look_out_for(campaign, organization, on=on, form=form)
    return render(request, "campaign/rectification_form.html", {"form": form, "organization": organization, "look_out": look})


@require_safe
def rectification_detail(request, pk):
    """The problem, what was done, its course, and what this user may do next."""
    item, user = _item_or_404(request, pk), request.user
    context = {
        "item": item,
        "days": days_left(item, on=clock.today()),
        "origin": origin_of(item, user),
        "rises": rises_of(item, on=clock.today()),
        "progress": item.progress.select_related("recorded_by").prefetch_related("progress_photos__photo").order_by(
            "-happened_on", "-pk"
        ),
        "closings": item.closings.select_related("recorded_by").order_by("-recorded_at", "-pk"),
        "answers": item.commitments.visible_to(user).order_by("pk"),
        "report": permissions.can_report_rectification(user, item),
        "verify": permissions.can_verify_rectification(user, item),
        "reopen": permissions.can_reopen_rectification(user, item),
        "call_off": permissions.can_call_off_rectification(user, item),
        "history": history_of([item]),
    }
    return render(request, "campaign/rectification_detail.html", context)


def _step(request, item, form, title, label, call):
    """Show the form beside the item; on a valid post run `call(cleaned)` once and go back to the item."""
    if request.method == "POST" and form.is_valid():
        def act():
            call(form.cleaned_data)
            if form.cleaned_data.get("due_on"):
                warn(request, collisions_of_items([item], on=clock.today()))
            return item.get_absolute_url()

        try:
            return once(request, act)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"item": item, "form": form, "step_title": title, "label": label, "days": days_left(item, on=clock.today())}
    if "due_on" in form.fields:
        context["look_out"] = days_to_look_out_for(item.campaign, item.organization, on=clock.today(), form=form)
    return render(request, "campaign/rectification_step.html", context)


@require_http_methods(["GET", "POST"])
def rectification_progress(request, pk):
    """One step on the way, with photos or without."""
    item = _item_or_404(request, pk)
    require(permissions.can_report_rectification(request.user, item))
    form = RectificationProgressForm(request.POST or None, request.FILES or None, initial={"happened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        def tell():
            tell_rectification_progress(item, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
            return item.get_absolute_url()

        try:
            return once(request, tell)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "item": item, "form": form, "most": MOST_PHOTOS, "accepted": ACCEPTED,
        "photo_error": " ".join(form.errors.get("photos", [])) or None,
    }
    return render(request, "campaign/rectification_progress.html", context)


@require_http_methods(["GET", "POST"])
def rectification_report(request, pk):
    """Say that it is done, and how."""
    item = _item_or_404(request, pk)
    require(permissions.can_report_rectification(request.user, item))
    form = RectificationReportForm(request.POST or None, initial={"measures": item.measures})
    return _step(request, item, form, _("报完成"), _("报完成"), lambda said: rectifications.report_rectification(
        item, **said, by=request.user, at=clock.now()
    ))


@require_http_methods(["GET", "POST"])
def rectification_verify(request, pk):
    """Close it after having looked."""
    item = _item_or_404(request, pk)
    require(permissions.can_verify_rectification(request.user, item))
    form = RectificationVerifyForm(request.POST or None)
    return _step(request, item, form, _("验收"), _("通过，销号"), lambda said: rectifications.verify_rectification(
        item, **said, by=request.user, at=clock.now(), on=clock.today()
    ))


@require_http_methods(["GET", "POST"])
def rectification_send_back(request, pk):
    """Not done yet."""
    item = _item_or_404(request, pk)
    require(permissions.can_verify_rectification(request.user, item))
    form = RectificationBackForm(request.POST or None, needs_day=False)
    return _step(request, item, form, _("退回整改"), _("退回"), lambda said: rectifications.send_back_rectification(
        item, **said, by=request.user, at=clock.now(), on=clock.today()
    ))


@require_http_methods(["GET", "POST"])
def rectification_call_off(request, pk):
    """Raised for nothing, for instance by rule from an appraisal that was corrected."""
    item = _item_or_404(request, pk)
    require(permissions.can_call_off_rectification(request.user, item))
    form = RectificationCallOffForm(request.POST or None)
    return _step(request, item, form, _("撤销整改"), _("撤销"), lambda said: rectifications.call_off_rectification(
        item, **said, by=request.user, at=clock.now()
    ))


@require_http_methods(["GET", "POST"])
def rectification_reopen(request, pk):
    """Closed, and not done after all."""
    item = _item_or_404(request, pk)
    require(permissions.can_reopen_rectification(request.user, item))
    form = RectificationBackForm(request.POST or None, needs_day=True)
    return _step(request, item, form, _("重新打开"), _("重新打开"), lambda said: rectifications.reopen_rectification(
        item, **said, by=request.user, at=clock.now(), on=clock.today()
    ))

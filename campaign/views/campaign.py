"""The office's pages of the campaign frame: all campaigns, its fields, its parts, its criteria, opening and closing."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaign import permissions
from campaign.domain.campaign_frame import PARTS, FrameRefusal, change_campaign, part_rows, write_part
from campaign.domain.campaigns import move_campaign
from campaign.domain.criterion_versions import change_criteria, effective_criteria
from campaign.domain.frame_effects import digest_of, publish
from campaign.enums import CampaignState, Track
from campaign.forms.campaign import CampaignForm, ErrorsOf, ReasonForm, WeightRow, frame_rows, typed_rows
from campaign.models import Campaign
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.edits import guarded
from units.enums import Category
from units.list_exports import list_page

FIELDS = ("title", "requirement", "theme", "vehicle", "thread", "starts_on", "ends_on", "reply_days")
CRITERIA = {Track.ORGANIZATION: gettext_lazy("五个好"), Track.MEMBER: gettext_lazy("五带头")}


def _campaign_or_404(request, pk):
    """The campaign in scope, when the user is its office."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(permissions.can_edit_campaign(request.user, campaign))
    return campaign


def _tabs(campaign, here):
    """[(label, url, is_here)]: the pages on which the frame is edited."""
    pages = [("fields", _("基本内容"), reverse("campaign_edit", args=[campaign.pk]))]
    pages += [(part, shape.label, reverse("campaign_part", args=[campaign.pk, part])) for part, shape in PARTS.items()]
    pages += [(track, label, reverse("campaign_criteria", args=[campaign.pk, track])) for track, label in CRITERIA.items()]
    return [(label, url, name == here) for name, label, url in pages]


def _save(request, campaign, write, said=""):
    """Save, and come back to the page; in an open campaign only after a page that shows what the change would change."""
    if campaign.state == CampaignState.OPEN:
        effects = publish(campaign, write, on=clock.today(), confirmed=request.POST.get("confirmed", ""))
        if effects:
            typed = [(name, value) for name, values in request.POST.lists() for value in values
                     if name not in {"csrfmiddlewaretoken", "confirmed"}]
            context = {"campaign": campaign, "effects": effects, "digest": digest_of(effects), "typed": typed}
            return render(request, "campaign/campaign_confirm.html", context)
    else:
        write()
    messages.success(request, said or _("已保存。"))
    return redirect(request.get_full_path())


@require_safe
def campaign_list(request):
    campaigns = Campaign.objects.visible_to(request.user).select_related("organization", "follows").newest_first()
    rows = [(campaign, bool(permissions.can_edit_campaign(request.user, campaign))) for campaign in campaigns]
    context = {"rows": rows, "may_add": request.user.has_role("office")}
    return list_page(request, "campaign/campaign_list.html", context, rows=rows)


@require_http_methods(["GET", "POST"])
def campaign_edit(request, pk):
    campaign = _campaign_or_404(request, pk)
    form = CampaignForm(request.POST or None, initial={name: getattr(campaign, name) for name in FIELDS})
    guarded(request, form)
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        try:
            return _save(
                request, campaign, lambda: change_campaign(campaign, **form.cleaned_data, by=request.user, at=clock.now())
            )
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "campaign": campaign, "form": form, "tabs": _tabs(campaign, "fields"), "history": history_of([campaign]),
    }
    return render(request, "campaign/campaign_edit.html", context)


@require_http_methods(["GET", "POST"])
def campaign_part(request, pk, part):
    """One list of the frame; the button 再加一行 sends the form back with a blank row more and nothing saved."""
    campaign = _campaign_or_404(request, pk)
    if part not in PARTS:
        raise Http404
    if request.method == "POST" and "add_row" not in request.POST:
        rows = frame_rows(part, campaign, request.POST, initial=part_rows(campaign, part))
        if rows.is_valid() and "back" not in request.POST:
            try:
                return _save(
                    request, campaign, lambda: write_part(campaign, part, rows.rows, by=request.user, at=clock.now())
                )
            except FrameRefusal as refusal:
                refuse_on_form(rows.kept[refusal.row] if refusal.row is not None else rows.forms[0], refusal)
    else:
        rows = frame_rows(part, campaign, initial=typed_rows(request.POST) if request.POST else part_rows(campaign, part))
    context = {
        "campaign": campaign, "rows": rows, "form": ErrorsOf(rows.forms), "part": PARTS[part].label,
        "tabs": _tabs(campaign, part),
    }
    return render(request, "campaign/campaign_part.html", context)


@require_http_methods(["GET", "POST"])
def campaign_criteria(request, pk, track):
    """The weights and texts of one track; `?category=` gives a category wording and weights of its own."""
    campaign = _campaign_or_404(request, pk)
    category = request.GET.get("category", "")
    if track not in Track.values or category not in {"", *Category.values}:
        raise Http404
    criteria = effective_criteria(campaign, track, category)
    rows = [(criterion, _weight_row(request, criterion)) for criterion in criteria]
    reason = ReasonForm(request.POST or None)
    forms = [form for _criterion, form in rows] + [reason]
    if request.method == "POST" and not ErrorsOf(forms).errors and "back" not in request.POST:
        try:
            return _save(request, campaign, lambda: change_criteria(
                campaign, track, {criterion.code: form.cleaned_data for criterion, form in rows}, category=category,
                reason=reason.cleaned_data["reason"], by=request.user, at=clock.now(),
            ), _("新的一版已经生效。"))
        except Refusal as refusal:
            refuse_on_form(reason, refusal)
    context = {
        "campaign": campaign, "rows": rows, "reason": reason, "form": ErrorsOf(forms), "part": CRITERIA[track],
        "tabs": _tabs(campaign, track), "total": sum(criterion.weight for criterion in criteria),
        "categories": [("", _("共同的"), not category), *((c, c.label, c == category) for c in Category)],
        "history": history_of(criteria),
    }
    return render(request, "campaign/campaign_criteria.html", context)


def _weight_row(request, criterion):
    initial = {"title": criterion.title, "text": criterion.text, "weight": criterion.weight}
    return WeightRow(request.POST or None, prefix=criterion.code, initial=initial)


@require_http_methods(["GET", "POST"])
def campaign_open(request, pk):
    """A page of its own first: what has begun for everybody does not go back to being prepared."""
    campaign = _campaign_or_404(request, pk)
    if request.method == "POST":
        return done(
            request, "campaign_list", lambda: move_campaign(campaign, "open", by=request.user, at=clock.now()),
            _("活动已经开始。"),
        )
    if campaign.state != CampaignState.DRAFT:
        return redirect("campaign_list")
    return render(request, "campaign/campaign_open.html", {
        "campaign": campaign,
        "consequences": [
            _("各单位从这时起写计划、记活动、作承诺，都记在这个活动里。"),
            _("开始以后不能退回筹备；再改方案，先看一遍会改变什么，确认后才保存。"),
            _("同时只能有一个进行中的活动，另一个要先结束。"),
        ],
    })


@require_http_methods(["GET", "POST"])
def campaign_close(request, pk):
    """A page of its own first: a closed campaign is not opened again."""
    campaign = _campaign_or_404(request, pk)
    if request.method == "POST":
        return done(
            request, "campaign_list", lambda: move_campaign(campaign, "close", by=request.user, at=clock.now()),
            _("活动已经结束。"),
        )
    if campaign.state != CampaignState.OPEN:
        return redirect("campaign_list")
    return render(request, "campaign/campaign_close.html", {
        "campaign": campaign,
        "consequences": [
            _("结束以后不能再打开。"), _("不能再记新的活动和计划，已有的记录和得分都保留。"),
            _("没有办完的整改和承诺，可以在下一个活动里结转。"),
        ],
    })

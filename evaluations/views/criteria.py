"""The page 条件与指标: tracks, criteria with their indicators, sheets, gates and bands; the office revises them."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign.domain.campaigns import chosen_campaign
from campaign.domain.criterion_versions import effective_criteria
from campaign.enums import Track
from campaign.forms.campaign import ErrorsOf
from campaign.models import Campaign, Criterion
from config.kit import clock
from config.kit.facts import FactSuperseded
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import indicators
from evaluations.domain.indicator_words import ParameterWords
from evaluations.domain.refinements import refining_organizations
from evaluations.enums import MeasureName
from evaluations.forms.indicators import BandForm, GateForm, IndicatorForm, ReasonForm
from evaluations.models import Band, Gate, SheetItem
from units.domain.record_history import history_of
from units.edits import guarded
from units.enums import Category
from units.list_exports import list_page
from units.submissions import once


@require_safe
def criterion_list(request):
    """Both tracks: each criterion with its weight and what counts under it, in words."""
    campaign = chosen_campaign(request.user)
    if campaign is None:
        return render(request, "evaluations/criterion_none.html", {})
    words = ParameterWords(campaign)
    tracks = [_track(campaign, track, words) for track in Track]
    context = {
        "campaign": campaign, "may_edit": permissions.can_edit_rules(request.user, campaign),
        "tracks": tracks, "bands": _bands(campaign),
        "gates": [(gate, words.sentence(gate)) for gate in _gates(campaign)], "own": _below_the_root(request.user),
        "refining": refining_organizations(campaign, request.user),
    }
    rows = [
        (part["track"], entry["criterion"], *row) for part in tracks for entry in part["criteria"] for row in entry["rows"]
    ]
    return list_page(request, "evaluations/criterion_list.html", context, rows=rows)


def _below_the_root(user):
    """The organisation that the user acts for, where it may have parts of its own."""
    grant = user.main_grant
    return grant.organization if grant and grant.organization and not grant.organization.is_root else None


def _bands(campaign):
    return list(Band.objects.standing().filter(campaign=campaign).order_by("position", "pk"))


def _gates(campaign):
    return Gate.objects.standing().filter(campaign=campaign).order_by("track", "position", "pk")


def _track(campaign, track, words):
    """One track as the page draws it; four queries for any number of rows."""
    rows = {}
    for indicator in indicators.common_indicators(campaign, track):
        rows.setdefault(indicator.criterion_code, []).append(indicator)
    own = Criterion.objects.standing().of(campaign, track).exclude(category="").in_order()
    categories = {}
    for criterion in own:
        categories.setdefault(criterion.code, []).append((Category(criterion.category).label, criterion))
    criteria = effective_criteria(campaign, track)
    return {
        "track": track,
        "criteria": [
            {
                "criterion": criterion, "own": categories.get(criterion.code, []),
                "rows": [(indicator, words.sentence(indicator)) for indicator in rows.get(criterion.code, [])],
                "sums": indicators.sums_of(rows.get(criterion.code, [])),
                "adds_up": set(indicators.sums_of(rows.get(criterion.code, [])).values()) == {indicators.WHOLE},
            }
            for criterion in criteria
        ],
        "weights": sum(criterion.weight for criterion in criteria),
        "items": list(SheetItem.objects.standing().filter(campaign=campaign, track=track).order_by("position", "pk")),
    }


def campaign_or_404(request):
    campaign = chosen_campaign(request.user)
    return get_object_or_404(Campaign.objects.visible_to(request.user), pk=campaign.pk if campaign else 0)


@require_http_methods(["GET", "POST"])
def indicator_edit(request, track, code):
    """All indicators of one criterion in one form; ?add= names the measure of a new row."""
    campaign = campaign_or_404(request)
    require(permissions.can_edit_rules(request.user, campaign))
    criterion = next((one for one in effective_criteria(campaign, track) if one.code == code), None)
    if criterion is None:
        raise Http404
    standing = list(indicators.common_indicators(campaign, track, code))
    rows, added = _rows(request, standing, track, ParameterWords(campaign))
    reason = ReasonForm(request.POST or None)
    seen = ",".join(str(one.pk) for one in standing)
    refined = indicators.refining_units(campaign, [one.code for one in standing])
    if request.method == "POST" and not ErrorsOf([*rows, reason]).errors:
        def revise():
            if request.POST.get("seen") != seen:
                raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
            changed = indicators.revise_indicators(
                campaign, criterion, [row.indicator for row in rows if not row.is_removed],
                reason=reason.cleaned_data["reason"], by=request.user, at=clock.now(),
            )
            messages.success(request, _("已修订 %(n)s 项指标，下一次计分起用。") % {"n": len(changed)})
            return f"{reverse('criterion_list')}#{criterion.code}"

        try:
            return once(request, revise)
        except Refusal as refusal:
            refuse_on_form(reason, refusal)
    context = {
        "criterion": criterion, "rows": rows, "reason": reason, "form": ErrorsOf([*rows, reason]), "added": added,
        "measures": MeasureName.choices, "sums": indicators.sums_of(standing), "seen": seen, "history": history_of(standing),
        "refined": [(one.title, names) for one in standing if (names := refined.get(one.code))],
    }
    return render(request, "evaluations/indicator_form.html", context)


def _rows(request, standing, track, words):
    """([IndicatorForm], measure of the new row or ""): one form per standing indicator, and one for ?add=."""
    data, added = request.POST or None, request.POST.get("add") or request.GET.get("add", "")
    rows = [
        IndicatorForm(data, prefix=one.code, measure=one.measure, track=track, words=words, standing=one) for one in standing
    ]
    if added not in MeasureName.values:
        return rows, ""
    return [*rows, IndicatorForm(data, prefix="new", measure=added, track=track, words=words)], added


@require_http_methods(["GET", "POST"])
def gate_edit(request, lineage):
    """The line of one gate."""
    campaign = campaign_or_404(request)
    require(permissions.can_edit_rules(request.user, campaign))
    gate = get_object_or_404(_gates(campaign).select_related("campaign__organization"), lineage=lineage)
    form = guarded(request, GateForm(request.POST or None, gate=gate), besides=("reason",))
    if request.method == "POST" and form.is_valid():
        def revise():
            indicators.revise_gate(gate, **form.cleaned_data, by=request.user, at=clock.now())
            messages.success(request, _("限制线已修订，下一次计分起用。"))
            return reverse("criterion_list")

        try:
            return once(request, revise)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "heading": gate.title, "sentence": ParameterWords(campaign).sentence(gate)}
    return render(request, "evaluations/rule_form.html", context | {"history": history_of([gate])})


@require_http_methods(["GET", "POST"])
def band_edit(request):
    """The lines of all bands together."""
    campaign = campaign_or_404(request)
    require(permissions.can_edit_rules(request.user, campaign))
    bands = _bands(campaign)
    form = guarded(request, BandForm(request.POST or None, bands=bands), besides=("reason",))
    if request.method == "POST" and form.is_valid():
        def revise():
            indicators.revise_bands(
                campaign, form.minimums, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
            messages.success(request, _("等次线已修订，下一次计分起用。"))
            return reverse("criterion_list")

        try:
            return once(request, revise)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    sentence = _("“%(title)s”从 0 分起，不用填。") % {"title": bands[-1].title} if bands else ""
    context = {"form": form, "heading": _("等次线"), "sentence": sentence, "history": history_of(bands)}
    return render(request, "evaluations/rule_form.html", context)

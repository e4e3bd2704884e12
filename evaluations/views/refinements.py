"""What counts in one organisation: the common indicators, and the unit's own parts in the place of some of them."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain.criterion_versions import effective_criteria
from campaign.enums import Track
from campaign.forms.campaign import ErrorsOf
from config.kit import clock
from config.kit.facts import FactSuperseded
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import refinements
from evaluations.domain.indicator_words import ParameterWords
from evaluations.enums import MeasureName
from evaluations.forms.indicators import ReasonForm
from evaluations.forms.refinements import MeasureForm, PartForm
from evaluations.views.criteria import campaign_or_404
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once


def _loaded(request, pk):
    """(organisation, campaign) in scope; the organisation belongs to the campaign."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).select_related("parent"), pk=pk)
    campaign = campaign_or_404(request)
    if not campaign.organization.contains(organization):
        raise Http404
    return organization, campaign


@require_safe
def refinement_list(request, pk):
    """Both tracks of one organisation: each common indicator, or what it or a unit above made of it."""
    organization, campaign = _loaded(request, pk)
    words, rows = ParameterWords(campaign), {}
    judged = list(refinements.judged(campaign, organization))
    for one in judged:
        parts = [(part, words.sentence(part)) for part in one.parts]
        key = one.indicator.track, one.indicator.criterion_code
        rows.setdefault(key, []).append((one, words.sentence(one.indicator), parts))
    tracks = [
        (track, [
            (criterion, rows.get((track.value, criterion.code), []))
            for criterion in effective_criteria(campaign, track, organization.category)
        ])
        for track in Track
    ]
    context = {
        "organization": organization, "campaign": campaign, "may_refine": permissions.can_refine(request.user, organization),
        "refined": sum(one.by == organization for one in judged),
        "handed_down": sum(one.by is not None and one.by != organization for one in judged),
        "tracks": tracks,
    }
    listed = [
        (track, criterion, one, part, words)
        for track, criteria in tracks for criterion, entries in criteria for one, sentence, parts in entries
        for part, words in parts or [(None, sentence)]
    ]
    return list_page(request, "evaluations/refinement_list.html", context, rows=listed)


@require_http_methods(["GET", "POST"])
def refinement_edit(request, pk, lineage):
    """The parts that an organisation makes of one common indicator; the button `more` adds a row and saves nothing."""
    organization, campaign = _loaded(request, pk)
    require(permissions.can_refine(request.user, organization))
    indicator = get_object_or_404(refinements.common_for(campaign, organization), lineage=lineage)
    standing = list(refinements.parts_of(indicator, organization))
    words = ParameterWords(campaign)
    rows = _rows(request, indicator, standing, words)
    is_growing = "more" in request.POST
    reason = ReasonForm(None if is_growing else request.POST or None, initial={"reason": request.POST.get("reason", "")})
    seen = ",".join(str(one.pk) for one in [indicator, *standing])
    if request.method == "POST" and not is_growing and not ErrorsOf([*rows, reason]).errors:
        def refine():
            if request.POST.get("seen") != seen:
                raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
            refinements.refine(
                indicator, organization, [row.indicator for row in rows if not row.is_removed],
                reason=reason.cleaned_data["reason"], by=request.user, at=clock.now(),
            )
            messages.success(request, _("“%(title)s”已细化，下一次计分起用。") % {"title": indicator.title})
            return f"{reverse('refinement_list', args=[pk])}#{indicator.code}"

        try:
            return once(request, refine)
        except Refusal as refusal:
            refuse_on_form(reason, refusal)
    context = {
        "organization": organization, "indicator": indicator, "sentence": words.sentence(indicator), "rows": rows,
        "reason": reason, "form": ErrorsOf([*rows, reason]), "seen": seen, "standing": standing, "most": refinements.MOST,
        "more": MeasureForm(), "ending": ReasonForm(prefix="end"), "may_grow": len(rows) < refinements.MOST,
        "history": _told_once(history_of(refinements.versions_of(indicator, organization))),
    }
    return render(request, "evaluations/refinement_form.html", context)


def _told_once(entries):
    """History without what is said of every part at the same moment."""
    return list({(entry["at"], entry["what"], entry["note"]): entry for entry in entries}.values())


def _rows(request, indicator, standing, words):
    """[PartForm]: the standing parts, then the new ones, each named by its measure in the hidden field `new`.

    A part that the form did not show is no row: a second click is answered like the first, not with empty fields.
    """
    data, is_growing = request.POST or None, "more" in request.POST
    new = [measure for measure in request.POST.getlist("new") if measure in MeasureName.values][: refinements.MOST]
    like = None
    if request.method != "POST" and not standing:
        new, like = [indicator.measure], indicator  # the first part starts as the indicator itself
    if request.method == "POST":
        standing = [one for one in standing if f"p{one.code}-title" in request.POST or f"p{one.code}-remove" in request.POST]
    shared = {"track": indicator.track, "words": words}
    rows = [PartForm(data, prefix=f"p{one.code}", measure=one.measure, standing=one, is_growing=is_growing, **shared)
            for one in standing]
    rows += [PartForm(data, prefix=f"n{place}", measure=measure, like=like, is_growing=is_growing, **shared)
             for place, measure in enumerate(new)]
    wanted = request.POST.get("measure")
    if is_growing and wanted in MeasureName.values and len(rows) < refinements.MOST:
        rows.append(PartForm(prefix=f"n{len(new)}", measure=wanted, **shared))
    return rows


@require_POST
def refinement_end(request, pk, lineage):
    """Take the refinement back: the common indicator counts again as it is."""
    organization, campaign = _loaded(request, pk)
    require(permissions.can_refine(request.user, organization))
    indicator = get_object_or_404(refinements.common_for(campaign, organization), lineage=lineage)
    try:
        refinements.end_refinement(
            indicator, organization, reason=request.POST.get("end-reason", "")[:200], by=request.user, at=clock.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("refinement_edit", pk, lineage)
    messages.success(request, _("“%(title)s”恢复按共同指标计分。") % {"title": indicator.title})
    return redirect("refinement_list", pk)

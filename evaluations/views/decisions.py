"""The decision of a round, and the export of the decided list."""
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import decisions
from evaluations.domain.award_export import FORMATS
from evaluations.enums import AwardKind, NominationState, RoundState
from evaluations.forms.awards import DecisionForm
from evaluations.views.awards import round_or_404
from units.submissions import once
from units.views.exports import start_export


@require_http_methods(["GET", "POST"])
def award_decide(request, pk):
    """What is missing, the list as it would be frozen, and the form of the document."""
    round = round_or_404(request, pk)
    require(permissions.can_run_awards(request.user, round.campaign.organization))
    if round.state != RoundState.CHECKING:
        return redirect(round)
    form = DecisionForm(request.POST or None, initial={
        "signed_on": clock.today(), "signer": round.campaign.organization.name,
    })
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: decisions.decide(
                round, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today()
            ).round)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
            round.refresh_from_db()
    lists = decisions.selected(round)
    context = {
        "round": round, "form": form,
        "gates": [{"ok": ok, "text": text} for ok, text in decisions.gates(round, on=clock.today())],
        "lists": [{"title": AwardKind(kind).label, "rows": rows} for kind, rows in lists.items()],
        "left_out": round.nominations.filter(state=NominationState.PASSED).count(),
    }
    context["ready"] = all(gate["ok"] for gate in context["gates"])
    return render(request, "evaluations/award_decide.html", context)


@require_POST
def award_export(request, pk):
    """Put the list in the queue of exports, as xlsx or docx."""
    round = round_or_404(request, pk)
    require(permissions.can_export_awards(request.user, round))
    chosen = request.POST.get("format")
    chosen = chosen if chosen in FORMATS else FORMATS[0]
    title = _("%(round)s名单（%(format)s）") % {"round": round.title, "format": chosen}
    return once(request, lambda: start_export(
        "award_list", title=title, parameters={"round": round.pk, "format": chosen}, by=request.user
    ))

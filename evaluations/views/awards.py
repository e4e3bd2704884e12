"""Pages of award rounds: the list, the board of one round, its dates and quotas, and its steps."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain.campaigns import current_campaign
from campaign.enums import PhaseWork
from campaign.permissions import in_time
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import award_board, decisions
from evaluations.domain.awards import change_round, create_round, current_run, move_round
from evaluations.domain.honour_conditions import asked_lines
from evaluations.domain.nominations import settle
from evaluations.domain.quotas import allowances
from evaluations.enums import NominationState, RoundState
from evaluations.forms.awards import BoardFilterForm, RoundForm, quota_text
from evaluations.models import AwardRound
from units.domain.record_history import history_of
from units.edits import guarded
from units.enums import Role
from units.list_exports import list_page
from units.submissions import once

PAGE = 20


def round_or_404(request, pk):
    """The round inside the user's scope."""
    rounds = AwardRound.objects.visible_to(request.user).select_related("campaign__organization", "run")
    return get_object_or_404(rounds, pk=pk)


@require_safe
def award_list(request):
    """All rounds, newest first, with the counts of the user's own scope."""
    campaign = current_campaign(request.user)
    context = {
        "page": Paginator(award_board.rounds_with_counts(request.user), PAGE).get_page(request.GET.get("page")),
        "may_create": permissions.can_run_awards(request.user, campaign.organization if campaign else None),
        "may_nominate": request.user.has_role(Role.SECRETARY, Role.COMMITTEE),
    }
    return list_page(request, "evaluations/award_list.html", context)


@require_http_methods(["GET", "POST"])
def award_new(request):
    campaign = current_campaign(request.user)
    if campaign is None:
        raise Http404
    require(permissions.can_run_awards(request.user, campaign.organization))
    form = RoundForm(request.POST or None, campaign=campaign, initial={"run": current_run(campaign)})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: create_round(campaign, **form.cleaned_data, by=request.user, at=clock.now()))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/award_form.html", {"form": form, "campaign": campaign})


@require_http_methods(["GET", "POST"])
def award_edit(request, pk):
    round = round_or_404(request, pk)
    require(permissions.can_change_round(request.user, round))
    form = RoundForm(request.POST or None, campaign=round.campaign, round=round, initial=RoundForm.initial_of(round))
    guarded(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(change_round(round, **form.cleaned_data, by=request.user, at=clock.now()))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/award_form.html", {"form": form, "round": round, "campaign": round.campaign})


@require_safe
def award_detail(request, pk):
    """The board: steps, quotas, what is still missing, nominees."""
    round = round_or_404(request, pk)
    prefetch_related_objects([round], "honour_conditions")  # asked three times here
    runs_it = permissions.can_run_awards(request.user, round.campaign.organization)
    form = BoardFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = award_board.nominees(round, request.user, **chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counts = award_board.state_counts(round, request.user)
    context = {
        "round": round, "page": page, "form": form if form.is_bound else BoardFilterForm(), "runs_it": runs_it,
        "rows": award_board.with_evidence(round, page.object_list, on=clock.today()),
        "bands": award_board.bands_of(round), "awards": award_board.award_rows(round, counts),
        "steps": award_board.steps(round, counts), "decision": decisions.standing_decision(round),
        "may_change": permissions.can_change_round(request.user, round),
        "may_export": permissions.can_export_awards(request.user, round),
        "may_nominate": round.state == RoundState.OPEN and request.user.has_role(Role.SECRETARY, Role.COMMITTEE)
        and in_time(round.campaign, PhaseWork.NOMINATION),
        "may_select": runs_it and round.state == RoundState.CHECKING,
        "history": history_of([round]) if runs_it else [], "asked": asked_lines(round),
    }
    if context["may_select"]:
        context["gates"] = [{"ok": ok, "text": text} for ok, text in decisions.gates(round, on=clock.today())]
        context["next_unchecked"] = round.nominations.filter(state=NominationState.SUBMITTED).order_by("pk").first()
    return list_page(request, "evaluations/award_detail.html", context)


@require_safe
def award_quota(request, pk):
    """Where each quota comes from, with both roundings."""
    round = round_or_404(request, pk)
    rows = [{"allowance": a, "text": quota_text(a.basis, a.value)} for a in allowances(round)]
    has_units = any(row["allowance"].units for row in rows)
    context = {"round": round, "rows": rows, "has_units": has_units}
    return list_page(request, "evaluations/award_quota.html", context, rows=rows)


def _move(request, pk, verb, message):
    round = round_or_404(request, pk)
    require(permissions.can_run_awards(request.user, round.campaign.organization))
    return done(request, round, lambda: move_round(round, verb, by=request.user, at=clock.now()), message)


@require_POST
def award_open(request, pk):
    return _move(request, pk, "open", _("已开始推荐。"))


@require_POST
def award_check(request, pk):
    return _move(request, pk, "check", _("推荐结束，开始资格审核。"))


@require_POST
def award_reopen(request, pk):
    return _move(request, pk, "reopen", _("已重新开放推荐。"))


@require_POST
def award_select(request, pk):
    """Settle the ticked nominees: `verb` is select or leave_out."""
    round = round_or_404(request, pk)
    require(permissions.can_run_awards(request.user, round.campaign.organization))
    keys = [key_of(text) for text in request.POST.getlist("nomination")]
    verb = "select" if request.POST.get("verb") == "select" else "leave_out"
    if not keys:
        messages.error(request, _("请先勾选人选。"))
        return redirect(round)
    message = _("已定为入选。") if verb == "select" else _("已定为未入选。")
    return done(request, round, lambda: settle(round, keys, verb, by=request.user, at=clock.now()), message)

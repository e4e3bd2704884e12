"""Pages of nominations: pick somebody, write down the meeting, look, withdraw, check."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.enums import PhaseWork
from campaign.permissions import in_time
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import award_board, nominations
from evaluations.domain import member_dossier as dossier
from evaluations.domain.honour_conditions import HonourEvidence, demand_words
from evaluations.domain.qualification import Candidate, conditions
from evaluations.enums import AwardKind, NominationState, RoundState
from evaluations.forms.nominations import NominationForm, PickForm, SanctionForm
from evaluations.models import Nomination
from evaluations.views.awards import round_or_404
from units import scope
from units.domain.record_history import history_of
from units.enums import Role
from units.models import Organization
from units.submissions import once

PAGE = 20


def _nomination_or_404(request, pk):
    rows = Nomination.objects.visible_to(request.user).select_related(
        "round__campaign__organization", "round__run", "organization", "nominating_organization", "nominated_by",
        "member__organization", "sanction_checked_by",
    )
    return get_object_or_404(rows, pk=pk)


def _nominating(user):
    """Organisations for which the user may put forward, in institutional order."""
    paths = [g.organization.path for g in user.current_grants if g.role in {Role.SECRETARY, Role.COMMITTEE}]
    return Organization.objects.visible_to(user).filter(scope.within_any(paths)).active().in_institutional_order()


def _chosen_organization(request, organizations):
    """The organisation that `?organization=` names; else the one the user acts for; else the first."""
    key = key_of(request.GET.get("organization"))
    if key:
        return get_object_or_404(organizations, pk=key)
    grant = request.user.main_grant
    mine = organizations.filter(pk=grant.organization_id).first() if grant else None
    return mine or organizations.first()


@require_http_methods(["GET", "POST"])
def nomination_new(request, pk):
    """Without `?nominee=` a page to pick somebody with the scores beside; with it the form of the meeting."""
    round = round_or_404(request, pk)
    organization = _chosen_organization(request, _nominating(request.user))
    require(permissions.can_nominate(request.user, organization or round.campaign.organization))
    require(in_time(round.campaign, PhaseWork.NOMINATION))
    if round.state != RoundState.OPEN:
        messages.error(request, _("“%(round)s”现在不接受推荐。") % {"round": round.title})
        return redirect(round)
    kind = request.GET.get("kind") or AwardKind.MEMBER
    if kind not in AwardKind.values:
        raise Http404
    nominee = key_of(request.GET.get("nominee"))
    if nominee:
        return _write(request, round, kind, organization, nominee)
    return _pick(request, round, kind, organization)


def _pick(request, round, kind, organization):
    q = request.GET.get("q", "").strip()[:30]
    rows = award_board.candidates(kind, organization, on=clock.today(), q=q)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people = [_candidate(kind, row) for row in page.object_list]
    scores = award_board.scores_of(round, people)
    taken = award_board.already_nominated(round, kind)
    honours = HonourEvidence(round, [one.member.pk for one in people if one.member], on=clock.today())
    form = PickForm(
        {"kind": kind, "organization": organization.pk, "q": q}, organizations=_nominating(request.user)
    )
    context = {
        "round": round, "kind": kind, "organization": organization, "page": page, "form": form,
        "award": AwardKind(kind).label, "bands": award_board.bands_of(round),
        "rows": [
            {"candidate": one, "nominee": one.member or one.organization, "score": scores.get(_score_key(one)),
             "taken": (one.member or one.organization).pk in taken,
             "honours": honours.that_count(kind, one.member.pk) if one.member else ()}
            for one in people
        ],
        "asked": demand_words(honours.asked[kind]) if kind in honours.asked else "",
    }
    return render(request, "evaluations/nomination_pick.html", context)


def _candidate(kind, row):
    if kind == AwardKind.ORGANIZATION:
        return Candidate(kind, row)
    return Candidate(kind, row.organization, row)


def _score_key(candidate):
    return (None, candidate.member.pk) if candidate.member else (candidate.organization.pk, None)


def _write(request, round, kind, organization, nominee):
    candidate = _candidate(
        kind, get_object_or_404(award_board.candidates(kind, organization, on=clock.today()), pk=nominee)
    )
    form = NominationForm(request.POST or None, kind=kind, initial={
        "meeting_on": clock.today(), "expected": nominations.voters(organization) or None,
        "party_work_since": award_board.first_post_on(candidate.member),
    })
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: nominations.nominate(
                round, kind=kind, nominating_organization=organization, organization=candidate.organization,
                member=candidate.member, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today(),
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "round": round, "kind": kind, "organization": organization, "candidate": candidate, "form": form,
        "nominee": candidate.member or candidate.organization, "award": AwardKind(kind).label,
        **_evidence(round, candidate, request.user),
    }
    return render(request, "evaluations/nomination_form.html", context)


def _evidence(round, candidate, user):
    """What speaks for one candidate: the conditions, the score and its lines."""
    score = award_board.scores_of(round, [candidate]).get(_score_key(candidate))
    return {
        "conditions": [
            {"ok": one.ok, "text": one.text, "url": one.about.get_absolute_url() if one.about is not None else "",
             "aside": not one.ok and not one.bars}
            for one in conditions(round, [candidate], on=clock.today())[0]
        ],
        "honours": dossier.honours(candidate.member, user) if candidate.member else (),
        "score": score, "lines": award_board.score_lines(round, candidate), "bands": award_board.bands_of(round),
    }


@require_safe
def nomination_detail(request, pk):
    return _detail(request, _nomination_or_404(request, pk), SanctionForm())


def _detail(request, nomination, form):
    """The page of one nomination; `form` asks what the discipline side answered."""
    check = permissions.can_check_nomination(request.user, nomination)
    context = {
        "nomination": nomination, "round": nomination.round, "nominee": nomination.member or nomination.organization,
        "may_withdraw": permissions.can_withdraw_nomination(request.user, nomination), "check": check, "form": form,
        "may_judge": check and nomination.state in {
            NominationState.SUBMITTED, NominationState.PASSED, NominationState.REFUSED,
        },
        "history": history_of([nomination]),
        "runs_it": permissions.can_run_awards(request.user, nomination.round.campaign.organization),
        **_evidence(nomination.round, nomination, request.user),
    }
    # The button is not there until every condition is met; the list beside says what is missing.
    context["may_pass"] = context["may_judge"] and nomination.state != NominationState.PASSED and all(
        one["ok"] or one["aside"] for one in context["conditions"]
    )
    return render(request, "evaluations/nomination_detail.html", context)


@require_POST
def nomination_withdraw(request, pk):
    nomination = _nomination_or_404(request, pk)
    require(permissions.can_withdraw_nomination(request.user, nomination))
    return done(
        request, nomination, lambda: nominations.withdraw(nomination, by=request.user, at=clock.now()), _("推荐已撤回。")
    )


@require_POST
def nomination_sanction(request, pk):
    """Write down the discipline side's answer."""
    nomination = _nomination_or_404(request, pk)
    require(permissions.can_check_nomination(request.user, nomination))
    form = SanctionForm(request.POST)
    if not form.is_valid():
        return _detail(request, nomination, form)
    return done(request, nomination, lambda: nominations.answer_for_sanctions(
        nomination, **form.cleaned_data, by=request.user, at=clock.now()
    ), _("处分情况已记下。"))


def _check(request, pk, verb, message):
    nomination = _nomination_or_404(request, pk)
    require(permissions.can_check_nomination(request.user, nomination))
    note = request.POST.get("note", "").strip()[:200]
    return done(request, nomination, lambda: nominations.check(
        nomination, verb, note=note, by=request.user, at=clock.now(), on=clock.today()
    ), message)


@require_POST
def nomination_pass(request, pk):
    return _check(request, pk, "pass", _("审核通过。"))


@require_POST
def nomination_refuse(request, pk):
    return _check(request, pk, "refuse", _("已记为审核不通过。"))

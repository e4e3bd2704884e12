"""Scores: one subject's score with its sheet, the evidence of one line, and an organisation's score of today's run."""
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from campaign.domain.campaigns import chosen_campaign
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain.dossier import current_score
from evaluations.domain.evidence import evidence_count, evidence_rows, measure_of_line
from evaluations.domain.score_sheet import sheet_of
from evaluations.models import CurrentRun, Score, ScoreLine
from units.models import Organization

ROWS = 50  # of evidence on one page


@require_GET
def score_detail(request, pk):
    """One score from its total down to the sentences."""
    score = get_object_or_404(
        Score.objects.visible_to(request.user).select_related("run__campaign", "organization", "member"), pk=pk
    )
    current = CurrentRun.objects.filter(campaign=score.run.campaign).values_list("run", flat=True).first()
    return render(
        request,
        "evaluations/score_detail.html",
        {"score": score, "run": score.run, "sheet": sheet_of(score), "is_current": current == score.run_id},
    )


@require_GET
def score_line(request, pk):
    """The evidence of one line, as it was known at the run; a page of its own, and a part of the score's page by htmx."""
    line = get_object_or_404(
        ScoreLine.objects.select_related("run__campaign", "organization", "member", "indicator"), pk=pk
    )
    score = get_object_or_404(
        Score.objects.visible_to(request.user), run=line.run, organization=line.organization, member=line.member
    )
    total = evidence_count(line)
    first = _first(request.GET.get("first"), total)
    measure = measure_of_line(line)
    rows = measure.evidence(evidence_rows(line, first=first, most=ROWS), request.user)
    context = {
        "line": line, "score": score, "run": line.run, "rows": rows, "total": total, "first": first + 1,
        "last": first + len(rows), "next": first + ROWS if first + ROWS < total else None,
        "previous": first - ROWS if first else None,
        "sentence": measure.sentence(line.numerator, line.denominator, line.points_available, line.points),
    }
    template = "evaluations/score_evidence.html" if request.htmx else "evaluations/score_line.html"
    return render(request, template, context)


def _first(text, total):
    """Where a page of evidence begins: a multiple of ROWS inside the rows."""
    number = int(text) if text and text.isascii() and text.isdigit() else 0
    return number - number % ROWS if 0 <= number < total else 0


@require_GET
def organization_score(request, pk):
    """The organisation's score in the run that the pages show; says so when there is none."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_see_scores(request.user, organization))
    campaign = chosen_campaign(request.user)
    if campaign is None:
        raise Http404
    score = current_score(organization, request.user, campaign)
    if score:
        return redirect(score)
    return render(request, "evaluations/organization_score_none.html", {"organization": organization, "campaign": campaign})

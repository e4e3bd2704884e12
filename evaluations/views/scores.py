"""Pages of one score: what it is made of, the evidence behind each line, and a preview without a run."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.domain.campaigns import chosen_campaign
from config.kit import clock
from config.kit.jobs import ENDED, JobState
from config.kit.refusal import Refusal
from config.kit.verdict import require
from evaluations import permissions, run_lists
from evaluations.domain import evidence, scores
from evaluations.domain.explanations import band_lines
from evaluations.models import Score, ScoreLine, ScoringRun
from units.list_exports import list_page
from units.models import Organization

EVIDENCE_PAGE = 20


@require_safe
def score_detail(request, pk):
    """One score of a finished run, of an organisation or a member."""
    found = Score.objects.visible_to(request.user).filter(run__job_state=JobState.DONE)
    score = get_object_or_404(found.select_related("run__campaign__organization", "organization", "member"), pk=pk)
    return _score_page(request, score)


def _score_page(request, score):
    newer = ScoringRun.objects.visible_to(request.user).filter(campaign=score.run.campaign_id, pk__gt=score.run_id)
    context = {
        "score": score, "run": score.run, "organization": score.organization, "member": score.member,
        "explained": scores.explained(score), "current": scores.current_run(score.run.campaign),
        "band_lines": band_lines(score.run.rules["bands"]),
        "running": newer.exclude(job_state__in=ENDED).defer("rules", "rule_sets").newest_first().first(),
        "may_preview": score.member is None and permissions.can_see_scores(request.user, score.organization),
    }
    return render(request, "evaluations/score_detail.html", context)


@require_safe
def score_line(request, pk):
    """The evidence of one line as it was known at the run: a page of its own, or the part that htmx puts under the line."""
    lines = ScoreLine.objects.visible_to(request.user).filter(run__job_state=JobState.DONE)
    line = get_object_or_404(lines.select_related("run__campaign", "indicator", "organization", "member"), pk=pk)
    measure = evidence.measure_of_line(line)
    paginator = Paginator(_Lazy(line), EVIDENCE_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    subject = {"member": line.member_id} if line.member_id else {"member": None, "organization": line.organization_id}
    context = {
        "line": line, "run": line.run, "page": page, "rows": measure.evidence(list(page.object_list), request.user),
        "sentence": measure.sentence(line.numerator, line.denominator, line.points_available, line.points),
        "score": Score.objects.visible_to(request.user).get(run=line.run_id, **subject),
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "evaluations/score_evidence.html", context)
    shape = run_lists.of_evidence(line, measure, request.user)
    return list_page(request, "evaluations/score_line.html", context, shape=shape)


class _Lazy:
    """The evidence of a line as Paginator wants it: a count and slices, each one query."""

    ordered = True

    def __init__(self, line):
        self._line = line

    def count(self):
        return evidence.evidence_count(self._line)

    def __len__(self):
        return self.count()

    def __getitem__(self, part):
        return evidence.evidence_rows(self._line, first=part.start, most=part.stop - part.start)


@require_safe
def organization_score(request, pk):
    """The organisation's score in the run that the pages show; with nothing to show, why and what to do."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_see_scores(request.user, organization))
    campaign = chosen_campaign(request.user, request.GET.get("campaign", ""))
    run = scores.current_run(campaign)
    found = Score.objects.visible_to(request.user).filter(run=run, organization=organization, member=None) if run else None
    score = found.select_related("run__campaign__organization", "organization", "member").first() if run else None
    if score is None:
        return render(request, "evaluations/organization_score_none.html", {
            "organization": organization, "campaign": campaign, "run": run,
            "may_run": permissions.can_score(request.user, campaign),
        })
    return _score_page(request, score)


@require_safe
def organization_preview(request, pk):
    """The organisation's score as things stand this minute; nothing is kept."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_see_scores(request.user, organization))
    campaign = chosen_campaign(request.user, request.GET.get("campaign", ""))
    context = {"organization": organization, "campaign": campaign, "now": clock.now(), "today": clock.today()}
    if campaign:
        try:
            explained = scores.preview(campaign, organization, as_of=context["today"], known_at=context["now"])
            context |= {"explained": explained, "band_lines": band_lines(explained.bands)}
        except Refusal as refusal:
            context["refusal"] = refusal.message
    return render(request, "evaluations/organization_score_preview.html", context)

"""Scoring runs: asked for by the office, watched while they are worked on, shown by category when they are done."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaign.domain.campaigns import chosen_campaign
from campaign.enums import Track
from config.kit import clock, jobs
from config.kit.refusal import Refusal
from config.kit.responses import done, job_page, refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain.rules import band_title
from evaluations.domain.runs import make_current, start_run
from evaluations.forms.runs import RunForm
from evaluations.models import CurrentRun, Score, ScoringRun
from evaluations.tasks import run_scoring
from units.enums import Category
from units.submissions import once


@require_GET
def run_list(request):
    """The runs of the campaign, newest first; the one that the pages show is marked."""
    campaign = chosen_campaign(request.user, request.GET.get("campaign", ""))
    runs = ScoringRun.objects.visible_to(request.user).filter(campaign=campaign).select_related("requested_by")
    current = CurrentRun.objects.filter(campaign=campaign).values_list("run", flat=True).first()
    return render(
        request,
        "evaluations/run_list.html",
        {
            "campaign": campaign,
            "page": Paginator(runs.newest_first(), 20).get_page(request.GET.get("page")),
            "current": current,
            "can_score": campaign and permissions.can_score(request.user, campaign),
        },
    )


@require_http_methods(["GET", "POST"])
def run_new(request):
    """Ask for a run; a double click asks once."""
    campaign = chosen_campaign(request.user, request.GET.get("campaign", ""))
    require(permissions.can_score(request.user, campaign))
    form = RunForm(request.POST or None, today=clock.today(), initial={"as_of": clock.today()})
    if request.method == "POST" and form.is_valid():

        def ask():
            at = clock.now()
            run = start_run(
                campaign, as_of=form.cleaned_data["as_of"], known_at=form.cleaned_data["known_at"] or at, by=request.user,
                at=at, occurrence=f"asked:{request.user.pk}:{at:%Y%m%d%H%M%S%f}",
            )
            jobs.nudge(run_scoring, run.pk)
            return run

        try:
            return once(request, ask)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/run_new.html", {"form": form, "campaign": campaign})


@require_GET
def run_detail(request, pk):
    """Progress while it runs; then the organisations of one category, ranked among themselves."""
    run = get_object_or_404(ScoringRun.objects.visible_to(request.user).select_related("campaign", "requested_by"), pk=pk)
    category = request.GET.get("category", "")
    category = category if category in Category.values else Category.ORGAN.value
    scores = (
        Score.objects.visible_to(request.user)
        .filter(run=run, track=Track.ORGANIZATION, category=category)
        .select_related("organization")
        .ranked()
    )
    page = Paginator(scores, 20).get_page(request.GET.get("page"))
    for score in page.object_list:
        score.band_title = band_title(run.rules, score.band)
        score.is_capped = score.band != score.band_by_total
    current = CurrentRun.objects.filter(campaign=run.campaign).values_list("run", flat=True).first()
    response = render(
        request,
        "evaluations/run_detail.html",
        {
            "run": run,
            "page": page,
            "category": category,
            "categories": [(one.value, one.label, one.value == category) for one in Category],
            "is_current": current == run.pk,
            "can_publish": permissions.can_score(request.user, run.campaign),
            "seconds_left": _seconds_left(run),
            "rows": sum(run.chunks.filter(job_state="done").values_list("rows", flat=True)),
        },
    )
    return job_page(request, response, run)


def _seconds_left(run):
    """Seconds that the chunks still to do will take at the pace so far; None before the first is done."""
    if run.job_ended or not run.started_at or not run.done_units:
        return None
    spent = (clock.now() - run.started_at).total_seconds()
    return max(1, round(spent * (run.total_units - run.done_units) / run.done_units))


@require_POST
def run_publish(request, pk):
    """Let the pages show this run."""
    run = get_object_or_404(ScoringRun.objects.visible_to(request.user).select_related("campaign__organization"), pk=pk)
    require(permissions.can_score(request.user, run.campaign))
    return done(
        request, reverse("run_detail", args=[run.pk]), lambda: make_current(run, by=request.user, at=clock.now()),
        _("各页面现在显示这一轮的得分。"),
    )

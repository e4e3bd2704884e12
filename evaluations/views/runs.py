"""Pages of scoring runs: the list, asking for one, its progress and its ranking inside each category."""
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain.campaigns import chosen_campaign, current_campaign
from config.kit import clock, jobs
from config.kit.jobs import JobState
from config.kit.refusal import Refusal
from config.kit.responses import done, job_page, refuse_on_form
from config.kit.verdict import require
from evaluations import permissions, run_lists
from evaluations.domain import runs, scores
from evaluations.domain.explanations import band_lines
from evaluations.forms.runs import RunForm
from evaluations.models import ScoringRun
from evaluations.tasks import run_scoring
from units.enums import Category
from units.list_exports import list_page
from units.submissions import once

PAGE = 20
MEMBERS = "members"  # the tab that is no category


def run_or_404(request, pk):
    """The run inside the user's scope."""
    found = ScoringRun.objects.visible_to(request.user).select_related("campaign__organization", "requested_by")
    return get_object_or_404(found, pk=pk)


@require_safe
def run_list(request):
    """All runs of the campaign, newest first; which one the pages show."""
    require(permissions.can_see_runs(request.user))
    campaign = chosen_campaign(request.user, request.GET.get("campaign", ""))
    rows = ScoringRun.objects.visible_to(request.user).filter(campaign=campaign).select_related("requested_by")
    context = {
        "campaign": campaign, "current": scores.current_run(campaign),
        "page": Paginator(rows.defer("rules", "rule_sets").newest_first(), PAGE).get_page(request.GET.get("page")),
        "may_run": permissions.can_score(request.user, campaign),
    }
    return list_page(request, "evaluations/run_list.html", context)


@require_http_methods(["GET", "POST"])
def run_new(request):
    """Ask for a run; the page of the run shows the rest."""
    campaign = current_campaign(request.user)
    if campaign is None:
        raise Http404
    require(permissions.can_score(request.user, campaign))
    form = RunForm(request.POST or None, initial={"as_of": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _start(request, campaign, form.cleaned_data))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/run_new.html", {"form": form, "campaign": campaign})


def _start(request, campaign, chosen):
    at = clock.now()
    run = runs.start_run(
        campaign, as_of=chosen["as_of"], known_at=chosen["known_at"] or at, by=request.user, at=at,
        occurrence=f"asked:{request.POST.get('nonce', '')[:32] or at.isoformat()}",
    )
    jobs.nudge(run_scoring, run.pk)
    return run


@require_safe
def run_detail(request, pk):
    """Progress while it runs; then the ranking of one category, or the members' scores by name."""
    require(permissions.can_see_runs(request.user))
    run = run_or_404(request, pk)
    is_done = run.job_state == JobState.DONE
    tab = request.GET.get("category", Category.ORGAN)
    if tab not in {*Category.values, MEMBERS}:
        raise Http404
    rows = scores.member_scores(run, request.user) if tab == MEMBERS else scores.ranking(run, request.user, tab)
    page = Paginator(rows if is_done else rows.none(), PAGE).get_page(request.GET.get("page"))
    criteria = scores.criteria_titles(run, *(("member", "") if tab == MEMBERS else ("organization", tab)))
    context = {
        "run": run, "is_done": is_done, "current": scores.current_run(run.campaign), "page": page, "tab": tab,
        "tabs": [*Category.choices, (MEMBERS, _("党员"))], "rows": scores.with_criteria(page.object_list),
        "criteria": criteria, "bands": scores.band_titles(run),
        "band_lines": band_lines(run.rules.get("bands", ())), "category": dict(Category.choices).get(tab, ""),
        "may_run": permissions.can_score(request.user, run.campaign),
        **({} if run.job_ended else runs.progress_of(run, at=clock.now())),
    }
    shape = run_lists.of_members(run, criteria) if tab == MEMBERS else run_lists.of_category(run, criteria, tab)
    return job_page(request, list_page(request, "evaluations/run_detail.html", context, shape=shape), run)


@require_POST
def run_publish(request, pk):
    """Let the campaign's pages show this run, even if a newer one is there."""
    run = run_or_404(request, pk)
    require(permissions.can_score(request.user, run.campaign))
    return done(
        request, run, lambda: runs.make_current(run, by=request.user, at=clock.now()), _("各页面现在显示这一轮的得分。")
    )

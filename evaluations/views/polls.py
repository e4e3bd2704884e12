"""Pages of polls for those who hold them: draft, slips to print, closing, count and release."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.enums import PhaseWork
from campaign.permissions import in_time
from config.kit import clock, jobs
from config.kit.refusal import Refusal
from config.kit.responses import done, job_page, refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import poll_results, poll_sheet, polls, releases, slip_prints
from evaluations.domain.appraisal_figures import validity
from evaluations.domain.slips import slips
from evaluations.enums import USUAL_AUDIENCES, Audience, PollSheet, PollState
from evaluations.forms.polls import PollForm
from evaluations.models import Poll
from evaluations.tasks import count_poll
from evaluations.views.slip_prints import print_slips_of, unfinished_print
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once
from units.views.organization_choice import asked_organization, choose_organization

PAGE = 20


def poll_or_404(request, pk):
    rows = Poll.objects.visible_to(request.user).select_related("organization", "campaign", "made_by", "tally", "appraisal")
    return get_object_or_404(rows, pk=pk)


@require_safe
def poll_list(request):
    """Newest first; how many are asked, and how far each poll is."""
    require(permissions.can_see_polls(request.user))
    campaign = chosen_campaign(request.user)
    rows = Poll.objects.visible_to(request.user).filter(campaign=campaign).select_related("organization").newest_first()
    page = Paginator(poll_results.with_turnout(rows), PAGE).get_page(request.GET.get("page"))
    return list_page(request, "evaluations/poll_list.html", {"page": page, "may_hold": permissions.holds_polls(request.user)})


@require_http_methods(["GET", "POST"])
def poll_new(request):
    """?organization= holds it, ?sheet= says what is asked, ?audiences=all that five groups are told apart; a person with one
    organisation is not asked for it."""
    user, key = request.user, asked_organization(request)
    if not key:
        require(permissions.holds_polls(user))
        return choose_organization(request, heading=_("新建测评"), up=_("不记名测评"), up_url=reverse("poll_list"))
    organization = get_object_or_404(Organization.objects.visible_to(user).active(), pk=key)
    require(permissions.can_hold_poll(user, organization))
    campaign = current_campaign(user)
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能新建测评。"))
        return redirect("poll_list")
    require(in_time(campaign, PhaseWork.APPRAISAL))
    asked = request.GET.get("sheet")
    sheet = PollSheet(asked if asked in PollSheet.values else PollSheet.ORGANIZATION)
    judged = [] if sheet == PollSheet.ORGANIZATION else polls.members_to_judge(organization, sheet)
    further = request.GET.get("audiences") == "all"
    form = PollForm(
        request.POST or None, sheet=sheet, organizations=polls.organizations_to_ask(organization), members=judged,
        audiences=list(Audience) if further else USUAL_AUDIENCES,
        initial={"title": _("%(year)s 年%(sheet)s") % {"year": clock.today().year, "sheet": sheet.label.removesuffix("表")}},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: polls.new_poll(
                campaign=campaign, organization=organization, sheet=sheet, title=form.cleaned_data["title"],
                asked=form.asked, members=form.chosen_members, by=user, at=clock.now(),
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": organization, "sheet": sheet, "sheets": PollSheet.choices}
    if not further:
        context["further_url"] = f"?organization={organization.pk}&sheet={sheet.value}&audiences=all"
    return render(request, "evaluations/poll_form.html", context)


@require_safe
def poll_detail(request, pk):
    """Where the poll stands and the one next step; once released, what may be shown of it."""
    poll = poll_or_404(request, pk)
    require(permissions.can_see_polls(request.user))
    tally = getattr(poll, "tally", None)
    groups = poll_results.turnout_groups(poll)
    context = {
        "poll": poll, "groups": groups,
        "subjects": poll.subjects.count(), "tally": tally, "returned": polls.returned_so_far(poll),
        "issued": poll_results.issued(poll), "hold": permissions.can_hold_poll(request.user, poll.organization),
        "history": history_of([poll]), "results": None,
        "settle": permissions.can_settle_grades(request.user, poll), "turnouts": poll_results.audience_turnouts(groups),
        "steps": poll_results.steps(poll), "small": poll_results.small_groups(poll),
    }
    if poll.state == PollState.DRAFT:
        context["may_open"] = in_time(poll.campaign, PhaseWork.APPRAISAL)
    if poll.state == PollState.RELEASED:
        context |= _results(request, poll, groups) if context["subjects"] > 1 else {"results": poll_results.results(poll)}
        context |= {"export": permissions.can_export_poll(request.user, poll), **_sheet(poll, context["turnouts"])}
    elif poll.state == PollState.OPEN and context["hold"]:
        context |= {"slip_print": unfinished_print(request, poll), "many": context["issued"] > slip_prints.AT_ONCE}
    response = render(request, "evaluations/poll_detail.html", context)
    return job_page(request, response, tally) if tally else response


def _results(request, poll, groups):
    """Twenty persons with their rows, the page of persons, and whether organisations stand apart in the workbook."""
    rows = poll_results.results_of_persons(poll, groups)
    page = Paginator(list(dict.fromkeys(row.subject for row in rows)), PAGE).get_page(request.GET.get("page"))
    return {
        "results": [row for row in rows if row.subject in page.object_list], "persons": page,
        "apart": len({group.organization_id for group in groups}) > 1,
    }


def _sheet(poll, turnouts):
    """What the printed sheet needs beside the poll itself."""
    blocks = poll_sheet.sheet_blocks(poll)
    return {
        "blocks": blocks, "conditions": validity(turnouts[0]), "words": blocks[0].question.options,
        "formula": poll_sheet.FORMULA if poll_sheet.has_satisfaction(poll) else None,
    }


@require_POST
def poll_open(request, pk):
    poll = _held(request, pk)
    require(in_time(poll.campaign, PhaseWork.APPRAISAL))
    return done(
        request, poll, lambda: polls.open_poll(poll, by=request.user, at=clock.now()), _("测评已开始，请打印投票码发给大家。")
    )


@require_POST
def poll_slips(request, pk):
    """Slips, made anew each time they are asked for, as a page or (as=pdf, and whenever they are many) twelve on a sheet;
    slips printed earlier and not used are void from then on."""
    poll = _held(request, pk)
    start_url = request.build_absolute_uri(reverse("ballot_start"))
    if request.POST.get("as") == "pdf" or slip_prints.slips_to_print(poll) > slip_prints.AT_ONCE:
        return print_slips_of(request, poll, start_url=start_url)
    try:
        printed = slips(poll, start_url=start_url, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(poll)
    response = render(request, "evaluations/poll_slips.html", {"poll": poll, "groups": printed})
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def poll_close(request, pk):
    """Ask once more, then take no more ballots and count."""
    poll = _held(request, pk)
    if request.method == "POST":
        return done(request, poll, lambda: _close(poll, request.user), _("投票已结束，正在计票。"))
    if poll.state != PollState.OPEN:
        return redirect(poll)
    context = {"poll": poll, "returned": polls.returned_so_far(poll), "issued": poll_results.issued(poll)}
    return render(request, "evaluations/poll_close.html", context)


def _close(poll, user):
    tally = polls.close_poll(poll, by=user, at=clock.now())
    jobs.nudge(count_poll, tally.pk)


@require_POST
def poll_count(request, pk):
    """Count again after a count that stopped, once its cause is mended."""
    poll = _held(request, pk)

    def again():
        jobs.nudge(count_poll, polls.count_again(poll, at=clock.now()).pk)

    return done(request, poll, again, _("正在重新计票。"))


@require_POST
def poll_release(request, pk):
    poll = _held(request, pk)
    return done(
        request, poll, lambda: releases.release_poll(poll, by=request.user, at=clock.now()), _("结果已公布，以后不再更改。")
    )


@require_http_methods(["GET", "POST"])
def poll_void(request, pk):
    """Call it off, with a reason."""
    poll, error = _held(request, pk), ""
    if request.method == "POST":
        try:
            polls.void_poll(poll, reason=request.POST.get("reason", ""), by=request.user, at=clock.now())
        except polls.PollReasonMissing as refusal:
            error = refusal.message
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(poll)
        else:
            messages.success(request, _("测评已作废，选票和投票码都已销毁。"))
            return redirect(poll)
    elif poll.state not in (PollState.DRAFT, PollState.OPEN):
        return redirect(poll)
    return render(request, "evaluations/poll_void.html", {"poll": poll, "error": error})


def _held(request, pk):
    """A poll that the user may hold; 404 outside the scope, 403 below the role."""
    poll = poll_or_404(request, pk)
    require(permissions.can_hold_poll(request.user, poll.organization))
    return poll

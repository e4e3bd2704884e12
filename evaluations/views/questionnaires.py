"""Pages of questionnaires for those who hold them: draft, rehearsal, opening, closing, count and release."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.permissions import can_raise_rectification
from config.kit import clock, jobs
from config.kit.qr import picture
from config.kit.refusal import Refusal
from config.kit.responses import done, job_page, refuse_on_form
from config.kit.verdict import require
from evaluations import questionnaire_permissions as permissions
from evaluations.domain import questionnaire_releases, questionnaires, rehearsals
from evaluations.domain.question_follow_ups import raised_of
from evaluations.domain.questionnaire_steps import steps, turnout
from evaluations.domain.questions import asked
from evaluations.enums import QUESTIONNAIRE_TAKES, QuestionnaireState
from evaluations.forms.questionnaires import QuestionnaireForm, TermsForm
from evaluations.models import Questionnaire
from evaluations.tasks import count_questionnaire
from evaluations.views.slip_prints import unfinished_print
from units.domain.record_history import history_of
from units.edits import guarded
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once
from units.views.organization_choice import asked_organization, choose_organization

PAGE = 20
EARLIER = 20  # questionnaires offered to copy from


def questionnaire_or_404(request, pk):
    rows = Questionnaire.objects.visible_to(request.user).select_related("organization", "campaign", "made_by", "count")
    return get_object_or_404(rows, pk=pk)


def held(request, pk):
    """A questionnaire that the user may hold; 404 outside the scope, 403 below the role."""
    questionnaire = questionnaire_or_404(request, pk)
    require(permissions.can_build(request.user, questionnaire.organization))
    return questionnaire


@require_safe
def questionnaire_list(request):
    """Newest first, with how many came back of how many."""
    require(permissions.can_see_questionnaires(request.user))
    rows = Questionnaire.objects.visible_to(request.user).filter(campaign=chosen_campaign(request.user))
    rows = rows.select_related("organization").annotate(issued=Sum("groups__issued"), returned=Sum("groups__returned"))
    page = Paginator(rows.newest_first(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(row, questionnaires.counted_of(row)) for row in page],
        "may_build": permissions.can_build(request.user),
    }
    return list_page(request, "evaluations/questionnaire_list.html", context)


@require_http_methods(["GET", "POST"])
def questionnaire_new(request):
    """?organization= holds it; it begins empty, with a template, or as a copy."""
    user, key = request.user, asked_organization(request)
    if not key:
        require(permissions.can_build(user))
        return choose_organization(request, heading=_("新建问卷"), up=_("问卷"), up_url=reverse("questionnaire_list"))
    organization = get_object_or_404(Organization.objects.visible_to(user).active(), pk=key)
    require(permissions.can_build(user, organization))
    campaign = current_campaign(user)
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能新建问卷。"))
        return redirect("questionnaire_list")
    earlier = list(Questionnaire.objects.visible_to(user).newest_first()[:EARLIER])
    initial = {"start": f"copy:{request.GET['copy']}"} if request.GET.get("copy") else {}
    form = QuestionnaireForm(request.POST or None, earlier=earlier, initial=initial)
    if request.method == "POST" and form.is_valid():
        def make():
            made = questionnaires.new_questionnaire(
                campaign=campaign, organization=organization, terms=form.terms, **form.beginning, by=user, at=clock.now()
            )
            return reverse("questionnaire_questions", args=[made.pk])

        try:
            return once(request, make)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/questionnaire_form.html", {"form": form, "organization": organization})


@require_http_methods(["GET", "POST"])
def questionnaire_edit(request, pk):
    """Change the terms of a draft."""
    questionnaire = held(request, pk)
    if questionnaire.state != QuestionnaireState.DRAFT:
        messages.error(request, _("问卷开始以后不能再改。"))
        return redirect(questionnaire)
    issued = {group.audience: group.issued for group in questionnaire.groups.all() if group.audience}
    terms = {name: getattr(questionnaire, name) for name in ("title", "about", "access", "ends_on", "hourly_cap")}
    form = guarded(request, TermsForm(request.POST or None, initial=terms | issued))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(questionnaires.change_terms(questionnaire, form.terms, by=request.user, at=clock.now()))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "evaluations/questionnaire_edit.html", {"form": form, "questionnaire": questionnaire})


@require_safe
def questionnaire_detail(request, pk):
    """Where it stands and the one next step; once released, what may be shown of it."""
    require(permissions.can_see_questionnaires(request.user))
    questionnaire = questionnaire_or_404(request, pk)
    count = getattr(questionnaire, "count", None)
    address = answering_address(request, questionnaire)
    is_released = questionnaire.state == QuestionnaireState.RELEASED
    context = {
        "questionnaire": questionnaire, "count": count, "steps": steps(questionnaire), "groups": turnout(questionnaire),
        "asked": len(asked(questionnaire)), "returned": questionnaires.returned_so_far(questionnaire),
        "build": permissions.can_build(request.user, questionnaire.organization), "address": address,
        "qr": picture(address) if questionnaire.state in QUESTIONNAIRE_TAKES else "",
        "proof": rehearsals.last_proof(questionnaire), "history": history_of([questionnaire]),
        "results": _results(questionnaire) if is_released else None,
        "export": permissions.can_export_results(request.user, questionnaire),
        "mend": is_released and can_raise_rectification(request.user, questionnaire.organization),
        "slip_print": unfinished_print(request, questionnaire) if questionnaire.state in QUESTIONNAIRE_TAKES else None,
        "is_over": questionnaire.state == QuestionnaireState.OPEN and questionnaire.ends_on < clock.today(),
    }
    response = render(request, "evaluations/questionnaire_detail.html", context)
    return job_page(request, response, count) if count else response


def _results(questionnaire):
    """[(Result, the rectification that the question raised, or None)]"""
    raised = raised_of(questionnaire)
    return [(result, raised.get(result.question.pk)) for result in questionnaire_releases.results(questionnaire)]


def answering_address(request, questionnaire):
    """Where it is answered: its own address, or where codes are typed."""
    where = reverse("sheet_open", args=[questionnaire.slug]) if questionnaire.is_open_to_all else reverse("sheet_start")
    return request.build_absolute_uri(where)


def _step(request, pk, call, message):
    questionnaire = held(request, pk)
    return done(request, questionnaire, lambda: call(questionnaire, by=request.user, at=clock.now()), message)


@require_POST
def questionnaire_rehearse(request, pk):
    return _step(request, pk, rehearsals.start_rehearsal, _("试填已开始，交上来的都算试填。"))


@require_POST
def questionnaire_end_rehearsal(request, pk):
    return _step(request, pk, rehearsals.end_rehearsal, _("试填已结束，试填的答卷都清除了。"))


@require_POST
def questionnaire_open(request, pk):
    return _step(request, pk, questionnaires.open_questionnaire, _("问卷已开始，请打印海报或纸条。"))


@require_POST
def questionnaire_release(request, pk):
    return _step(request, pk, questionnaire_releases.release_questionnaire, _("结果已公布，以后不再更改。"))


@require_http_methods(["GET", "POST"])
def questionnaire_close(request, pk):
    """Ask once more, then take no more answers and count."""
    questionnaire = held(request, pk)
    if request.method == "POST":
        def close():
            row = questionnaires.close_questionnaire(questionnaire, by=request.user, at=clock.now())
            jobs.nudge(count_questionnaire, row.pk)

        return done(request, questionnaire, close, _("问卷已结束，正在统计。"))
    if questionnaire.state != QuestionnaireState.OPEN:
        return redirect(questionnaire)
    context = {"questionnaire": questionnaire, "returned": questionnaires.returned_so_far(questionnaire)}
    return render(request, "evaluations/questionnaire_close.html", context)


@require_POST
def questionnaire_count(request, pk):
    """Count again after a count that stopped, once its cause is mended."""
    questionnaire = held(request, pk)

    def again():
        jobs.nudge(count_questionnaire, questionnaires.count_again(questionnaire, at=clock.now()).pk)

    return done(request, questionnaire, again, _("正在重新统计。"))


@require_http_methods(["GET", "POST"])
def questionnaire_void(request, pk):
    """Call it off, with a reason."""
    questionnaire, error = held(request, pk), ""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            questionnaires.void_questionnaire(questionnaire, reason=reason, by=request.user, at=clock.now())
        except questionnaires.QuestionnaireReasonMissing as refusal:
            error = refusal.message
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(questionnaire)
        else:
            messages.success(request, _("问卷已作废，答卷和答题码都已销毁。"))
            return redirect(questionnaire)
    return render(request, "evaluations/questionnaire_void.html", {"questionnaire": questionnaire, "error": error})

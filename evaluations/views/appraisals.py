"""Pages of appraisals: the list, typing counts from a paper tally, and correcting them; second_typing.py has the rest."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.enums import PhaseWork
from campaign.permissions import in_time
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import appraisals
from evaluations.domain.appraisal_figures import audiences_of, is_valid, turnout_rows
from evaluations.domain.appraisal_list import appraisals_seen
from evaluations.enums import USUAL_AUDIENCES, AppraisalSheet, Audience
from evaluations.forms.appraisals import AppraisalFilterForm, AppraisalForm, heading_of
from evaluations.models import Appraisal
from units.list_exports import list_page
from units.models import Member, Organization
from units.submissions import once
from units.views.organization_choice import asked_organization, choose_organization

PAGE = 20


def appraisal_or_404(request, lineage):
    """The standing version the user may see, or the last one of an appraisal that was taken back."""
    rows = Appraisal.objects.visible_to(request.user).filter(lineage=lineage)
    rows = rows.select_related("organization", "campaign", "recorded_by", "confirmed_by")
    found = rows.standing().first() or rows.order_by("-recorded_at", "-pk").first()
    if found is None:
        raise Http404
    return found


@require_safe
def appraisal_list(request):
    """Filters stand in the address; what nobody confirmed yet is labelled and does not count."""
    campaign = chosen_campaign(request.user)
    form = AppraisalFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(appraisals_seen(request.user, campaign, **chosen), PAGE).get_page(request.GET.get("page"))
    turnouts = [(row, row.turnouts.all()) for row in page]
    context = {
        "form": form, "page": page, "rows": [
            (row, turnout_rows(back)[0] if permissions.can_read_counts(request.user, row) else None, is_valid(back))
            for row, back in turnouts
        ],
        "is_filtered": any(chosen.values()),
        "may_type": permissions.types_appraisals(request.user),
    }
    return list_page(request, "evaluations/appraisal_list.html", context)


@require_http_methods(["GET", "POST"])
def appraisal_new(request):
    """?organization= and ?sheet= say what is typed, ?audiences=all that five groups are told apart; without an organisation
    one's own, or the page that asks for one."""
    user, key = request.user, asked_organization(request)
    if not key:
        require(permissions.types_appraisals(user))
        return choose_organization(request, heading=_("录入评议"), up=_("评议"), up_url=reverse("appraisal_list"))
    organization = get_object_or_404(Organization.objects.visible_to(user).active(), pk=key)
    require(permissions.can_type_appraisal(user, organization))
    campaign = current_campaign(user)
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能录入评议。"))
        return redirect("appraisal_list")
    require(in_time(campaign, PhaseWork.APPRAISAL))
    sheet = AppraisalSheet.MEMBER if request.GET.get("sheet") == "member" else AppraisalSheet.ORGANIZATION
    members = _page_of(Member.objects.filter(organization=organization).present()) if sheet == AppraisalSheet.MEMBER else [None]
    further = request.GET.get("audiences") == "all"
    form = AppraisalForm(
        request.POST or None, sheet=sheet, members=members, audiences=list(Audience) if further else USUAL_AUDIENCES,
        initial={"happened_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: appraisals.type_appraisal(
                campaign=campaign, organization=organization, sheet=sheet, typed=form.typed, by=user, at=clock.now(),
                on=clock.today(),
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "form": form, "organization": organization, "sheet": sheet, "members": members,
        "further_url": "" if further else f"?organization={organization.pk}&sheet={sheet.value}&audiences=all",
    }
    return render(request, "evaluations/appraisal_form.html", context)


def _page_of(members):
    """The first members of a queryset, by strokes, as many as one form takes."""
    return list(members.by_strokes()[: appraisals.MEMBERS_A_PAGE])


@require_http_methods(["GET", "POST"])
def appraisal_continue(request, lineage):
    """The next members of a sheet that nobody confirmed yet, typed by the same person."""
    appraisal = appraisal_or_404(request, lineage)
    require(permissions.can_continue_appraisal(request.user, appraisal))
    members = _page_of(appraisals.members_without_counts(appraisal))
    form = AppraisalForm(
        request.POST or None, sheet=appraisal.sheet, members=members, turnouts=appraisals.turnouts_of(appraisal),
        audiences=audiences_of(appraisal.turnouts.all()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: appraisals.add_members(appraisal, form.lines, by=request.user, at=clock.now()))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": appraisal.organization, "appraisal": appraisal, "members": members}
    return render(request, "evaluations/appraisal_form.html", context)


@require_http_methods(["GET", "POST"])
def appraisal_correct(request, lineage):
    """A new version with a reason, which has to be confirmed again. A member sheet is corrected one page at a time."""
    appraisal = appraisal_or_404(request, lineage)
    require(permissions.can_correct_appraisal(request.user, appraisal))
    lines = appraisals.lines_of(appraisal)
    tallies = {(line.member.pk if line.member else None, line.item.value, line.audience.value): line.tally for line in lines}
    members, page = [None], None
    if appraisal.sheet == AppraisalSheet.MEMBER:
        named = list({line.member.pk: line.member for line in lines}.values())
        page = Paginator(named, appraisals.MEMBERS_A_PAGE).get_page(request.GET.get("page"))
        members = page.object_list
    form = AppraisalForm(
        request.POST or None, sheet=appraisal.sheet, members=members, tallies=tallies, needs_reason=True,
        audiences=audiences_of(appraisal.turnouts.all()),
        initial=heading_of(appraisal, appraisals.turnouts_of(appraisal)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: appraisals.correct_appraisal(
                appraisal, form.typed, reason=form.cleaned_data["reason"], by=request.user, at=clock.now(), on=clock.today()
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": appraisal.organization, "appraisal": appraisal, "members": members, "page": page}
    return render(request, "evaluations/appraisal_form.html", context)


@require_http_methods(["GET", "POST"])
def appraisal_withdraw(request, lineage):
    """Take it back, with a reason."""
    appraisal, error = appraisal_or_404(request, lineage), ""
    require(permissions.can_withdraw_appraisal(request.user, appraisal))
    if request.method == "POST":
        try:
            appraisals.withdraw_appraisal(appraisal, reason=request.POST.get("reason", ""), by=request.user, at=clock.now())
        except Refusal as refusal:
            error = refusal.message
        else:
            messages.success(request, _("评议已撤回，不再计入。"))
            return redirect(appraisal)
    kept = [_("不再计入得分和覆盖情况；票数和经过留着，有权看的人还看得到。")]
    context = {"appraisal": appraisal, "error": error, "consequences": kept}
    return render(request, "evaluations/appraisal_withdraw.html", context)

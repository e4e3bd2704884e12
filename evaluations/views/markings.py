"""Pages of assessment: the list, filling in a sheet, one sheet with its totals, correcting and taking back."""
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
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import markings
from evaluations.domain.marking_list import markings_seen, with_totals
from evaluations.forms.markings import MarkingFilterForm, MarkingForm
from evaluations.models import Marking
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Member, Organization
from units.submissions import once
from units.views.organization_choice import choose_organization

PAGE = 20


@require_safe
def marking_list(request):
    """Filters stand in the address; of several sheets about one subject the newest counts."""
    campaign = chosen_campaign(request.user)
    form = MarkingFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(markings_seen(request.user, campaign, **chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": with_totals(page.object_list, campaign), "is_filtered": any(chosen.values()),
        "may_mark": permissions.assesses(request.user),
    }
    return list_page(request, "evaluations/marking_list.html", context)


@require_http_methods(["GET", "POST"])
def marking_new(request):
    """?organization= or ?member= says whom; without, the page that asks for an organisation."""
    user, asked, member = request.user, request.GET, None
    require(permissions.assesses(user))
    if asked.get("member"):
        members = Member.objects.visible_to(user).select_related("organization")
        member = get_object_or_404(members, pk=key_of(asked["member"]))
        organization = member.organization
    elif asked.get("organization"):
        organization = get_object_or_404(Organization.objects.visible_to(user).active(), pk=key_of(asked["organization"]))
    else:
        return choose_organization(request, heading=_("填考评表"), up=_("考评"), up_url=reverse("marking_list"))
    require(permissions.can_mark(user, organization, member))
    campaign, on = current_campaign(user), clock.today()
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能考评。"))
        return redirect("marking_list")
    require(in_time(campaign, PhaseWork.MARKING))
    form = MarkingForm(request.POST or None, items=markings.sheet_of(campaign, member), initial={"happened_on": on})
    if request.method == "POST" and form.is_valid():
        said = {"happened_on": form.cleaned_data["happened_on"], "note": form.cleaned_data["note"], "lines": form.lines}
        try:
            return once(request, lambda: markings.give_marks(
                campaign=campaign, organization=organization, member=member, **said, by=user, at=clock.now(), on=on
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": organization, "member": member}
    return render(request, "evaluations/marking_form.html", context)


def _marking_or_404(request, lineage):
    """The standing version the user may see, or the last one of a sheet that was taken back."""
    rows = Marking.objects.visible_to(request.user).filter(lineage=lineage)
    rows = rows.select_related("organization", "member", "assessor", "campaign").prefetch_related("marks")
    found = rows.standing().first() or rows.order_by("-recorded_at", "-pk").first()
    if found is None:
        raise Http404
    return found


@require_safe
def marking_detail(request, lineage):
    """Every item with self-assessment and assessor's marks, and the totals in points."""
    marking = _marking_or_404(request, lineage)
    lines = markings.lines_of(marking)
    context = {
        "marking": marking, "lines": lines, "totals": markings.totals_of(lines),
        "change": permissions.can_change_marking(request.user, marking), "history": history_of([marking]),
    }
    return render(request, "evaluations/marking_detail.html", context)


@require_http_methods(["GET", "POST"])
def marking_correct(request, lineage):
    """A new version with a reason, by the sheet as it is now."""
    marking = _marking_or_404(request, lineage)
    require(permissions.can_change_marking(request.user, marking))
    form = MarkingForm(
        request.POST or None, items=markings.sheet_of(marking.campaign, marking.member), needs_reason=True,
        lines={line.item.code: line for line in markings.lines_of(marking)},
        initial={"happened_on": marking.happened_on, "note": marking.note},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: markings.correct_marks(
                marking, **form.cleaned_data, lines=form.lines, by=request.user, at=clock.now(), on=clock.today()
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": marking.organization, "member": marking.member, "marking": marking}
    return render(request, "evaluations/marking_form.html", context)


@require_http_methods(["GET", "POST"])
def marking_withdraw(request, lineage):
    """Take it back, with a reason."""
    marking, error = _marking_or_404(request, lineage), ""
    require(permissions.can_change_marking(request.user, marking))
    if request.method == "POST":
        try:
            markings.withdraw_marks(marking, reason=request.POST.get("reason", ""), by=request.user, at=clock.now())
        except Refusal as refusal:
            error = refusal.message
        else:
            messages.success(request, _("考评已撤回，不再计入。"))
            return redirect(marking)
    kept = [_("不再计入得分；填的分数和经过留着，有权看的人还看得到。")]
    return render(request, "evaluations/marking_withdraw.html", {"marking": marking, "error": error, "consequences": kept})

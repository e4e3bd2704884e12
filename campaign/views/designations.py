"""Pages of 先锋岗 and 示范窗口: the list, one of them, and its steps."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import permissions
from campaign.domain import designations
from campaign.enums import DESIGNATION_TAGS, DesignationState
from campaign.forms.designations import DesignationFilterForm, DesignationForm
from campaign.models import Designation
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once

PAGE_SIZE = 20


@require_safe
def designation_list(request):
    form = DesignationFilterForm(request.GET)
    rows = form.narrow(Designation.objects.visible_to(request.user).select_related("organization", "holder"))
    page = Paginator(rows.newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    own = _own_organization(request)
    context = {
        "form": form,
        "page": page,
        "rows": [(row, DESIGNATION_TAGS[row.state]) for row in page],
        "narrowed": any(form.cleaned_data.values()),
        "may_apply": own is not None and permissions.can_apply_for_designation(request.user, own),
    }
    return list_page(request, "campaign/designation_list.html", context)


def _own_organization(request):
    grant = request.user.main_grant
    return grant.organization if grant else None


@require_http_methods(["GET", "POST"])
def designation_new(request):
    """For the organisation that the user acts for."""
    own = _own_organization(request)
    organization = get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=own.pk if own else 0)
    require(permissions.can_apply_for_designation(request.user, organization))
    form = DesignationForm(request.POST or None, user=request.user, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _applied(request, organization, form))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/designation_form.html", {"form": form, "organization": organization})


def _applied(request, organization, form):
    made = designations.apply_for_designation(organization, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, _("已申报，等支部审。"))
    return made


@require_safe
def designation_detail(request, pk):
    designation = _designation_or_404(request, pk)
    user, state = request.user, designation.state
    context = {
        "designation": designation,
        "tag": DESIGNATION_TAGS[state],
        "endorse": permissions.can_endorse_designation(user, designation),
        "award": permissions.can_award_designation(user, designation),
        "send_back": permissions.can_return_designation(user, designation),
        "look": permissions.can_look_at_designation(user, designation),
        "apply_again": _own_organization(request) == designation.organization
        and permissions.can_apply_for_designation(user, designation.organization),
        "look_due_on": designations.look_due_on(designation) if state == DesignationState.AWARDED else None,
        "history": history_of([designation]),
    }
    return render(request, "campaign/designation_detail.html", context)


def _designation_or_404(request, pk):
    rows = Designation.objects.visible_to(request.user).select_related("organization", "holder", "applied_by")
    return get_object_or_404(rows, pk=pk)


@require_POST
def designation_endorse(request, pk):
    designation = _designation_or_404(request, pk)
    require(permissions.can_endorse_designation(request.user, designation))
    return done(request, designation, lambda: designations.endorse_designation(
        designation, by=request.user, at=clock.now()
    ), _("支部已同意，报领导小组办公室。"))


@require_POST
def designation_award(request, pk):
    designation = _designation_or_404(request, pk)
    require(permissions.can_award_designation(request.user, designation))
    return done(request, designation, lambda: designations.award_designation(
        designation, plaque=request.POST.get("plaque", "")[:20], by=request.user, at=clock.now(), on=clock.today()
    ), _("已授牌，一年后再看一次。"))


@require_POST
def designation_return(request, pk):
    designation = _designation_or_404(request, pk)
    require(permissions.can_return_designation(request.user, designation))
    return done(request, designation, lambda: designations.return_designation(
        designation, reason=request.POST.get("reason", "")[:200], by=request.user, at=clock.now()
    ), _("已退回，申报的人看得到原因。"))


@require_POST
def designation_look(request, pk):
    designation = _designation_or_404(request, pk)
    require(permissions.can_look_at_designation(request.user, designation))
    return done(request, designation, lambda: designations.look_again(
        designation, by=request.user, at=clock.now(), on=clock.today()
    ), _("已记下，一年后再看一次。"))


@require_POST
def designation_withdraw(request, pk):
    designation = _designation_or_404(request, pk)
    require(permissions.can_look_at_designation(request.user, designation))
    return done(request, designation, lambda: designations.withdraw_designation(
        designation, reason=request.POST.get("reason", "")[:200], by=request.user, at=clock.now()
    ), _("已撤牌。"))

"""Asking a unit about a figure, its answer, and the press that only follows silence."""
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaign.domain.campaigns import current_campaign
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import coverage, inquiries
from evaluations.forms.inquiries import InquiryAnswerForm
from evaluations.models import Inquiry
from units.domain.record_history import history_of
from units.models import Organization
from units.submissions import once


@require_POST
def inquiry_ask(request, measure):
    """Ask one organisation about one figure, from the page of the names behind it."""
    if measure not in coverage.MEASURES:
        raise Http404
    organizations = Organization.objects.visible_to(request.user).active()
    organization = get_object_or_404(organizations, pk=_key(request.POST.get("organization", "")))
    require(permissions.can_ask(request.user, organization))
    campaign = current_campaign(request.user)
    today = clock.today()
    rows = coverage.coverage_rows(request.user, campaign=campaign, below=organization.parent or organization, on=today)
    row = next((row for row in rows if row.organization == organization), None)
    if row is None:
        raise Http404
    back = reverse("coverage", args=[measure]) + "?" + urlencode({"category": organization.category})
    return done(
        request, back,
        lambda: inquiries.ask(
            organization, measure, campaign=campaign, situation=coverage.situation(row, measure), by=request.user,
            at=clock.now(),
        ),
        _("已经问了%(name)s，答复会出现在这里。") % {"name": organization},
    )


def _key(text):
    return int(text) if text.isdecimal() and len(text) < 12 else 0


@require_http_methods(["GET", "POST"])
def inquiry_detail(request, pk):
    """What was asked and answered; whoever speaks for the unit answers here."""
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user).select_related("organization", "asked_by"), pk=pk)
    verdict = permissions.can_answer_inquiry(request.user, inquiry)
    form = InquiryAnswerForm(request.POST or None)
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            try:
                return once(request, lambda: _answered(request, inquiry, form))
            except Refusal as refusal:
                refuse_on_form(form, refusal)
    context = {
        "inquiry": inquiry,
        "measure": coverage.MEASURES.get(inquiry.measure, inquiry.measure),
        "definition": coverage.DEFINITIONS.get(inquiry.measure, ""),
        "form": form if verdict else None,
        "urge": permissions.can_urge(request.user, inquiry, at=clock.now()),
        "history": history_of([inquiry]),
    }
    return render(request, "evaluations/inquiry_detail.html", context)


def _answered(request, inquiry, form):
    inquiries.answer(inquiry, answer=form.cleaned_data["answer"], by=request.user, at=clock.now())
    messages.success(request, _("已答复，问的人看得到。"))
    return inquiry


@require_POST
def inquiry_urge(request, pk):
    inquiry = get_object_or_404(Inquiry.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(permissions.can_ask(request.user, inquiry.organization))
    return done(request, inquiry, lambda: inquiries.urge(inquiry, by=request.user, at=clock.now()), _("已督促。"))

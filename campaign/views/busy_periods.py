"""Mark and end the busy periods of a unit."""
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaign import plan_permissions as permissions
from campaign.domain.busy_periods import end_busy, mark_busy
from campaign.forms.busy_periods import BusyPeriodForm
from campaign.models import BusyPeriod
from campaign.views.month_calendar import organization_of
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.submissions import once


def calendar_address(organization):
    """The page of the organisation's calendar."""
    return reverse("calendar") + f"?organization={organization.pk}"


@require_http_methods(["GET", "POST"])
def busy_period_new(request):
    """`?organization=` names whose; without it, the one that the user acts for."""
    organization = organization_of(request, request.GET.get("organization"))
    require(permissions.can_mark_busy(request.user, organization))
    form = BusyPeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        def mark():
            mark_busy(organization, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
            return calendar_address(organization)

        try:
            return once(request, mark)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": organization, "back": calendar_address(organization)}
    return render(request, "campaign/busy_period_form.html", context)


@require_POST
def busy_period_end(request, pk):
    period = get_object_or_404(BusyPeriod.objects.visible_to(request.user).select_related("organization"), pk=pk)
    require(permissions.can_mark_busy(request.user, period.organization))
    return done(
        request, calendar_address(period.organization),
        lambda: end_busy(period, by=request.user, at=clock.now(), on=clock.today()), _("忙期已经结束。"),
    )

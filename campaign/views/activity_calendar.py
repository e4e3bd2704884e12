"""The month view of activities."""
from datetime import date

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign import permissions
from campaign.domain.activity_month import month_of
from campaign.models import Activity
from config.kit import clock
from config.kit.keys import key_of
from units.models import Organization


@require_safe
def activity_calendar(request):
    """`?month=2011-06`, this month without it; `?organization=` narrows to one organisation and what is below it."""
    activities = Activity.objects.visible_to(request.user).standing()
    organization = None
    if request.GET.get("organization"):
        organizations = Organization.objects.visible_to(request.user)
        organization = get_object_or_404(organizations, pk=key_of(request.GET["organization"]))
        activities = activities.within(organization)
    context = {
        "month": month_of(activities, _first_day(request.GET.get("month", ""))),
        "organization": organization,
        "today": clock.today(),
        "may_log": request.user.has_role(*permissions.WRITES_ACTIVITIES),
        "only_own": all(grant.organization is None or grant.organization.is_leaf for grant in request.user.current_grants),
    }
    return render(request, "campaign/activity_calendar.html", context)


def _first_day(month):
    """The first of the month written as 2011-06; of this month when it cannot be read or is out of the calendar's reach."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return clock.today().replace(day=1)
    return first if 1921 <= first.year <= 2100 else clock.today().replace(day=1)

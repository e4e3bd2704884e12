"""The calendar of a unit: everything it owes and does in a month, its busy periods, and where duties collide."""
from datetime import date

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign import plan_permissions as permissions
from campaign.domain.campaigns import current_campaign
from campaign.domain.month_calendar import month_calendar
from campaign.models import BusyPeriod, CalendarFeed
from config.kit import clock
from config.kit.keys import key_of
from units.models import Organization


def organization_of(request, named):
    """The organisation that `named` names, the one that the user acts for without it; 404 outside the scope."""
    grant = request.user.main_grant
    key = key_of(named) or (grant.organization_id if grant else 0)
    return get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=key)


@require_safe
def calendar(request):
    """`?month=2011-06`, this month without it; `?organization=` another one of the scope."""
    organization, campaign = organization_of(request, request.GET.get("organization")), current_campaign(request.user)
    if campaign is None:
        return render(request, "campaign/calendar_none.html", {})
    month = month_calendar(campaign, organization, first_day(request.GET.get("month", "")), user=request.user)
    mark = permissions.can_mark_busy(request.user, organization)
    below = Organization.objects.visible_to(request.user).active().filter(parent=organization).in_institutional_order()
    context = {
        "organization": organization, "month": month, "today": clock.today(), "mark": mark, "below": below,
        "periods": BusyPeriod.objects.of(organization).filter(ends_on__gte=clock.today()).select_related("organization").order_by(
            "starts_on", "pk"
        ),
        "feed": CalendarFeed.objects.visible_to(request.user).working().filter(
            organization=organization
        ).first(),
    }
    return render(request, "campaign/calendar.html", context)


def first_day(month):
    """The first of the month written as 2011-06; of this month when it cannot be read or is out of the calendar's reach."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return clock.today().replace(day=1)
    return first if 1921 <= first.year <= 2100 else clock.today().replace(day=1)

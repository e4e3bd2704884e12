"""The page on which the office keeps days that the yearly notices free or work: what the system does not know by itself."""
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaign import calendar_permissions as permissions
from campaign.domain import calendar_days
from campaign.forms.calendar_days import CalendarDayForm
from campaign.models import CalendarDay
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from config.kit.working_days import is_covered
from units.list_exports import list_page
from units.submissions import once


@require_http_methods(["GET", "POST"])
def calendar_day_list(request):
    """The rows of the office, newest first, and the form for the next ones."""
    keep = permissions.can_keep_calendar(request.user)
    on, form = clock.today(), CalendarDayForm(request.POST or None)
    if request.method == "POST":
        require(keep)
        if form.is_valid():
            def call():
                number = calendar_days.keep_days(**form.cleaned_data, by=request.user, at=clock.now())
                messages.success(request, _("已登记 %(n)s 天。") % {"n": number})
                return "calendar_day_list"

            try:
                return once(request, call)
            except Refusal as refusal:
                refuse_on_form(form, refusal)
    rows = list(CalendarDay.objects.visible_to(request.user).order_by("-day"))
    context = {
        "form": form, "keep": keep, "rows": rows,
        "years": [(year, is_covered(year)) for year in range(on.year, on.year + 2)],
        "missing": calendar_days.year_to_fill(on=on),
    }
    return list_page(request, "campaign/calendar_day_list.html", context, rows=rows)


@require_POST
def calendar_day_drop(request, pk):
    """Take one row back."""
    row = get_object_or_404(CalendarDay.objects.visible_to(request.user), pk=pk)
    require(permissions.can_keep_calendar(request.user))
    return done(
        request, "calendar_day_list", lambda: calendar_days.drop_day(row, by=request.user, at=clock.now()), _("已删去。")
    )

"""The auditor's pages: the log with its filters, and the check that nothing in it was changed."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock
from config.kit.verdict import require
from units import permissions
from units.domain.log import check_log, last_check, log_rows
from units.forms.history import HistoryFilterForm
from units.list_exports import list_page
from units.models import HistoryEntry

PAGE = 50


@require_safe
def history_list(request):
    require(permissions.can_read_history(request.user))
    form = HistoryFilterForm(request.GET or None)
    entries = HistoryEntry.objects.visible_to(request.user).select_related("actor", "organization")
    page = Paginator(form.applied_to(entries), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": log_rows(page.object_list), "form": form if form.is_bound else HistoryFilterForm(),
        "has_filter": bool(request.GET), "check": last_check(),
    }
    return list_page(request, "units/history_list.html", context)


@require_POST
def history_check(request):
    """Walk the whole chain; what was found stands in the log itself."""
    require(permissions.can_read_history(request.user))
    found = check_log(by=request.user, at=clock.now())
    if found.bad is None:
        messages.success(request, _("核对了 %(rows)s 行，全部完好。") % {"rows": found.rows})
    else:
        messages.error(request, _("第 %(bad)s 行对不上：这一行或它前面的内容被改过。") % {"bad": found.bad})
    return redirect("history_list")

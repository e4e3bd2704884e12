"""The list of organisations whose kind and number of members disagree."""
from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.verdict import require
from units import permissions
from units.domain.size_hints import WORDS, hint_rows
from units.forms.size_hints import HintFilterForm
from units.list_exports import list_page

PAGE = 20


@require_safe
def organization_hints(request):
    """Hints of the own scope, by kind of hint; nothing has to be done about any of them."""
    require(permissions.can_read_hints(request.user))
    rows, form = hint_rows(request.user, on=clock.today()), HintFilterForm(request.GET)
    page = Paginator(form.applied_to(rows), PAGE).get_page(request.GET.get("page"))
    totals = [(word, code, sum(any(hint.code == code for hint in row.hints) for row in rows)) for code, word in WORDS.items()]
    rows = [(row, permissions.can_reorganize(request.user, row.organization)) for row in page.object_list]
    context = {
        "form": form, "page": page, "totals": totals, "has_filter": bool(request.GET), "rows": rows,
        "may_change": any(change for _, change in rows),
    }
    return list_page(request, "units/organization_hints.html", context)

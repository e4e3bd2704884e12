"""The list of organisations: the tree by category with what was done there last."""
from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from config.kit import clock
from evaluations.domain.organization_rows import add_below, filtered, in_categories, unit_rows
from evaluations.forms.organization import DayFilterForm, OrganizationFilterForm
from evaluations.list_columns import day_shape
from units import permissions
from units.domain import affiliations
from units.enums import READS_SUBTREE
from units.list_exports import list_page
from units.models import Organization

FIRST = 10  # units of a category that the whole list shows; one category alone has pages
PAGE = 20
DAY_PAGE = 50  # plain rows of a past day


@require_safe
def organization_list(request):
    on = clock.today()
    form = OrganizationFilterForm(request.GET or None)
    chosen = dict(form.cleaned_data) if form.is_valid() else {}
    day = chosen.pop("on", None)
    if day and day < on:
        return _of_day(request, day)
    rows = unit_rows(request.user, on=on)
    shown = filtered(rows, request.user, **chosen, on=on)
    everything, page = shown, None
    if chosen.get("category"):
        page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
        shown = list(page.object_list)
    categories = in_categories(rows, shown)
    if page is None:
        shown = [row for category in categories for row in category.rows[:FIRST]]
    add_below(shown, request.user, on=on)
    top = request.user.main_grant.organization if request.user.main_grant else None
    context = {
        "form": form if form.is_bound else OrganizationFilterForm(), "page": page, "first": FIRST, "top": top,
        "categories": [category for category in categories if category.rows], "has_filter": any(chosen.values()),
        "total": Organization.objects.visible_to(request.user).active().count(),
        "members": sum(category.members for category in categories),
        "silent": sum(category.silent for category in categories),
        "unreviewed": sum(category.unreviewed for category in categories),
        "now": clock.now(), "reads": request.user.has_role(*READS_SUBTREE),
        "founds": permissions.founds(request.user),
    }
    return list_page(request, "evaluations/organization_list.html", context, rows=everything)


def _of_day(request, day):
    """The tree as it was on `day`: names, parents and members of that day, and what has become of each."""
    form = DayFilterForm(request.GET)
    rows = affiliations.rows_of_day(request.user, day=day)
    page = Paginator(form.applied_to(rows), DAY_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "day": day, "page": page, "rows": [(row, affiliations.since(row)) for row in page.object_list],
        "total": len(rows), "members": sum(row.members for row in rows if row.above is None),
        "first_day": affiliations.first_day(), "reads": request.user.has_role(*READS_SUBTREE),
    }
    return list_page(request, "evaluations/organization_day.html", context, shape=day_shape(day))

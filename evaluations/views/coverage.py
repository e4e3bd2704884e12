"""The names behind the figures of the coverage table, and how each figure is computed."""
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from campaign.domain.campaigns import current_campaign
from config.kit import clock
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import coverage, inquiries
from evaluations.views.dashboard import chosen_range
from units.enums import Category
from units.list_exports import list_page


@require_GET
def coverage_detail(request, measure):
    """The names behind one figure, of one category."""
    if measure not in coverage.MEASURES:
        raise Http404
    require(permissions.can_see_coverage(request.user))
    campaign = current_campaign(request.user)
    below = request.user.main_grant.organization
    today = clock.today()
    rows = coverage.coverage_rows(request.user, campaign=campaign, below=below, on=today) if campaign else []
    ranges, more, rows = chosen_range(request, rows, today)
    categories = coverage.by_category(rows, on=today)
    chosen = request.GET.get("category", "")
    if chosen not in Category.values:
        chosen = categories[0].category if categories else ""
    rows = [row for row in rows if row.organization.category == chosen]
    if measure == "review":
        coverage.add_leaders(rows, on=today)
    missing = coverage.gaps(rows, measure)
    _add_inquiries(request.user, campaign, measure, missing)
    rest = [row for row in rows if row not in missing]
    nothing = [row for row in rest if not row.fraction(measure)[1]]
    context = {
        "measure": measure,
        "title": coverage.MEASURES[measure],
        "definition": coverage.DEFINITIONS[measure],
        "missing": missing,
        "asks": any(row.may_ask or row.inquiry for row in missing),
        "ranges": [(word, number, f"{url}&category={chosen}", here) for word, number, url, here in ranges],
        "more": more,
        "rest": [row for row in rest if row not in nothing],
        "nothing": nothing,
        "nothing_title": coverage.NOTHING.get(measure, ""),
        "categories": [(line.category, line.label, line.category == chosen) for line in categories],
        "today": today,
        "now": clock.now(),
    }
    return list_page(request, "evaluations/coverage.html", context, rows=[*missing, *context["rest"], *nothing])


def _add_inquiries(user, campaign, measure, rows):
    """What was asked about each row, and what may be done now."""
    asked = inquiries.newest_by_organization(user, campaign, measure, [row.organization.pk for row in rows])
    for row in rows:
        row.inquiry = asked.get(row.organization.pk)
        may = bool(permissions.can_ask(user, row.organization))
        row.may_ask = may and inquiries.may_be_asked(row.inquiry, at=clock.now())
        row.may_urge = may and row.inquiry is not None and row.inquiry.may_be_urged(at=clock.now())


@require_GET
def definitions(request):
    """How each figure is computed, and from what."""
    entries = [(measure, coverage.MEASURES[measure], coverage.DEFINITIONS[measure]) for measure in coverage.MEASURES]
    return render(request, "evaluations/definitions.html", {"entries": entries, "lines": coverage.REMINDER_LINES})

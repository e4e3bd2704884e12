"""The leaders' board: what needs me, the present phase, coverage by category, silent units, activity by month."""
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaign.domain.campaigns import current_campaign
from campaign.domain.phase_line import phase_line
from campaign.due import due_things
from campaign.models import Activity
from config.kit import clock
from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain import coverage
from evaluations.views.todo import todo_item

SHOWN = 5


@require_GET
def dashboard(request):
    """The board of the user's own scope."""
    require(permissions.can_see_coverage(request.user))
    today, campaign = clock.today(), current_campaign(request.user)
    below = request.user.main_grant.organization
    if campaign is None:
        return render(request, "evaluations/dashboard.html", {"today": today, "below": below})
    rows = coverage.coverage_rows(request.user, campaign=campaign, below=below, on=today)
    ranges, more, rows = chosen_range(request, rows, today)
    silent = coverage.gaps(rows, "activity")
    table = coverage.by_category(rows, on=today)
    chosen = request.GET.get("category") or (table[0].category if table else "")
    things = [thing for thing in due_things(on=today, user=request.user) if thing.kind != "milestone"]
    recent = Activity.objects.visible_to(request.user).standing().within(below).filter(campaign=campaign)
    return render(
        request,
        "evaluations/dashboard.html",
        {
            "today": today,
            "now": clock.now(),
            "campaign": campaign,
            "below": below,
            "unit_count": len(rows),
            "ranges": ranges,
            "more": more,
            "todo": [todo_item(thing, today, primary=place == 0) for place, thing in enumerate(things)],
            "line": phase_line(campaign, on=today),
            "table": [_shown(line, today, more) for line in table],
            "headings": coverage.MEASURES,
            "silent": silent[:SHOWN],
            "silent_count": len(silent),
            "heat": _heat(rows, chosen, today),
            "heat_categories": [(line.category, line.label, line.category == chosen) for line in table],
            "recent": recent.select_related("organization").prefetch_related("activity_photos").newest_first()[:3],
        },
    )


def chosen_range(request, rows, today):
    """(ranges, more, rows): a leader in charge of some of the rows may look at those alone (我联系的).

    ranges: [(word, number, address, is chosen)], empty for everybody else; more: what links add to keep the choice.
    """
    mine = coverage.in_charge_of(rows, request.user, on=today)
    if not mine:
        return [], "", rows
    is_mine = request.GET.get("range") == "mine"
    ranges = [(_("我联系的"), len(mine), "?range=mine", is_mine), (_("全部"), len(rows), "?range=all", not is_mine)]
    return ranges, "&range=mine" if is_mine else "", mine if is_mine else rows


def _shown(line, today, more):
    """A line of the coverage table with its words and links; `more` is added to each link."""
    cells = []
    for cell in line.cells:
        url = reverse("coverage", args=[cell.measure]) + f"?category={line.category}{more}"
        cells.append({"heading": coverage.MEASURES[cell.measure], "url": url, "is_low": cell.is_low} | _figure(cell))
    months = [
        {
            "label": _("%(m)s月") % {"m": month.month}, "full": _("%(y)s年%(m)s月") % {"y": month.year, "m": month.month},
            "value": count, "now": month == today.replace(day=1),
        }
        for month, count in line.months
    ]
    top = max([count for _month, count in line.months] + [1])
    heights = [max(1, 26 * count // top) if count else 0 for _month, count in line.months]
    bars = [{"x": 8 * place, "y": 28 - height, "height": height} for place, height in enumerate(heights)]
    return {"line": line, "cells": cells, "months": months, "bars": bars, "this_month": line.months[-1][1]}


def _figure(cell):
    """value, total, percent and the words of the link."""
    if cell.measure == "turnout":
        if not cell.denominator:
            return {"value": "—", "total": None, "percent": None, "word": _("本半年还没有评议")}
        words = _("%(n)s/%(d)s 份") % {"n": f"{cell.numerator:,}", "d": f"{cell.denominator:,}"}
        return {"value": f"{cell.percent}%", "total": None, "percent": cell.percent, "word": words}
    if not cell.denominator:
        return {"value": "—", "total": None, "percent": None, "word": _("没有到期的")}
    missing = {
        "activity": _("%(n)s 个没有"), "review": _("%(n)s 个未点评"), "rectification": _("%(n)s 项未按期"),
    }[cell.measure]
    word = missing % {"n": cell.missing} if cell.missing else _("全部做到，看名单")
    return {"value": cell.numerator, "total": cell.denominator, "percent": cell.percent, "word": word}


def _heat(rows, category, today):
    """Units of one category with their last six months; those with an empty month come first."""
    months = coverage.months_back(today, 6)
    chosen = [row for row in rows if row.organization.category == category]
    lines = [{"row": row, "counts": [row.by_month.get(month, 0) for month in months]} for row in chosen]
    lines.sort(key=lambda line: (-line["counts"][:-1].count(0), sum(line["counts"]), line["row"].organization.path))
    return {"months": months, "lines": lines[:10], "count": len(lines), "category": category}

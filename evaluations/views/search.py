"""Find organisations, members and activities in one's own scope; grouped, a few of each, the rest behind its list."""
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from campaign.models import Activity
from units.models import Member, Organization

SHOWN = 10
SHORTEST = 1
LONGEST = 40


@require_GET
def search(request):
    """/find/?q=…: every group is cut to what the user may see."""
    words = "".join(request.GET.get("q", "").split())[:LONGEST]
    groups = _found(request.user, words) if len(words) >= SHORTEST else []
    return render(request, "evaluations/search.html", {"words": words, "groups": groups, "any": any(g["rows"] for g in groups)})


def _found(user, words):
    """Three groups, a query each; one row more than shown tells that there are more."""
    organizations = Organization.objects.visible_to(user).active().filter(name__icontains=words).in_institutional_order()
    members = Member.objects.visible_to(user).filter(name__icontains=words).select_related("organization").by_strokes()
    activities = Activity.objects.visible_to(user).standing().mentioning(words).select_related("organization").newest_first()
    return [
        _group("organization", organizations, reverse("organization_list"), words, lambda o: o.get_category_display()),
        _group("member", members, "", words, lambda m: m.organization.name),
        _group("activity", activities, reverse("activity_list"), words, lambda a: f"{a.organization.name} · {a.text}"),
    ]


def _group(kind, queryset, url, words, small):
    rows = list(queryset[: SHOWN + 1])
    return {
        "kind": kind,
        "rows": [{"title": str(row), "url": row.get_absolute_url(), "small": small(row)} for row in rows[:SHOWN]],
        "more_url": f"{url}?{urlencode({'q': words})}" if url and len(rows) > SHOWN else "",
        "is_cut": len(rows) > SHOWN,
    }

"""What the list of assessments shows: filters in words, and the total of each sheet."""
from django.db.models import Q

from evaluations.domain.markings import MarkLine, totals_of
from evaluations.models import Marking, SheetItem
from units import scope
from units.models import Organization


def markings_seen(user, campaign, *, subject="", category="", q="", organization=None):
    """Standing sheets of `campaign` that `user` sees and the filters leave, newest first."""
    rows = Marking.objects.visible_to(user).standing().filter(campaign=campaign)
    if subject:
        rows = rows.filter(member__isnull=subject == "organizations")
    if category:
        rows = rows.filter(organization__category=category)
    if q:
        rows = rows.filter(Q(member__name__icontains=q) | Q(organization__name__icontains=q))
    if organization:
        below = Organization.objects.visible_to(user).filter(pk=organization).first()
        rows = rows.filter(scope.within(below.path, "organization__")) if below else rows.none()
    return rows.select_related("organization", "member", "assessor").prefetch_related("marks").newest_first()


def with_totals(markings, campaign):
    """[(marking, Totals)] of a page, each by the sheet as it was when the version was written; one query for all sheets."""
    items = list(SheetItem.objects.filter(campaign=campaign).order_by("position", "pk"))
    rows = []
    for marking in markings:
        track = "member" if marking.member_id else "organization"
        known = {
            item.code: item for item in items
            if item.track == track and item.recorded_at <= marking.recorded_at
            and (item.superseded_at is None or item.superseded_at > marking.recorded_at)
        }
        lines = [
            MarkLine(known[mark.item_code], mark.self_points, mark.deduction, mark.bonus, mark.reason)
            for mark in marking.marks.all() if mark.item_code in known
        ]
        rows.append((marking, totals_of(lines)))
    return rows

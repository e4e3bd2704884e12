"""What the list of appraisals shows: filters in words."""
from django.db.models import Q

from evaluations.models import Appraisal
from units import scope
from units.models import Organization

WAITING, CONFIRMED = "waiting", "confirmed"


def appraisals_seen(user, campaign, *, sheet="", state="", category="", q="", organization=None):
    """Standing appraisals of `campaign` that `user` sees and the filters leave, newest first, with their turnouts."""
    rows = Appraisal.objects.visible_to(user).standing().filter(campaign=campaign)
    if sheet:
        rows = rows.filter(sheet=sheet)
    if state:
        rows = rows.filter(confirmed_at__isnull=state == WAITING)
    if category:
        rows = rows.filter(organization__category=category)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(organization__name__icontains=q))
    if organization:
        below = Organization.objects.visible_to(user).filter(pk=organization).first()
        rows = rows.filter(scope.within(below.path, "organization__")) if below else rows.none()
    return rows.select_related("organization", "recorded_by").prefetch_related("turnouts").newest_first()

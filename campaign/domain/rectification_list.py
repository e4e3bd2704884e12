"""What the ledger of rectification shows: filters in words, the ladder of days, and how much was done in time."""
from datetime import timedelta

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from campaign.enums import RECTIFICATION_ENDED, RectificationState
from campaign.models import Rectification, RectificationClosing
from units.models import Organization

ALL = "all"
# rung: words, sign, days from today to the due day (first, last; None is open)
LADDER = {
    "1": (_("7 天以上"), "", 8, None),
    "2": (_("7 天以内"), "is-soon", 0, 7),
    "3": (_("逾期 1—7 天"), "is-late", -7, -1),
    "4": (_("逾期 8—14 天"), "is-late", -14, -8),
    "5": (_("逾期 15 天以上"), "is-late", None, -15),
}


def rung_filter(rung, *, on):
    """Q of the items whose due day lies on that rung of the ladder."""
    _words, _sign, first, last = LADDER[rung]
    condition = Q()
    if first is not None:
        condition &= Q(due_on__gte=on + timedelta(days=first))
    if last is not None:
        condition &= Q(due_on__lte=on + timedelta(days=last))
    return condition


def rectifications_seen(user, campaign, *, on, source="", category="", state="", due="", q="", organization=None, reopened=""):
    """The items of `campaign` that `user` sees and the filters leave: unfinished first, the most overdue on top."""
    rows = Rectification.objects.visible_to(user).filter(campaign=campaign)
    if not state:
        rows = rows.unfinished()
    elif state != ALL:
        rows = rows.filter(state=state)
    if source:
        rows = rows.filter(source=source)
    if category:
        rows = rows.filter(organization__category=category)
    if due:
        rows = rows.filter(rung_filter(due, on=on)) if due in LADDER else rows.late(on=on)
    if reopened:
        rows = rows.filter(times_reopened__gt=0)
    if q:
        rows = rows.filter(Q(problem__icontains=q) | Q(organization__name__icontains=q))
    if organization:
        below = Organization.objects.visible_to(user).filter(pk=organization).first()
        rows = rows.within(below) if below else rows.none()
    closed = Case(When(state__in=RECTIFICATION_ENDED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.select_related("organization", "owner", "verifier").order_by(closed, "due_on", "pk")


def ladder(user, campaign, *, on):
    """The rungs with their numbers, and other figures of everything the user sees; one query.

    Returns (rungs [{key, words, sign, count}], {"open", "reported", "reopened", "due", "in_time"}).
    """
    carried = Exists(Rectification.objects.filter(carried_from=OuterRef("pk")))
    unfinished = ~Q(state__in=RECTIFICATION_ENDED) & Q(is_carried=False)
    in_time = RectificationClosing.objects.standing().filter(rectification=OuterRef("pk"), happened_on__lte=OuterRef("due_on"))
    figures = Rectification.objects.visible_to(user).filter(campaign=campaign).annotate(
        was_in_time=Exists(in_time), is_carried=carried
    ).aggregate(
        open=Count("pk", filter=unfinished),
        reported=Count("pk", filter=unfinished & Q(state=RectificationState.REPORTED)),
        reopened=Count("pk", filter=unfinished & Q(times_reopened__gt=0)),
        due=Count("pk", filter=Q(due_on__lt=on) & unfinished | Q(state=RectificationState.VERIFIED)),
        in_time=Count("pk", filter=Q(was_in_time=True)),
        **{f"rung{key}": Count("pk", filter=unfinished & rung_filter(key, on=on)) for key in LADDER},
    )
    rungs = [
        {"key": key, "words": words, "sign": sign if figures[f"rung{key}"] else "", "count": figures[f"rung{key}"]}
        for key, (words, sign, _first, _last) in LADDER.items()
    ]
    return rungs, figures


def days_left(item, *, on):
    """Days until the item is due; None once it is closed."""
    return None if item.state in RECTIFICATION_ENDED else (item.due_on - on).days

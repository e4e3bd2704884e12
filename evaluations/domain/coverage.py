"""Coverage: who has no activity in 30 days, no review in the half-year, a low turnout, late rectification.

Compared inside one category only. Every figure is worked out from rows that the caller may see, one query per fact table
whatever the number of organisations; a row stands for one organisation right below the leader's scope with its subtree.
"""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from campaign.models import Activity, ActivityPart, Rectification, RectificationClosing
from evaluations.domain.appraisal_figures import too_few_returned
from evaluations.models import AppraisalTurnout, Review
from units import scope
from units.domain.charges import charges_on
from units.enums import Category
from units.models import Organization

SILENT_AFTER_DAYS = 30
MONTHS = 12  # shown of the activities by month
# Percent below which a category's cell carries the triangle; demonstration values of the office.
REMINDER_LINES = {"activity": 80, "review": 60, "turnout": 70, "rectification": 60}
MEASURES = {
    "activity": _("30 天内有活动"),
    "review": _("本半年已点评"),
    "turnout": _("群众评议参评率"),
    "rectification": _("整改按期完成"),
}
# What is said of organisations that a measure has nothing to count in.
NOTHING = {"turnout": _("本半年还没有核对过的评议"), "rectification": _("本半年没有到期的整改")}
DEFINITIONS = {
    "activity": _("最近 30 天内（含今天）至少记了一次活动的单位数 ÷ 单位总数。下级支部的活动算在单位里。"),
    "review": _("本半年（1—6 月或 7—12 月）内领导对单位点评过的单位数 ÷ 单位总数。对党员的点评不算在内。"),
    "turnout": _("本半年经两人核对的党组织评议表：收回份数 ÷ 发出份数，党员和群众合计。"),
    "rectification": _("本半年到期的整改事项里，在期限内验收销号的项数 ÷ 到期项数。"),
}


@dataclass
class CoverageRow:
    """What is known of one organisation with its subtree."""

    organization: Organization
    last_activity_on: date | None = None
    last_review_on: date | None = None
    issued: int = 0
    returned: int = 0
    due: int = 0
    on_time: int = 0
    by_month: dict = field(default_factory=dict)
    has_activity: bool = False
    silent_days: int | None = None
    leader: str = ""  # who is in charge of it; see add_leaders
    inquiry: object = None  # the newest question about the figure shown, where a page asks for it
    may_ask: bool = False
    may_urge: bool = False

    def fraction(self, measure):
        """(numerator, denominator) of this row in one measure; the first two are 0/1 out of 1."""
        return {
            "activity": (int(self.has_activity), 1),
            "review": (int(self.last_review_on is not None), 1),
            "turnout": (self.returned, self.issued),
            "rectification": (self.on_time, self.due),
        }[measure]


@dataclass(frozen=True)
class Cell:
    """One figure of the coverage table: numerator of denominator in one category."""

    measure: str
    numerator: int
    denominator: int

    @property
    def missing(self):
        return self.denominator - self.numerator

    @property
    def percent(self):
        return 100 * self.numerator // self.denominator if self.denominator else None

    @property
    def is_low(self):
        return self.percent is not None and self.percent < REMINDER_LINES[self.measure]


def half_year(day):
    """(first day, last day) of the half-year that holds `day`."""
    return (date(day.year, 1, 1), date(day.year, 6, 30)) if day.month <= 6 else (date(day.year, 7, 1), date(day.year, 12, 31))


def months_back(day, count):
    """First days of the `count` months that end with the month of `day`, oldest first."""
    months = [day.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def in_charge_of(rows, user, *, on):
    """The rows of the organisations that `user` is in charge of on a day (分工). One query."""
    mine = set(charges_on(on).filter(leader=user).values_list("organization", flat=True))
    return [row for row in rows if row.organization.pk in mine]


def add_leaders(rows, *, on):
    """Write who is in charge of each row's organisation. One query."""
    charges = charges_on(on).select_related("leader")
    names = {charge.organization_id: charge.leader.display_name for charge in charges}
    for row in rows:
        row.leader = names.get(row.organization.pk, "")


def coverage_rows(user, *, campaign, below, on):
    """Rows for the organisations right below `below` that `user` may see, in institutional order. Six queries."""
    organizations = (
        Organization.objects.visible_to(user).within(below).active().filter(depth=below.depth + 1).in_institutional_order()
    )
    length = scope.STEP * (below.depth + 1)
    rows = {organization.path: CoverageRow(organization) for organization in organizations}
    first, _last = half_year(on)
    _add_activities(rows, user, campaign, below, length, on)
    _add_reviews(rows, user, campaign, below, first, on)
    _add_turnout(rows, user, campaign, below, length, first, on)
    _add_rectification(rows, user, campaign, below, length, first, on)
    return list(rows.values())


def _by_row(queryset, length):
    """Group rows under the path of the organisation right below the scope."""
    return queryset.annotate(row=Substr("organization__path", 1, length)).values("row")


def _add_activities(rows, user, campaign, below, length, on):
    activities = Activity.objects.visible_to(user).standing().within(below).filter(campaign=campaign, happened_on__lte=on)
    for path, newest in _by_row(activities, length).annotate(newest=Max("happened_on")).values_list("row", "newest"):
        if path in rows:
            rows[path].last_activity_on = newest
    for path, newest in _joint(user, campaign, below, length, on):
        if path in rows:
            rows[path].last_activity_on = max(newest, rows[path].last_activity_on or newest)
    for row in rows.values():
        row.silent_days = (on - row.last_activity_on).days if row.last_activity_on else None
        row.has_activity = row.silent_days is not None and row.silent_days < SILENT_AFTER_DAYS
    months = months_back(on, MONTHS)
    # Counted by ranges of days: cutting a date down to its month is slow Python on SQLite.
    counts = {f"month_{place}": _in_month(month) for place, month in enumerate(months)}
    for found in _by_row(activities.filter(happened_on__gte=months[0]), length).annotate(**counts):
        if found["row"] in rows:
            rows[found["row"]].by_month = {month: found[name] for name, month in zip(counts, months, strict=True)}


def _joint(user, campaign, below, length, on):
    """(path of the row, newest day) of other organisations' activities in which those of the row had a confirmed part."""
    parts = ActivityPart.objects.visible_to(user).standing().confirmed().filter(
        scope.within(below.path, "organization__"), activity__campaign=campaign, activity__happened_on__lte=on
    )
    return _by_row(parts, length).annotate(newest=Max("activity__happened_on")).values_list("row", "newest")


def _in_month(first):
    """How many activities of the month that begins with `first`."""
    following = (first + timedelta(days=31)).replace(day=1)
    return Count("pk", filter=Q(happened_on__gte=first, happened_on__lt=following))


def _add_reviews(rows, user, campaign, below, first, on):
    reviews = Review.objects.visible_to(user).standing().filter(
        scope.within(below.path, "organization__"), campaign=campaign, member__isnull=True, happened_on__range=(first, on)
    )
    newest = reviews.values("organization__path").annotate(newest=Max("happened_on"))
    for path, day in newest.values_list("organization__path", "newest"):
        if path in rows:
            rows[path].last_review_on = day


def _add_turnout(rows, user, campaign, below, length, first, on):
    turnouts = (
        AppraisalTurnout.objects.filter(
            scope.within(below.path, "appraisal__organization__"),
            scope.within_any(user.reading_paths(), "appraisal__organization__"),
            appraisal__campaign=campaign,
            appraisal__sheet="organization",
            appraisal__superseded_at__isnull=True,
            appraisal__confirmed_at__isnull=False,
            appraisal__happened_on__range=(first, on),
        )
        .exclude(appraisal__in=too_few_returned())
        .annotate(row=Substr("appraisal__organization__path", 1, length))
        .values("row")
        .annotate(issued_all=Sum("issued"), returned_all=Sum("returned"))
    )
    for found in turnouts:
        if found["row"] in rows:
            rows[found["row"]].issued, rows[found["row"]].returned = found["issued_all"], found["returned_all"]


def _add_rectification(rows, user, campaign, below, length, first, on):
    in_time = RectificationClosing.objects.standing().filter(
        rectification=OuterRef("pk"), happened_on__lte=OuterRef("due_on")
    )
    items = Rectification.objects.visible_to(user).filter(
        scope.within(below.path, "organization__"), campaign=campaign, due_on__range=(first, on)
    ).counted()
    found = (
        _by_row(items.annotate(in_time=Exists(in_time)), length)
        .annotate(due=Count("pk"), on_time=Count("pk", filter=Q(in_time=True)))
        .values_list("row", "due", "on_time")
    )
    for path, due, on_time in found:
        if path in rows:
            rows[path].due, rows[path].on_time = due, on_time


@dataclass
class CategoryCoverage:
    """One line of the coverage table."""

    category: str
    label: str
    count: int
    cells: list
    months: list  # [(first day, activities)]


def by_category(rows, *, on):
    """The table: one line per category that has organisations, in institutional order; no total across categories."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.organization.category].append(row)
    months = months_back(on, MONTHS)
    return [
        CategoryCoverage(
            category=category.value,
            label=category.label,
            count=len(groups[category.value]),
            cells=[_cell(measure, groups[category.value]) for measure in MEASURES],
            months=[(month, sum(row.by_month.get(month, 0) for row in groups[category.value])) for month in months],
        )
        for category in Category
        if groups[category.value]
    ]


def _cell(measure, rows):
    fractions = [row.fraction(measure) for row in rows]
    return Cell(measure, sum(n for n, _d in fractions), sum(d for _n, d in fractions))


def gaps(rows, measure):
    """The rows behind what is missing in one measure, the widest gap first."""
    def behind(row):
        numerator, denominator = row.fraction(measure)
        return denominator - numerator

    found = [row for row in rows if behind(row) > 0]
    if measure == "activity":
        return sorted(found, key=lambda row: (row.last_activity_on or date.min, row.organization.path))
    return sorted(found, key=lambda row: (-behind(row), row.organization.path))


def situation(row, measure):
    """What a row's figure says, in words, e.g. for an inquiry that keeps the figure of its day."""
    numerator, denominator = row.fraction(measure)
    if measure == "activity":
        return _("30 天内没有活动") if not row.has_activity else _("最近 %(n)s 天内有活动") % {"n": row.silent_days + 1}
    if measure == "review":
        return _("本半年已点评") if numerator else _("本半年还没有点评")
    words = {"turnout": _("发出 %(of)s 份，收回 %(n)s 份"), "rectification": _("到期 %(of)s 项，按期完成 %(n)s 项")}
    return words[measure] % {"n": numerator, "of": denominator}

"""The tree of units as one table: secretary, members, last activity, last review; a fixed number of queries for any tree.

A row stands for one unit with everything below it: members and activities of its branches count as the unit's, a review
only when the unit itself was reviewed. Compared, and counted, inside one category only.
"""
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from campaign.models import Activity, ActivityPart, Rectification
from config.kit.half_year import half_year_of
from evaluations.domain.coverage import SILENT_AFTER_DAYS
from evaluations.models import Review
from units import scope
from units.enums import LEADS_BRANCH, Category
from units.models import Member, Organization, Post

SILENT, NO_REVIEW = "silent", "none"
BY_ACTIVITY, BY_REVIEW = "activity", "review"


@dataclass
class OrganizationRow:
    """What is known of one organisation; `below` are the organisations under it, flat, in institutional order."""

    organization: Organization
    on: date
    secretary: str = ""
    secretary_id: int | None = None
    members: int = 0
    last_activity_on: date | None = None
    last_review_on: date | None = None
    late: int = 0
    below: list = field(default_factory=list)
    is_found: bool = False  # the searched words stand in it or below

    @property
    def silent_days(self):
        return (self.on - self.last_activity_on).days if self.last_activity_on else None

    @property
    def is_silent(self):
        return self.silent_days is None or self.silent_days >= SILENT_AFTER_DAYS

    @property
    def is_unreviewed(self):
        return self.last_review_on is None or self.last_review_on < half_year_of(self.on).first

    @property
    def silent_below(self):
        return sum(row.is_silent for row in self.below)


@dataclass(frozen=True)
class CategoryRows:
    """One category: its figures over all units, and the rows that passed the filters."""

    category: str
    label: str
    count: int
    members: int
    silent: int
    unreviewed: int
    rows: list


def unit_rows(user, *, on):
    """[OrganizationRow] of the units that exist for `user`, in institutional order: those right below a root, or the
    top organisations of the own scope. Five queries per depth of scope, of which nearly everybody has one."""
    tops = _tops(user)
    units = Organization.objects.visible_to(user).active().filter(
        Q(path__in=[path for path in tops if len(path) > scope.STEP])
        | (Q(depth=2) & scope.within_any([path for path in tops if len(path) == scope.STEP]))
    ).in_institutional_order()
    rows = {unit.path: OrganizationRow(unit, on) for unit in units}
    for length in {len(path) for path in rows}:
        _add_figures(rows, user, length, on)
    return list(rows.values())


def _tops(user):
    """The paths of the scope that lie in no other one."""
    paths = sorted(set(user.scope_paths()))
    return [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]


def _add_figures(rows, user, length, on):
    """Members, activities, reviews, rectification and secretaries of the rows whose path has `length` characters."""
    def grouped(queryset):
        return queryset.annotate(unit=Substr("organization__path", 1, length)).values("unit").order_by()

    here = [path for path in rows if len(path) == length]
    within = scope.within_any(_tops(user), "organization__")
    for found in grouped(Member.objects.present().filter(within)).annotate(number=Count("pk")):
        if found["unit"] in here:
            rows[found["unit"]].members = found["number"]
    activities = Activity.objects.visible_to(user).standing().filter(happened_on__lte=on)
    for found in grouped(activities).annotate(newest=Max("happened_on")):
        if found["unit"] in here:
            rows[found["unit"]].last_activity_on = found["newest"]
    parts = ActivityPart.objects.visible_to(user).standing().confirmed().filter(activity__happened_on__lte=on)
    for found in grouped(parts).annotate(newest=Max("activity__happened_on")):
        if found["unit"] in here:
            row = rows[found["unit"]]
            row.last_activity_on = max(found["newest"], row.last_activity_on or found["newest"])
    reviews = Review.objects.visible_to(user).standing().filter(member__isnull=True, organization__path__in=here)
    for path, newest in reviews.values_list("organization__path").annotate(newest=Max("happened_on")).order_by():
        rows[path].last_review_on = newest
    for found in grouped(Rectification.objects.visible_to(user).late(on=on)).annotate(number=Count("pk")):
        if found["unit"] in here:
            rows[found["unit"]].late = found["number"]
    for path, pk, name in _secretaries(on).filter(organization__path__in=here).values_list(
        "organization__path", "member", "member__name"
    ):
        rows[path].secretary_id, rows[path].secretary = pk, name


def _secretaries(on):
    return Post.objects.standing().on(on).filter(kind__in=LEADS_BRANCH)


def filtered(rows, user, *, category="", activity="", review="", order="", q="", on):
    """The rows that pass the filters, in the order asked for; `q` also finds branches and secretaries. One query with `q`."""
    if category:
        rows = [row for row in rows if row.organization.category == category]
    if activity == SILENT:
        rows = [row for row in rows if row.is_silent]
    if review == NO_REVIEW:
        rows = [row for row in rows if row.is_unreviewed]
    if q:
        paths = _paths_with(user, q, on)
        rows = [row for row in rows if any(path.startswith(row.organization.path) for path in paths)]
        for row in rows:
            row.is_found = True
    if order == BY_ACTIVITY:
        rows = sorted(rows, key=lambda row: row.last_activity_on or date.min)
    if order == BY_REVIEW:
        rows = sorted(rows, key=lambda row: row.last_review_on or date.min)
    return rows


def _paths_with(user, q, on):
    """Paths of the organisations whose name, or whose secretary's name, holds `q`."""
    led = _secretaries(on).filter(member__name__icontains=q).values("organization")
    found = Organization.objects.visible_to(user).active().filter(Q(name__icontains=q) | Q(pk__in=led))
    return list(found.values_list("path", flat=True))


def add_below(rows, user, *, on):
    """Fill `below` of the rows that are shown, with the figures of each organisation itself. One query."""
    by_path = {row.organization.path: row for row in rows if not row.organization.is_leaf}
    if not by_path:
        return
    members = Member.objects.present().filter(organization=OuterRef("pk")).order_by().values("organization")
    activities = Activity.objects.standing().filter(organization=OuterRef("pk"), happened_on__lte=on).order_by()
    reviews = Review.objects.visible_to(user).standing().filter(organization=OuterRef("pk"), member__isnull=True).order_by()
    led = _secretaries(on).filter(organization=OuterRef("pk"))
    organizations = (
        Organization.objects.visible_to(user).active().filter(scope.within_any(by_path)).exclude(path__in=by_path)
        .annotate(
            own_members=Subquery(members.annotate(number=Count("pk")).values("number")),
            newest=Subquery(activities.values("organization").annotate(newest=Max("happened_on")).values("newest")),
            reviewed=Subquery(reviews.values("organization").annotate(newest=Max("happened_on")).values("newest")),
            led_by=Subquery(led.values("member__name")[:1]),
        )
        .in_institutional_order()
    )
    for organization in organizations:
        unit = next(row for path, row in by_path.items() if organization.path.startswith(path))
        unit.below.append(OrganizationRow(
            organization, on, secretary=organization.led_by or "", members=organization.own_members or 0,
            last_activity_on=organization.newest, last_review_on=organization.reviewed,
        ))


def in_categories(rows, shown):
    """[CategoryRows] of the categories that have units, in institutional order; `shown` are the rows that passed."""
    groups, passed = defaultdict(list), defaultdict(list)
    for row in rows:
        groups[row.organization.category].append(row)
    for row in shown:
        passed[row.organization.category].append(row)
    return [
        CategoryRows(
            category=value, label=label, count=len(groups[value]), rows=passed[value],
            members=sum(row.members for row in groups[value]), silent=sum(row.is_silent for row in groups[value]),
            unreviewed=sum(row.is_unreviewed for row in groups[value]),
        )
        for value, label in [*Category.choices, ("", _("其他"))]
        if groups[value]
    ]

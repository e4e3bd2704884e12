"""Reading affiliations: the course of one organisation, and the tree of a past day with names, parents and members."""
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from units.enums import CATEGORY_ORDER
from units.models import Affiliation, Membership, Organization


@dataclass(frozen=True)
class Stage:
    """One stretch of an organisation's course: what it was from `starts_on` to `ends_on`, and what was new in it."""

    affiliation: Affiliation
    news: str
    reason: str


def course_of(organization):
    """[Stage] of an organisation, the newest first; an end is a stage of its own only in words of the page. One query."""
    rows = Affiliation.objects.standing().filter(organization=organization).select_related("parent")
    stages, before = [], None
    for row in rows.order_by("starts_on", "pk"):
        stages.append(Stage(row, _news(before, row), row.change_reason))
        before = row
    return stages[::-1]


def _news(before, row):
    if before is None:
        return _("开始登记")
    words = []
    if before.name != row.name:
        words.append(_("更名"))
    if before.kind != row.kind:
        words.append(_("改建"))
    if before.parent_id != row.parent_id:
        words.append(_("改变隶属"))
    elif before.category != row.category:
        words.append(_("改变类别"))
    return "、".join(words) or _("更正")


@dataclass
class DayRow:
    """One organisation on a past day; `members` counts those of everything below it on that day too."""

    organization: Organization
    affiliation: Affiliation
    depth: int = 1
    members: int = 0
    above: "DayRow | None" = None


def rows_of_day(user, *, day):
    """[DayRow] of the organisations that exist for `user` today, in the tree of `day` as it is known now. Three queries.

    An organisation whose parent of that day is not among them stands at the top.
    """
    seen = {organization.pk: organization for organization in Organization.objects.visible_to(user).select_related(
        "parent", "merged_into")}
    facts = Affiliation.objects.standing().on(day).filter(organization__in=Organization.objects.visible_to(user))
    rows = {
        fact.organization_id: DayRow(seen[fact.organization_id], fact)
        for fact in facts.select_related("parent").order_by("starts_on", "recorded_at", "pk")
    }
    for organization in _held_on(day).values():
        if organization in rows:
            rows[organization].members += 1
    return _in_order(rows)


def _held_on(day):
    """{member id: organisation id} of the day; of two spans that name a member the one that began later."""
    spans = Membership.objects.standing().on(day).order_by("starts_on", "recorded_at", "pk")
    return dict(spans.values_list("member", "organization"))


def _in_order(rows):
    """The rows depth first, siblings in institutional order; adds members upward. A circle in the facts is cut."""
    children = defaultdict(list)
    for row in rows.values():
        row.above = rows.get(row.affiliation.parent_id)
        children[row.affiliation.parent_id if row.above else None].append(row)
    placed, waiting = [], _sorted(children[None])[::-1]
    while waiting:
        row = waiting.pop()
        row.depth = row.above.depth + 1 if row.above else 1
        placed.append(row)
        waiting += _sorted(children[row.organization.pk])[::-1]
    for row in reversed(placed):
        if row.above:
            row.above.members += row.members
    return placed


def _sorted(rows):
    def place(row):
        fact = row.affiliation
        return CATEGORY_ORDER.get(fact.category, -1), fact.position, row.organization.code

    return sorted(rows, key=place)


def since(row):
    """In words what became of the organisation of a DayRow by today, or ""."""
    organization, fact, words = row.organization, row.affiliation, []
    if organization.dissolved_on and organization.merged_into_id:
        words.append(_("%(day)s并入%(name)s") % {"day": _day(organization.dissolved_on), "name": organization.merged_into})
    elif organization.dissolved_on:
        words.append(_("%(day)s撤销") % {"day": _day(organization.dissolved_on)})
    if organization.name != fact.name:
        words.append(_("现称%(name)s") % {"name": organization.name})
    if organization.parent_id != fact.parent_id and organization.parent:
        words.append(_("现属%(name)s") % {"name": organization.parent.name})
    return "，".join(words)


def _day(day):
    return _("%(y)s年%(m)s月%(d)s日") % {"y": day.year, "m": day.month, "d": day.day}


def first_day():
    """The first day from which the tree is known, or None."""
    return Affiliation.objects.standing().order_by("starts_on").values_list("starts_on", flat=True).first()

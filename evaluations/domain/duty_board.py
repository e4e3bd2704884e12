"""The duty board of reviews: how many are done, due and without anybody, and the names behind each figure."""
from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from evaluations.domain.duty_counts import NOBODY, counted_duties, listed_duties
from evaluations.domain.review_duties import duties_of
from units import scope
from units.enums import READS_SUBTREE, SPEAKS_FOR_OWN, Category

KINDS = {"organization": _("党组织"), "secretary": _("书记"), "member": _("党员")}
STATES = {"due": _("待点评"), "done": _("已点评"), "gap": _("没有人负责")}
GAPS = {
    "no_leader": _("没有明确联系领导"),
    "no_secretary_above": _("上级党组织没有书记"),
    "no_secretary": _("党组织没有书记"),
    "same_person": _("上级书记就是本人，再上一级也没有书记"),
}

_ROWS = """
SELECT d.kind, d.organization_id, o.name, d.category, d.member_id, m.name, COALESCE(u.name, s.name, ''), ro.name,
    d.reviewer_organization, d.state, d.reason, d.reviewed_on
FROM duty d JOIN units_organization o ON o.id = d.organization_id
LEFT JOIN units_member m ON m.id = d.member_id
LEFT JOIN units_user u ON u.id = d.reviewer_user
LEFT JOIN units_member s ON s.id = d.reviewer_member
LEFT JOIN units_organization ro ON ro.id = d.reviewer_organization"""
_ORDER = "ORDER BY o.path, m.stroke_key, d.member_id LIMIT %(most)s OFFSET %(skipped)s"
_COUNTS = "SELECT d.category, d.kind, d.state, SUM(d.number) FROM counted d"
_SEEN = " JOIN units_organization o ON o.id = d.organization_id"
_ALL_SEEN = """EXISTS (SELECT 1 FROM campaign_campaign c JOIN units_organization o ON o.id = c.organization_id
    WHERE c.id = %(campaign)s AND {seen})"""
# Organisations whose members lie in the part of the list that is shown, and how many members stand before each.
_PLACES = """
SELECT p.organization_id, p.upto - p.number FROM (
    SELECT n.organization_id, n.path, n.number, SUM(n.number) OVER (ORDER BY n.path) AS upto FROM (
        SELECT d.organization_id, o.path, SUM(d.number) AS number
        FROM counted d JOIN units_organization o ON o.id = d.organization_id WHERE {where}
        GROUP BY d.organization_id, o.path) n) p
WHERE p.upto > %(first)s AND p.upto - p.number < %(last)s ORDER BY p.path"""


@dataclass(frozen=True)
class Duty:
    """One required pair: who has to be reviewed, by whom, and whether it is done."""

    kind: str
    organization_id: int
    organization: str
    category: str
    member_id: int | None
    member: str | None
    reviewer: str
    reviewer_organization: str | None
    reviewer_organization_id: int | None
    state: str
    reason: str
    reviewed_on: date | None

    @property
    def gap(self):
        """Why nobody owes it, in words."""
        return GAPS[self.reason]

    @property
    def subject(self):
        """What the form of a review takes in its address."""
        return ("organization", self.organization_id) if self.kind == "organization" else ("member", self.member_id)


def seen_by(user):
    """(SQL condition over the organisation o, its values): what the user reads."""
    values, ranges = {}, []
    for number, path in enumerate(user.reading_paths()):
        values |= {f"from_{number}": path, f"to_{number}": scope.after(path) or f"{path}~"}
        ranges.append(f"(o.path >= %(from_{number})s AND o.path < %(to_{number})s)")
    return f"({' OR '.join(ranges) or '1 = 0'})", values | {"own_member": user.member_id or NOBODY}


def owed_by(user):
    """(SQL condition over the duty d, one over the membership x of members, the values of both): what the user owes, never a
    review of the own person."""
    values = {"user": user.pk}
    speaking = [grant.organization_id for grant in user.current_grants if grant.role in SPEAKS_FOR_OWN]
    values |= {f"speaks_{number}": organization for number, organization in enumerate(speaking)}
    own = ", ".join(f"%(speaks_{number})s" for number, _organization in enumerate(speaking)) or "-1"
    duty = f"""(d.reviewer_user = %(user)s OR d.reviewer_member = %(own_member)s OR d.reviewer_organization IN ({own}))
        AND COALESCE(d.member_id, 0) <> %(own_member)s"""
    whom = f"""x.organization_id IN (SELECT held.organization_id FROM held WHERE held.secretary = %(own_member)s
        OR held.acting = %(user)s OR held.organization_id IN ({own}))"""
    return duty, whom, values


class DutyList:
    """The duties of a reading that `user` may see, narrowed by `only`; counts, and pages for a Paginator.

    `mine`: those the user owes, as the leader in charge, by the own post, or acting for the organisation that owes them.
    """

    def __init__(self, reading, user, *, mine=False, **only):
        seen, values = seen_by(user)
        self._where, self._values = [seen], reading.values | values
        self._whom = ""  # which members are looked at; none said: everybody's are counted by the number
        if mine:
            owed, self._whom, values = owed_by(user)
            self._where.append(owed)
            self._values |= values
        elif not any(grant.organization.is_root for grant in user.current_grants if grant.role in READS_SUBTREE):
            self._whom = f"x.organization_id IN (SELECT o.id FROM units_organization o WHERE {seen})"
        self._counted = listed_duties(self._whom) if self._whom else counted_duties(seen)
        self._all, self._only = None, only

    def only(self, **wanted):
        """The same duties, narrowed; what was counted is not counted once more."""
        narrowed = copy(self)
        narrowed._only = self._only | wanted
        return narrowed

    def counts(self):
        """{(category, kind, state): number}. One query, the first time."""
        if self._all is None:
            each, whole = f"{_SEEN} WHERE {' AND '.join(self._where)}", f" WHERE {_ALL_SEEN.format(seen=self._where[0])}"
            rows = self._run(f"{self._counted} {_COUNTS}{each if self._whom else whole} GROUP BY d.category, d.kind, d.state")
            self._all = {(category, kind, state): int(number) for category, kind, state, number in rows}
        return {key: number for key, number in self._all.items() if self._is_wanted(*key)}

    def count(self):
        """How many there are, for the Paginator."""
        return sum(self.counts().values())

    def __len__(self):
        return self.count()

    def __getitem__(self, part):
        """[Duty] of a slice, organisations before secretaries before members, in institutional order.

        A query for each kind in the slice; of everybody's members first one for the organisations that the slice reaches,
        so that nobody else is looked at.
        """
        first, last, found = part.start or 0, part.stop, []
        for kind in KINDS:
            number = sum(n for (_category, its_kind, _state), n in self.counts().items() if its_kind == kind)
            if number and first < number and last > 0:
                found += self._of_kind(kind, max(first, 0), min(last, number))
            first, last = first - number, last - number
        return found

    def _of_kind(self, kind, first, last):
        if kind != "member" or self._whom:
            return self._duties(kind, self._whom if kind == "member" else "1 = 0", first, last)
        sql = f"{self._counted} {_PLACES.format(where=self._conditions('d.kind = %(only_kind)s'))}"
        reached = self._run(sql, only_kind=kind, first=first, last=last)
        keys = {f"place_{number}": organization for number, (organization, _before) in enumerate(reached)}
        whom = f"x.organization_id IN ({', '.join(f'%({name})s' for name in keys)})"
        before = int(reached[0][1])
        return self._duties(kind, whom, first - before, last - before, **keys)

    def _duties(self, kind, whom, first, last, **values):
        sql = f"{duties_of(whom)} {_ROWS} WHERE {self._conditions('d.kind = %(only_kind)s')} {_ORDER}"
        rows = self._run(sql, only_kind=kind, most=last - first, skipped=first, **values)
        return [Duty(*row[:-1], _day(row[-1])) for row in rows]

    def _conditions(self, *more):
        named = [f"d.{name} = %(only_{name})s" for name, wanted in self._only.items() if wanted]
        return " AND ".join([*self._where, *named, *more])

    def _is_wanted(self, category, kind, state):
        said = {"category": category, "kind": kind, "state": state}
        return all(not wanted or said[name] == wanted for name, wanted in self._only.items())

    def _run(self, sql, **values):
        only = {f"only_{name}": wanted for name, wanted in self._only.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, self._values | only | values)
            return cursor.fetchall()


def _day(value):
    """A day as SQLite (text) or PostgreSQL (date) gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class DutyCell:
    """Duties of one kind in one category."""

    kind: str
    done: int
    due: int
    gap: int

    @property
    def all(self):
        return self.done + self.due + self.gap


def kinds_in(counts):
    """The kinds of subject that `DutyList.counts()` knows duties of, in their order."""
    return [kind for kind in KINDS if any(its_kind == kind for _category, its_kind, _state in counts)]


def board(counts):
    """[(category, title, [DutyCell])] of `DutyList.counts()`, in institutional order; categories are never added up. A kind
    of which there is nothing anywhere has no cell."""
    by_category = defaultdict(dict)
    for (category, kind, state), number in counts.items():
        by_category[category][kind, state] = number
    titles = {**dict(Category.choices), "": _("不分类别")}
    return [
        (category, title, [
            DutyCell(kind, *(by_category[category].get((kind, state), 0) for state in ("done", "due", "gap")))
            for kind in kinds_in(counts)
        ])
        for category, title in titles.items() if category in by_category
    ]

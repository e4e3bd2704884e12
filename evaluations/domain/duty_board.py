"""The duty board of reviews: how many are done, due and without anybody, and the names behind each figure."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from evaluations.domain.review_duties import DUTIES
from units import scope
from units.enums import SPEAKS_FOR_OWN, Category

KINDS = {"organization": _("党组织"), "secretary": _("书记"), "member": _("党员")}
STATES = {"due": _("待点评"), "done": _("已点评"), "gap": _("没有人负责")}
GAPS = {
    "no_leader": _("没有明确联系领导"),
    "no_secretary_above": _("上级党组织没有书记"),
    "no_secretary": _("党组织没有书记"),
    "same_person": _("上级书记就是本人，再上一级也没有书记"),
}

_ROWS = f"""{DUTIES}
SELECT d.kind, d.organization_id, o.name, d.category, d.member_id, m.name, COALESCE(u.name, s.name, ''), ro.name,
    d.reviewer_organization, d.state, d.reason, d.reviewed_on
FROM duty d JOIN units_organization o ON o.id = d.organization_id
LEFT JOIN units_member m ON m.id = d.member_id
LEFT JOIN units_user u ON u.id = d.reviewer_user
LEFT JOIN units_member s ON s.id = d.reviewer_member
LEFT JOIN units_organization ro ON ro.id = d.reviewer_organization
WHERE """
_ORDER = " ORDER BY CASE d.kind WHEN 'organization' THEN 0 WHEN 'secretary' THEN 1 ELSE 2 END, o.path, m.stroke_key, d.member_id"
_COUNTS = f"""{DUTIES}
SELECT d.category, d.kind, d.state, COUNT(*) FROM duty d JOIN units_organization o ON o.id = d.organization_id WHERE """


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


class DutyList:
    """The duties of a reading that `user` may see, narrowed by `only`; counts, and pages for a Paginator.

    `mine`: those the user owes, as the leader in charge, by the own post, or acting for the organisation that owes them.
    """

    def __init__(self, reading, user, *, mine=False, **only):
        self._values, self._where = reading.values, []
        self._see(user)
        if mine:
            self._owed_by(user)
        for name, wanted in only.items():
            if wanted:
                self._values[f"only_{name}"] = wanted
                self._where.append(f"d.{name} = %(only_{name})s")

    def _see(self, user):
        ranges = []
        for number, path in enumerate(user.reading_paths()):
            self._values |= {f"from_{number}": path, f"to_{number}": scope.after(path) or f"{path}~"}
            ranges.append(f"(o.path >= %(from_{number})s AND o.path < %(to_{number})s)")
        self._where.append(f"({' OR '.join(ranges) or '1 = 0'})")

    def _owed_by(self, user):
        self._values |= {"user": user.pk, "own_member": user.member_id or -1}
        owed = ["d.reviewer_user = %(user)s", "d.reviewer_member = %(own_member)s"]
        speaking = [grant for grant in user.current_grants if grant.role in SPEAKS_FOR_OWN]
        for number, grant in enumerate(speaking):
            self._values[f"speaks_{number}"] = grant.organization_id
            owed.append(f"d.reviewer_organization = %(speaks_{number})s")
        self._where.append(f"({' OR '.join(owed)}) AND COALESCE(d.member_id, 0) <> %(own_member)s")

    def _run(self, sql, more="", **values):
        with connection.cursor() as cursor:
            cursor.execute(f"{sql}{' AND '.join(self._where)}{more}", self._values | values)
            return cursor.fetchall()

    def counts(self):
        """{(category, kind, state): number}. One query."""
        rows = self._run(_COUNTS, " GROUP BY d.category, d.kind, d.state")
        return {(category, kind, state): int(number) for category, kind, state, number in rows}

    def count(self):
        """How many there are, for the Paginator."""
        return sum(self.counts().values())

    def __len__(self):
        return self.count()

    def __getitem__(self, part):
        """[Duty] of a slice, organisations before secretaries before members, in institutional order. One query."""
        first, last = part.start or 0, part.stop
        rows = self._run(_ROWS, f"{_ORDER} LIMIT %(most)s OFFSET %(first)s", most=last - first, first=first)
        return [Duty(*row[:-1], _day(row[-1])) for row in rows]


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


def board(counts):
    """[(category, title, [DutyCell])] of `DutyList.counts()`, in institutional order; categories are never added up."""
    by_category = defaultdict(dict)
    for (category, kind, state), number in counts.items():
        by_category[category][kind, state] = number
    titles = {**dict(Category.choices), "": _("不分类别")}
    return [
        (category, title, [
            DutyCell(kind, *(by_category[category].get((kind, state), 0) for state in ("done", "due", "gap")))
            for kind in KINDS
        ])
        for category, title in titles.items() if category in by_category
    ]

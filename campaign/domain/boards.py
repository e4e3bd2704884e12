"""The public board of an organisation (承诺公开栏): its promises that the level above let anybody read, and nothing of others.

Read without an account, so no key of a person or record leaves here, and of names only those that were let out.
"""
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, OuterRef, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.enums import CommitmentOutcomeKind, CommitmentShown, CommitmentState
from campaign.models import Commitment, CommitmentOutcome, CommitmentProgress
from units import scope
from units.models import Organization

SIGNS = {
    CommitmentOutcomeKind.KEPT: ("ok", gettext_lazy("已兑现")),
    CommitmentOutcomeKind.PARTLY: ("warn", gettext_lazy("部分兑现")),
    CommitmentOutcomeKind.EXCUSED: ("wait", gettext_lazy("因客观原因未兑现")),
    CommitmentOutcomeKind.BROKEN: ("warn", gettext_lazy("未兑现")),
}


@dataclass(frozen=True)
class Promise:
    """One promise as the board shows it; `told_on` is the day of its latest progress, whose words stay inside."""

    text: str
    baseline: str
    target: str
    due_on: date
    kind: str
    who: str
    status: str
    word: str
    explanation: str
    told_on: date | None


def open_promises(organization):
    """The promises of `organization` itself and of its members that anybody may read: still open by day, then what is over."""
    standing = CommitmentOutcome.objects.standing().filter(commitment=OuterRef("pk"))
    latest = CommitmentProgress.objects.filter(commitment=OuterRef("pk")).order_by("-happened_on")
    rows = Commitment.objects.open_to_all().filter(organization=organization).select_related("member")
    rows = rows.annotate(
        judged_as=Subquery(standing.values("outcome")[:1]), explanation=Subquery(standing.values("explanation")[:1]),
        told_on=Subquery(latest.values("happened_on")[:1]),
    )
    open_until = Case(When(state=CommitmentState.JUDGED, then=None), default=F("due_on"))
    return rows.order_by(open_until.asc(nulls_last=True), "-due_on", "pk")


def as_shown(row, *, on):
    """The Promise of a row of `open_promises`."""
    named = row.member_id and row.shown == CommitmentShown.NAMED
    who = row.member.name if named else _("一名党员") if row.member_id else ""
    status, word = _sign(row, on)
    return Promise(
        row.text, row.baseline, row.target, row.due_on, row.get_kind_display(), who, status, word, row.explanation or "",
        row.told_on,
    )


def _sign(row, on):
    if row.judged_as:
        return SIGNS[row.judged_as]
    if row.due_on < on:
        return "late", _("到期，等评定")
    return "doing", _("进行中")


def boards_below(organization):
    """[(Organization, number of promises)] directly below, counted with everything under each; two queries."""
    below = scope.within(organization.path, "organization__")
    counts = {}
    rows = Commitment.objects.open_to_all().filter(below).values_list("organization__path").annotate(n=Count("pk"))
    for path, number in rows.order_by():
        head = path[: len(organization.path) + scope.STEP]
        counts[head] = counts.get(head, 0) + number
    children = Organization.objects.active().filter(parent=organization).in_institutional_order()
    return [(child, counts[child.path]) for child in children if child.path in counts]


def roots_with_boards():
    """The roots below which something is open to all, for whoever comes without an address."""
    paths = {path[: scope.STEP] for path in Commitment.objects.open_to_all().values_list("organization__path", flat=True)}
    return Organization.objects.active().filter(path__in=paths).in_institutional_order()

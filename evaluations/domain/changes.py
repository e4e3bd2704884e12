"""What was put on record about an organisation and those below it since a day: one line for each record, the newest first.

Whoever reads the page sees a change only where the record itself is open to them, and a plain member of a branch sees what
was done, not how it was judged (as in `dossier.sections`). However many records there are: one query, and one for each kind
of record that the lines shown hold.
"""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import F, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.models import (
    Activity,
    Commitment,
    CommitmentOutcome,
    Plan,
    Rectification,
    RectificationClosing,
    Task,
    TaskResult,
)
from evaluations.models import Appraisal, Nomination, Review
from units import scope


@dataclass(frozen=True)
class Source:
    """`rows(user)` are the records of `model` open to the user; `of` and `campaign` lead to whose they are, `moment` is when
    they came on record, `member` leads to the person whom a record is about, if it is. A line links to `record(row)` and says
    `text(row)`, which asks for what is `beside` the record.
    """

    title: str | Promise
    model: type
    rows: Callable[..., QuerySet]
    moment: str = "recorded_at"
    of: str = "organization"
    campaign: str = "campaign"
    member: str = ""
    record: Callable = lambda row: row
    text: Callable = str
    beside: tuple = ()
    is_judging: bool = False


@dataclass(frozen=True)
class Change:
    moment: datetime
    title: str
    organization: object
    member: object
    text: str
    url: str


SOURCES = {
    "plan": Source(_("计划同意"), Plan, lambda user: Plan.objects.visible_to(user).approved(), "approved_at"),
    "task": Source(
        _("任务办结"), TaskResult, lambda user: TaskResult.objects.standing().filter(task__in=Task.objects.visible_to(user)),
        of="task__organization", campaign="task__plan__campaign", record=lambda row: row.task.plan,
        text=lambda row: row.task.title, beside=("task__plan",),
    ),
    "activity": Source(
        _("活动"), Activity, lambda user: Activity.objects.visible_to(user).standing(), text=lambda activity: activity.text,
    ),
    "promise": Source(
        _("承诺公开"), Commitment, lambda user: Commitment.objects.visible_to(user).filter(published_at__isnull=False),
        "published_at", member="member", text=lambda promise: promise.text,
    ),
    "outcome": Source(
        _("承诺评定"), CommitmentOutcome,
        lambda user: CommitmentOutcome.objects.standing().filter(commitment__in=Commitment.objects.visible_to(user)),
        of="commitment__organization", campaign="commitment__campaign", member="commitment__member",
        record=lambda row: row.commitment,
        text=lambda row: f"{row.get_outcome_display()}：{row.commitment.text}",
    ),
    "review": Source(
        _("点评"), Review, lambda user: Review.objects.visible_to(user).standing(), is_judging=True, member="member",
        text=lambda review: f"{review.reviewer.display_name}：{review.strengths}", beside=("reviewer",),
    ),
    "item": Source(
        _("提出整改"), Rectification, lambda user: Rectification.objects.visible_to(user), is_judging=True,
        text=lambda item: item.problem,
    ),
    "closing": Source(
        _("整改销号"), RectificationClosing,
        lambda user: RectificationClosing.objects.standing().filter(rectification__in=Rectification.objects.visible_to(user)),
        of="rectification__organization", campaign="rectification__campaign", is_judging=True,
        record=lambda row: row.rectification, text=lambda row: row.rectification.problem,
    ),
    "appraisal": Source(
        _("评议"), Appraisal, lambda user: Appraisal.objects.visible_to(user).standing().confirmed(), "confirmed_at",
        is_judging=True, text=lambda appraisal: appraisal.title,
    ),
    "nomination": Source(
        _("推荐表彰"), Nomination, lambda user: Nomination.objects.visible_to(user).standing(), "nominated_at",
        campaign="round__campaign", is_judging=True,
        text=lambda nomination: f"{nomination.get_kind_display()}：{nomination}", beside=("member", "round"),
    ),
}


def changes_since(organization, user, *, campaign, day):
    """Rows (moment, key of SOURCES, key of the record) of what came on record from the beginning of `day` on, newest first."""
    first = timezone.make_aware(datetime.combine(day, time.min))
    reads = any(organization.path.startswith(path) for path in user.reading_paths())
    found = [
        source.rows(user).filter(
            scope.within(organization.path, f"{source.of}__"), **{source.campaign: campaign, f"{source.moment}__gte": first}
        ).annotate(came_at=F(source.moment), told_as=Value(key)).order_by().values_list("came_at", "told_as", "pk")
        for key, source in SOURCES.items() if reads or not source.is_judging
    ]
    return found[0].union(*found[1:], all=True).order_by("-came_at", "-told_as", "-pk")


def told(rows):
    """[Change] for rows of `changes_since`."""
    rows, records = list(rows), {}
    for key in {key for _moment, key, _pk in rows}:
        source, wanted = SOURCES[key], [pk for _moment, other, pk in rows if other == key]
        beside = filter(None, (source.of, source.member, *source.beside))
        records[key] = source.model.objects.select_related(*beside).in_bulk(wanted)
    return [_change(SOURCES[key], moment, records[key][pk]) for moment, key, pk in rows]


def _change(source, moment, row):
    organization, member = _at(row, source.of), _at(row, source.member) if source.member else None
    return Change(moment, source.title, organization, member, source.text(row), source.record(row).get_absolute_url())


def _at(row, path):
    for step in path.split("__"):
        row = getattr(row, step)
    return row

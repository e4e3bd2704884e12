"""The published summary of the opinion box: months that are over, joined until there are five opinions, and frozen.

What may be shown is worked out by `disclosure`: no figure, and none that follows from the others, counts fewer than five.
"""
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit.dates import months_after
from config.kit.refusal import Refusal
from evaluations.domain.disclosure import Group, published
from evaluations.enums import OPINION_OPEN, OpinionKind
from evaluations.models import Opinion, OpinionFollowUp, OpinionMonth
from evaluations.models.sealed import SMALLEST_GROUP
from units.domain.history import record

ANSWERED, WAITING = "answered", "waiting"


class NothingToPublish(Refusal):
    """Fewer than five opinions since the last summary, or their month is not over."""


@dataclass(frozen=True)
class Period:
    """Whole months and what may be published of them: `kinds` and `states` are [[word, number]] of what is shown."""

    first_on: date
    last_on: date
    total: int
    kinds: list
    states: list


def next_period(organization, *, on):
    """The Period to publish next on day `on`, or None while there are too few opinions in months that are over."""
    rows = Opinion.objects.filter(organization=organization).order_by("received_on")
    last = OpinionMonth.objects.filter(organization=organization).order_by("-last_on").first()
    if last:
        rows = rows.filter(received_on__gt=last.last_on)
    said = [row for row in rows.values_list("received_on", "kind", "state") if row[0] < on.replace(day=1)]
    if not said:
        return None
    first = last.last_on + timedelta(days=1) if last else said[0][0].replace(day=1)
    end = first
    while end < on.replace(day=1):
        end = months_after(end, 1)
        inside = [row for row in said if row[0] < end]
        if len(inside) >= SMALLEST_GROUP:
            return _period(first, end - timedelta(days=1), inside)
    return None


def _period(first, last, inside):
    kinds = Counter(kind for _day, kind, _state in inside)
    states = Counter(WAITING if state in OPINION_OPEN else ANSWERED for _day, _kind, state in inside)
    words = {ANSWERED: _("已经答复"), WAITING: _("正在办理")}
    return Period(
        first, last, len(inside), _shown(kinds, OpinionKind.choices), _shown(states, list(words.items()))
    )


def _shown(counts, choices):
    """[[word, number]] of the groups that may be shown, in the order of `choices`."""
    root = Group("all", sum(counts.values()), [Group(key, number) for key, number in counts.items()])
    keys = published(root, SMALLEST_GROUP)
    return [[str(word), counts[key]] for key, word in choices if key in keys]


@transaction.atomic
def publish_month(organization, *, changed, by, at, on):
    """Freeze the next period with the office's sentences about what was changed. Raises NothingToPublish."""
    period = next_period(organization, on=on)
    if period is None:
        raise NothingToPublish(_("上次公布以后，已经过完的月份里不足 5 条，和下个月的合在一起公布。"))
    made = OpinionMonth.objects.create(
        organization=organization, first_on=period.first_on, last_on=period.last_on, total=period.total, kinds=period.kinds,
        states=period.states, changed=changed.strip(), published_at=at, published_by=by,
    )
    record(made, "release", by=by, at=at, organization=organization)
    return made


def mended_since(organization, period):
    """Rectification that opinions of the period led to and that is verified: what the office may write about."""
    rows = OpinionFollowUp.objects.filter(
        opinion__organization=organization, opinion__received_on__range=(period.first_on, period.last_on),
        rectification__state="verified",
    )
    return rows.select_related("rectification__organization").order_by("rectification__pk")

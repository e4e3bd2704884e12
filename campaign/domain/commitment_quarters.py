"""Progress by quarters: in which of them something was told of a promise, and where it is still to be.

A quarter counts for a promise that was public for its last thirty days or longer and was not due in its first month
(`CommitmentQuerySet.untold` says the same in the database).
"""
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.models.commitment import QUARTER_DAYS
from config.kit.quarter import Quarter, quarters


@dataclass(frozen=True)
class QuarterState:
    """One quarter as the page of a promise shows it: `status` and `word` of its tag."""

    quarter: Quarter
    status: str
    word: str


def counts(quarter, *, published_on, due_on):
    """Whether progress is to be told in `quarter`."""
    public_long_enough = (quarter.last - published_on).days >= QUARTER_DAYS - 1
    return public_long_enough and (due_on - quarter.first).days >= QUARTER_DAYS - 1


def quarter_states(commitment, told_on, *, until, on):
    """[QuarterState], the newest first, up to the day `until` (when it was judged, or today); `told_on` are days of progress.
    Of the quarter in which its member left nothing is expected."""
    if commitment.published_at is None:
        return []
    published_on = timezone.localdate(commitment.published_at)
    last = min(until, commitment.due_on, commitment.member.left_on if commitment.was_left else until)
    states = []
    for quarter in quarters(published_on, last):
        times = sum(quarter.covers(day) for day in told_on)
        gone = commitment.was_left and quarter.last > last
        if times or not gone and counts(quarter, published_on=published_on, due_on=commitment.due_on):
            states.append(QuarterState(quarter, *_said(quarter, times, on)))
    return states[::-1]


def _said(quarter, times, on):
    if times:
        return "ok", _("记了 %(n)s 次") % {"n": times}
    if quarter.last < on:
        return "warn", _("没有记")
    return "soon", _("还没有记，剩 %(n)s 天") % {"n": (quarter.last - on).days}

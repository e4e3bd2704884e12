"""What the dates of the campaign allow on a day, in a sentence that names the phase and its days."""
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaign.enums import PhaseWork
from config.kit.day_words import span_words
from config.kit.verdict import ALLOWED, denied


@dataclass(frozen=True)
class WorkDays:
    """One kind of work: the rows that allow it, in the order of their days (none: at any time), and whether today is in."""

    work: PhaseWork
    rows: list
    is_open: bool


def rows_for(campaign, work):
    """The PhasePermission rows of one kind of work, by their days."""
    return sorted((row for row in campaign.dated_permissions if row.work == work), key=lambda row: row.starts_on)


def in_time(campaign, work, *, on):
    """Whether `work` may be done on day `on`; a no names each phase in which it may, with its days."""
    rows = rows_for(campaign, work)
    if not rows or any(row.covers(on) for row in rows):
        return ALLOWED
    spans = "、".join(
        _("“%(span)s”（%(days)s）") % {"span": row.span.title, "days": span_words(row.starts_on, row.ends_on)} for row in rows
    )
    return denied(_("%(work)s在%(spans)s办，今天不在这段时间里。") % {"work": PhaseWork(work).label, "spans": spans})


def work_days(campaign, *, on):
    """[WorkDays] of every kind of work, as the timeline shows them; one query."""
    return [WorkDays(work, rows_for(campaign, work), bool(in_time(campaign, work, on=on))) for work in PhaseWork]

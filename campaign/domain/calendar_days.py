"""The office's own rows of the working-day calendar, and terms counted with them."""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campaign.models import CalendarDay
from config.kit import working_days
from config.kit.refusal import Refusal
from units.domain.history import record

LONGEST_SPAN = 31  # days that one notice frees or works at a stretch
LOOK_AHEAD = timedelta(days=45)


class DayTaken(Refusal):
    """One row says about one day."""

    field = "first"


class SpanUnclear(Refusal):
    """A stretch begins before it ends and is no longer than a month."""

    field = "last"


def reply_day(day, count):
    """The `count`-th working day after `day`, with the office's rows. One query."""
    return working_days.working_day_after(day, count, kept=CalendarDay.objects.filter(day__gt=day).kept())


@transaction.atomic
def keep_days(*, first, last=None, is_working, note="", by, at):
    """Write one row for each day from `first` to `last`. Returns how many. Raises SpanUnclear, DayTaken."""
    last = last or first
    if last < first:
        raise SpanUnclear(_("最后一天不能早于第一天。"))
    if (last - first).days >= LONGEST_SPAN:
        raise SpanUnclear(_("一次最多登记 %(most)s 天。") % {"most": LONGEST_SPAN})
    rows = [
        CalendarDay(day=first + timedelta(days=number), is_working=is_working, note=note.strip(), recorded_at=at, recorded_by=by)
        for number in range((last - first).days + 1)
    ]
    try:
        with transaction.atomic():
            CalendarDay.objects.bulk_create(rows)
    except IntegrityError as reason:
        raise DayTaken(_("这几天里有登记过的，请先删去再登记。")) from reason
    record(CalendarDay.objects.get(day=first), "add", by=by, at=at, detail={"note": _told(first, last, is_working)})
    return len(rows)


@transaction.atomic
def drop_day(row, *, by, at):
    """Take one row back; the day follows the notices again."""
    record(row, "remove", by=by, at=at, detail={"note": _told(row.day, row.day, row.is_working)})
    row.delete()


def _told(first, last, is_working):
    span = first.isoformat() if first == last else f"{first.isoformat()}—{last.isoformat()}"
    return f"{span} {_('上班') if is_working else _('放假')}"


def year_to_fill(*, on):
    """The year within the next weeks whose notice is neither known nor kept by the office; None when there is none."""
    year = (on + LOOK_AHEAD).year
    if working_days.is_covered(year) or CalendarDay.objects.filter(day__year=year).exists():
        return None
    return year

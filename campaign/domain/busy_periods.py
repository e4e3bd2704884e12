"""Mark and end the busy periods of an organisation."""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from campaign.models import BusyPeriod
from config.kit.refusal import Refusal
from units.domain.history import record

LONGEST = timedelta(days=92)  # a quarter; what is busy all year warns of nothing


class PeriodWrong(Refusal):
    """It ends before it starts, lies in the past, is too long, or was marked already."""

    field = "ends_on"


@transaction.atomic
def mark_busy(organization, *, title, starts_on, ends_on, by, at, on):
    """Mark a busy period of `organization` and of everything below it. Returns it. Raises PeriodWrong."""
    if ends_on < starts_on:
        raise PeriodWrong(_("结束日期不能早于开始日期。"))
    if ends_on < on:
        raise PeriodWrong(_("这段时间已经过去，不用再标。"))
    if ends_on - starts_on > LONGEST:
        raise PeriodWrong(_("一段忙期最长三个月，请分开标。"))
    try:
        with transaction.atomic():
            period = BusyPeriod.objects.create(
                organization=organization, title=title.strip(), starts_on=starts_on, ends_on=ends_on, marked_at=at, marked_by=by
            )
    except IntegrityError as reason:
        raise PeriodWrong(_("这段忙期已经标过。"), field="title") from reason
    note = f"{period.title} {starts_on.isoformat()}—{ends_on.isoformat()}"
    record(organization, "mark_busy", by=by, at=at, detail={"note": note}, organization=organization)
    return period


@transaction.atomic
def end_busy(period, *, by, at, on):
    """End a period with day `on`; one that has not begun is taken back. Over already: nothing happens."""
    held = BusyPeriod.objects.select_for_update(of=("self",)).filter(pk=period.pk).first()
    if held is None or held.ends_on < on:
        return
    if held.starts_on > on:
        held.delete()
    else:
        BusyPeriod.objects.filter(pk=held.pk).update(ends_on=on)
    record(
        period.organization, "end_busy", by=by, at=at, detail={"note": f"{held.title} {on.isoformat()}"},
        organization=period.organization,
    )

"""The nightly run: which night it belongs to, once each, and which nights were missed."""
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from evaluations.domain.runs import start_run
from evaluations.models import ScoringRun

NIGHT = time(22, 0)  # config/schedule.py starts it at this time


def last_night(at):
    """The latest 22:00 (aware, local) that is not after `at`: a clock that comes late still means that night."""
    local = timezone.localtime(at)
    night = datetime.combine(local.date(), NIGHT, tzinfo=local.tzinfo)
    return night if night <= local else night - timedelta(days=1)


def start_nightly_run(campaign, *, at):
    """Start the run of the last night, or return it when it was started before. Raises what start_run raises."""
    night = last_night(at)
    return start_run(
        campaign, as_of=night.date(), known_at=night, by=None, at=at, occurrence=_occurrence(campaign, night.date())
    )


def _occurrence(campaign, day):
    return f"night:{day.isoformat()}:{campaign.pk}"


def missed_nights(campaign, *, at):
    """The days between the last nightly run and the last night, on which the clock did not run; they are skipped."""
    nightly = ScoringRun.objects.filter(campaign=campaign, occurrence__startswith="night:").order_by("-as_of")
    newest = nightly.values_list("as_of", flat=True).first()
    if newest is None:
        return []
    first, last = newest.toordinal() + 1, last_night(at).date().toordinal()
    return [date.fromordinal(day) for day in range(first, last)]

"""`manage.py score --campaign CODE`: one scoring run from end to end in this process; prints the run and its digests."""
import json
import time
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaign.models import Campaign
from config.kit import clock
from config.kit.jobs import JobState
from config.kit.refusal import Refusal
from evaluations.domain.runs import start_run
from evaluations.domain.whole_run import work_off

PATIENCE = 0.2  # seconds between two looks at what other workers do


class Command(BaseCommand):
    help = "Score a campaign: facts that happened by a day, as known at a moment. Prints JSON."

    def add_arguments(self, parser):
        parser.add_argument("--campaign", required=True, help="the campaign's code")
        parser.add_argument("--as-of", type=_day, default=None, help="YYYY-MM-DD; default: today")
        parser.add_argument(
            "--known-at", type=_moment, default=None, help="YYYY-MM-DDTHH:MM[:SS][+HH:MM], local without a zone; default: now"
        )
        parser.add_argument("--chunk-members", type=_count, default=None, help="members in one chunk; default: the setting")

    def handle(self, *, campaign, as_of, known_at, chunk_members, **options):
        try:
            campaign = Campaign.objects.select_related("organization").get(code=campaign)
        except Campaign.DoesNotExist:
            codes = ", ".join(Campaign.objects.order_by("code").values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no campaign “{campaign}”. Campaigns: {codes}.") from None
        began, at = time.monotonic(), clock.now()
        try:
            run = start_run(
                campaign, as_of=as_of or clock.today(), known_at=known_at or at, by=None, at=at,
                occurrence=f"shell:{time.time_ns()}",
            )
            run = work_off(run, now=clock.now, wait=lambda: time.sleep(PATIENCE), chunk_members=chunk_members)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from None
        if run.job_state != JobState.DONE:
            raise CommandError(f"Run {run.pk} ended as {run.job_state}: {run.error}")
        self.stdout.write(json.dumps(_report(run, time.monotonic() - began), ensure_ascii=False, indent=2))


def _report(run, seconds):
    """What the caller keeps: equal digests mean equal runs."""
    chunks = list(run.chunks.values_list("rows", flat=True))
    return {
        "run": run.pk,
        "campaign": run.campaign.code,
        "as_of": run.as_of.isoformat(),
        "known_at": timezone.localtime(run.known_at).isoformat(),
        "digest": run.result_digest,
        "inputs_digest": run.inputs_digest,
        "rules_digest": run.rules_digest,
        "current": hasattr(run.campaign, "current") and run.campaign.current.run_id == run.pk,
        "chunks": len(chunks),
        "rows": sum(chunks),
        "seconds": round(seconds, 2),
    }


def _day(text):
    return date.fromisoformat(text)


def _moment(text):
    moment = datetime.fromisoformat(text)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _count(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number

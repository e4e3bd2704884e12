"""Clock jobs and nudges of the campaign; thin: read the clock, fetch, one domain call."""
import logging
import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings

from campaign.domain import photos, reminders, sketches
from campaign.due import due_things
from config.kit import clock

log = logging.getLogger(__name__)

PARTS_STAY = 24 * 3600  # seconds


@shared_task
def find_due():
    """Find what is due and write a reminder for each new thing; the mails have a job of their own."""
    reminders.write_reminders(due_things(on=clock.today()), at=clock.now())


@shared_task
def send_reminder_mails():
    """Send the mails that wait, batch by batch, and put aside those whose worker died."""
    reminders.give_up_on_lost_mails(at=clock.now())
    skipped = reminders.skip_old_mails(at=clock.now())
    if skipped:
        log.warning("%s mails older than a day are not sent any more", skipped)
    while reminders.send_mails(at=clock.now(), site_url=settings.SITE_URL):
        pass


@shared_task
def sweep_photos():
    """Finish what a killed process left of photos; the files carry the machine's own time, also in a demo."""
    photos.sweep_parts(older_than=time.time() - PARTS_STAY)
    photos.forget_staged(before=clock.now() - timedelta(days=1))


@shared_task
def sketch_entries():
    """Sketch entries that came in bulk, by a migration or a demo, so that new ones can be compared with them."""
    while sketches.sketch_what_is_missing():
        pass

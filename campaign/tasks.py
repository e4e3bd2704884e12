"""Clock jobs and nudges of the campaign; thin: read the clock, fetch, one domain call."""
import logging
import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.urls import reverse

from campaign.domain import deliveries, photos, reminders, sketches, thumbnails
from campaign.domain.channels import MailChannel, SmsChannel
from campaign.due import due_things
from config.kit import clock
from config.kit.gateway import Gateway

log = logging.getLogger(__name__)

PARTS_STAY = 24 * 3600  # seconds


@shared_task
def find_due():
    """Find what is due and write a reminder for each new thing; sending has a job of its own."""
    reminders.write_reminders(due_things(on=clock.today()), at=clock.now(), by_sms=bool(settings.SMS_GATEWAY_URL))


@shared_task
def write_weekly_digests():
    """On Monday morning, one mail about everything that waits."""
    reminders.write_digests(due_things(on=clock.today()), at=clock.now(), home=reverse("home"))


def _channels():
    yield MailChannel(settings.SITE_URL)
    if settings.SMS_GATEWAY_URL:
        gateway = Gateway(
            settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_KEY, settings.SMS_GATEWAY_TEMPLATE, settings.SMS_GATEWAY_TIMEOUT
        )
        yield SmsChannel(gateway, settings.SITE_URL)


@shared_task
def send_reminders():
    """Send what waits, batch by batch, outside the quiet hours; put aside what is too old and whose worker died."""
    deliveries.give_up_on_lost(at=clock.now())
    for channel in _channels():
        skipped = deliveries.skip_old(channel.name, at=clock.now())
        if skipped:
            log.warning("%s reminders by %s are older than a day and not sent any more", skipped, channel.name)
        while not deliveries.is_quiet(clock.now()) and deliveries.send(channel, at=clock.now()):
            pass


@shared_task
def sweep_photos():
    """Finish what a killed process left of photos; the files carry the machine's own time, also in a demo."""
    photos.sweep_parts(older_than=time.time() - PARTS_STAY)
    photos.forget_staged(before=clock.now() - timedelta(days=1))


@shared_task
def make_small_copies():
    """Small copies of the photos that have none."""
    while thumbnails.make_small_copies():
        pass


@shared_task
def sketch_entries():
    """Sketch entries that came in bulk, by a migration or a demo, so that new ones can be compared with them."""
    while sketches.sketch_what_is_missing():
        pass

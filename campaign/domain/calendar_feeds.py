"""Make, revoke and read the feeds of organisations' calendars."""
import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from campaign.domain.agenda import agenda
from campaign.domain.campaigns import current_campaign
from campaign.models import CalendarFeed
from config.kit.icalendar import DayEvent, write_calendar
from units.domain.history import record
from units.models import Organization

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
TOKEN_BYTES = 32


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(user, organization, *, at):
    """A new address of `user` for `organization`; the one before stops working. Returns its token, which is kept nowhere."""
    _revoke(user, organization, at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(user=user, organization=organization, token_hash=hash_of(token), made_at=at)
    record(organization, "make_feed", by=user, at=at, organization=organization)
    return token


@transaction.atomic
def revoke_feed(user, organization, *, at):
    """Let the address stop working. Returns whether there was one."""
    was_working = _revoke(user, organization, at)
    if was_working:
        record(organization, "revoke_feed", by=user, at=at, organization=organization)
    return was_working


def _revoke(user, organization, at):
    user.__class__.objects.select_for_update().get(pk=user.pk)  # two clicks take turns
    return bool(CalendarFeed.objects.working().filter(user=user, organization=organization).update(revoked_at=at))


def feed_of(token):
    """The working feed behind `token` whose owner may still see its organisation, or None."""
    feed = CalendarFeed.objects.working().filter(token_hash=hash_of(token), user__is_active=True).select_related(
        "user", "organization"
    ).first()
    if feed is None or not Organization.objects.visible_to(feed.user).active().filter(pk=feed.organization_id).exists():
        return None
    return feed


def calendar_of(feed, *, at, on, site_url):
    """The feed as bytes: what its owner may see of the organisation, from two months back to a year ahead."""
    campaign = current_campaign(feed.user)
    entries = agenda(campaign, [feed.organization_id], on - BACK, on + AHEAD, user=feed.user) if campaign else []
    host = site_url.split("//")[-1].strip("/") or "campaign"
    events = [
        DayEvent(
            f"{entry.key}@{host}", entry.on, f"{entry.word}：{entry.title}" + ("（已办）" if entry.is_done else ""),
            url=site_url.rstrip("/") + entry.url if site_url else "",
        )
        for entry in entries
    ]
    return write_calendar(feed.organization.name, events, at=at)

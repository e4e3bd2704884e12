"""The address under which a calendar program fetches a unit's calendar: made and revoked here, read without signing in."""
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain import calendar_feeds
from campaign.models import CalendarFeed
from campaign.views.busy_periods import calendar_address
from campaign.views.month_calendar import organization_of
from config.kit import clock


@require_http_methods(["GET", "POST"])
def calendar_feed_new(request):
    """A page that says what the address shows; the button makes it and shows it once."""
    organization = organization_of(request, request.GET.get("organization"))
    address = None
    if request.method == "POST":
        token = calendar_feeds.make_feed(request.user, organization, at=clock.now())
        address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    feed = CalendarFeed.objects.visible_to(request.user).working().filter(organization=organization).first()
    context = {"organization": organization, "feed": feed, "address": address, "back": calendar_address(organization)}
    answer = render(request, "campaign/calendar_feed.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def calendar_feed_revoke(request):
    organization = organization_of(request, request.POST.get("organization"))
    if calendar_feeds.revoke_feed(request.user, organization, at=clock.now()):
        messages.success(request, _("订阅地址已经停用。"))
    else:
        messages.info(request, _("没有在用的订阅地址。"))
    return redirect(calendar_address(organization))


@require_safe
def calendar_feed(request, token):
    """Read-only, for programs. Whatever is wrong with the token, the answer is the same."""
    feed = calendar_feeds.feed_of(token)
    if feed is None:
        answer = HttpResponse(status=404, content_type="text/plain; charset=utf-8")
        answer._has_been_logged = True  # Django writes the address of a 404 into the log, and the address is the key
    else:
        body = calendar_feeds.calendar_of(feed, at=clock.now(), on=clock.today(), site_url=_site(request))
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _site(request):
    return settings.SITE_URL or request.build_absolute_uri("/")


calendar_feed.public = True

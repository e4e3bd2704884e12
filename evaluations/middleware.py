"""Pages of ballots, questionnaires and the opinion box know nobody: a request to them has no cookie, no answer sets one, what
they refuse is not written into the log, and of what fails neither the text nor what was sent (4-trust §2)."""
import logging

from csp.middleware import CSPMiddleware
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.urls import Resolver404, resolve

from config.kit import faults

VOTING = ("/v/", "/q/")
OPINIONS = ("/opinions/write/", "/opinions/answer/", "/opinions/again/", "/opinions/how/", "/opinions/months/")
ANONYMOUS = (*VOTING, *OPINIONS)


class ShortWayMiddleware:
    """Voting pages are answered here, with the headers of every page: whatever stands below (session, account, form token,
    messages, lock-outs) never sees them, and a ballot costs a third of the time."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.with_headers = CSPMiddleware(XFrameOptionsMiddleware(_answer))

    def __call__(self, request):
        if not request.path_info.startswith(VOTING):
            return self.get_response(request)
        try:
            request.resolver_match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        return self.with_headers(request)


def _answer(request):
    found = request.resolver_match
    response = found.func(request, *found.args, **found.kwargs)
    response["Content-Length"] = len(response.content)
    return response


class NoCookieMiddleware:
    """Stands above the session's middleware, so that not even a signed-in person's session is read or touched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(ANONYMOUS):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response


class QuietLog(logging.Filter):
    """Django logs a warning with its moment for every page that it refuses; of these pages only failures are logged, by their
    kind and place: the text of an exception can hold what was sent."""

    def filter(self, record):
        path = getattr(getattr(record, "request", None), "path_info", "")
        if not path.startswith(ANONYMOUS):
            return True
        if record.exc_info:
            record.msg, record.args = "%s: %s", (record.getMessage(), faults.told(record.exc_info[1]))
            record.exc_info = record.exc_text = None
        return record.levelno >= logging.ERROR

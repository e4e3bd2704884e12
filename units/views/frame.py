"""What belongs to the frame and to no concept: large type, the role switch, pages that say no, the style guide."""
import logging
import secrets

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from units.context import LARGE_COOKIE, QUIET_KEYS_COOKIE
from units.navigation_entries import address

log = logging.getLogger(__name__)
ONE_YEAR = 365 * 24 * 3600


def _back(request):
    """The page of this site that `next` names, or the first page."""
    url = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if allowed else address("home") or "/"


def _remember(request, cookie):
    """Keep `on=1` in a cookie of this browser and go back; a plain link, so that it works without JavaScript."""
    response = redirect(_back(request))
    if request.GET.get("on") == "1":
        response.set_cookie(cookie, "1", max_age=ONE_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(cookie, samesite="Lax")
    return response


@require_safe
def large_type(request):
    """Large type, on or off."""
    return _remember(request, LARGE_COOKIE)


@require_safe
def quiet_keys(request):
    """Keys of one letter, off or on: speech input and trembling hands press them by mistake (WCAG 2.1.4)."""
    return _remember(request, QUIET_KEYS_COOKIE)


@require_POST
def role_switch(request):
    """Act in another role from now on. Among one's own only the navigation and the home page follow; one that somebody has
    delegated counts alone, while it is chosen."""
    chosen = request.POST.get("role", "")
    if chosen not in {str(grant.pk) for grant in request.user.held_grants}:
        raise Http404
    request.session["grant"] = int(chosen)
    return redirect(address("home") or "/")


def _shell(request):
    """Signed-in people keep their side bar on an error page; the middleware may not have got as far as the user."""
    user = getattr(request, "user", None)
    return "base.html" if user is not None and user.is_authenticated else "solo.html"


def forbidden(request, exception=None):
    """403: the verdict's own reason, and whom to ask."""
    context = {"shell": _shell(request), "reason": str(exception or "")}
    return render(request, "errors/403.html", context, status=403)


def not_found(request, exception=None):
    """404: also what lies outside one's own organisations."""
    return render(request, "errors/404.html", {"shell": _shell(request)}, status=404)


def failed(request):
    """500: a number that stands in the log too. The page asks the database nothing, for that may be what failed."""
    number = secrets.token_hex(4)
    log.error("error page %s shown for %s %s", number, request.method, request.path)
    return render(request, "errors/500.html", {"number": number}, status=500)


def csrf_failure(request, reason=""):
    """A form whose guard did not fit, mostly a page left open over a sign-out; drafts.js keeps what was typed."""
    log.warning("csrf: %s at %s", reason, request.path)
    came_from = request.headers.get("referer", "")
    own = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    context = {"back": came_from if own else ""}
    return render(request, "errors/csrf.html", context, status=403)

"""Sessions end after 30 idle minutes and 12 hours at most; every page but a named few needs a sign-in, and the three
administrators have no business at the campaign's pages (4-trust §3).

A form that was sent too late is not lost: see units.carried.
"""
import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit import clock
from units import permission_table, permissions
from units.enums import ADMINISTRATORS
from units.views import second_factor, sign_in_again

PUBLIC_NAMES = {"login", "login_again", "logout", "large_type", "health"}


class SessionLimitMiddleware:
    """Sign a person out after too long a rest or too long a day; the login page then says why."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.session.get("_auth_user_id"):
            now = int(time.time())  # a session's age is real time, also in a demo with its own clock
            began = request.session.setdefault("began", now)
            last = request.session.get("seen", now)
            if now - last > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_ABSOLUTE_SECONDS:
                request.expired_user_id = request.user.pk
                logout(request)
                if not _was_typed(request):
                    query = urlencode({"next": request.get_full_path(), "expired": 1})
                    return _away(request, f"{reverse('login')}?{query}")
            elif "seen" not in request.session or now - last > 60 and not _asks_by_itself(request):
                request.session["seen"] = now  # at most one session write a minute
        return self.get_response(request)


class SignedInMiddleware:
    """Send a stranger to the login page, an account with a first password to the page that changes it, and an administrator
    away from the campaign's pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.url_name
        if name in PUBLIC_NAMES or getattr(view, "public", False):
            return None
        if not request.user.is_authenticated:
            if _was_typed(request):
                return sign_in_again.ask(request, user_id=getattr(request, "expired_user_id", None))
            return redirect_to_login(request.get_full_path())
        request.user.chosen_grant_id = request.session.get("grant")
        away = self.second_step(request, name) or self.password(request, name) or self.enrolment(request, name)
        if away:
            return away
        if not permission_table.is_for_administrators(name) and request.user.has_role(*ADMINISTRATORS):
            if kwargs:
                raise Http404  # one record of the campaign: it does not exist for them
            raise PermissionDenied(_("管理员的账号不看业务记录，也不办业务。"))
        return None


    def second_step(self, request, name):
        """To the page that asks for the phone's code, which has not been given in this session; else None."""
        if request.user.second_factor_mark in ("", request.session.get(second_factor.PASSED)) or name == "second_factor":
            return None
        return redirect(f"{reverse('second_factor')}?{urlencode({'next': _page_of(request)})}")

    def password(self, request, name):
        """To the page that changes a first password, or one that has grown too old; else None."""
        if name in {"password_change", "second_factor"}:
            return None
        if request.user.must_change_password:
            return redirect("password_change")
        if request.user.password_expired(at=clock.now()):
            messages.info(request, _("密码已经用了 %(n)s 天，请换一个再接着用。") % {"n": settings.PASSWORD_MAX_AGE_DAYS})
            return redirect("password_change")
        return None

    def enrolment(self, request, name):
        """To the page that sets up the second step, where the role asks for one; a demo does not. Else None."""
        if request.user.second_factor_mark or name in {"password_change", "second_factor_own"}:
            return None
        must = settings.SECOND_FACTOR and not clock.is_demo() and permissions.needs_second_factor(request.user)
        return redirect("second_factor_own") if must else None


def _page_of(request):
    return request.get_full_path() if request.method == "GET" else "/"


def _away(request, url):
    """To the sign-in. Of a part that htmx fetches nothing could be shown: a page that looks after its job goes as a whole,
    a form that was being filled in stays, and its words go through the sign-in when it is sent."""
    if request.method != "GET" or not request.headers.get("HX-Request"):
        return redirect(url)
    return HttpResponse(status=204, headers={"HX-Redirect": url} if _asks_by_itself(request) else {})


def _asks_by_itself(request):
    """Whether a page looks after a running job: nobody has to sit before it (templates/components/_job.html)."""
    return request.headers.get("HX-Trigger", "").startswith("job-")


def _was_typed(request):
    """Whether somebody pressed a button on a filled form; a page's own script (autosave) asks again by itself."""
    return request.method == "POST" and not request.headers.get("HX-Request") and any(
        name != "csrfmiddlewaretoken" for name in request.POST
    )

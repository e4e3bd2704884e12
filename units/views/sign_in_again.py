"""Sign in again without losing what was typed: the page that a POST without a session gets, and what follows it."""
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from units import carried
from units.domain.sign_ins import note_sign_in
from units.forms.login import LoginForm
from units.navigation_entries import address
from units.views.session import moment, note_failure


def ask(request, *, user_id=None):
    """The sign-in page for a POST that came without a session; status 403, for nothing was done."""
    sealed = carried.seal(request.POST, path=request.get_full_path(), user_id=user_id)
    if sealed is None:
        return redirect_to_login(request.get_full_path())
    return _page(request, LoginForm(request), sealed, status=403)


def _page(request, form, sealed, *, status=200):
    context = {"form": form, "sealed": sealed, "typed": carried.typed_texts(carried.unseal(sealed))}
    return render(request, "registration/login_again.html", context, status=status)


@require_POST
def login_again(request):
    """The password is right: the fields wait for their page, if they are of this person."""
    sealed = request.POST.get("sealed", "")
    kept = carried.unseal(sealed)
    if kept is None:
        return redirect("login")
    form = LoginForm(request, request.POST)
    if not form.is_valid():
        note_failure(request)
        return _page(request, form, sealed)
    user = form.get_user()
    login(request, user)
    note_sign_in(user, **moment(request))
    if kept["user"] not in (None, user.pk):
        messages.warning(request, _("刚才填的内容是另一个账号的，没有带过来。"))
        return redirect(address("home") or "/")
    carried.wait_for_page(request, kept)
    return redirect(_next(request, kept["path"]))


def _next(request, path):
    """The form's own page where it can show the fields, else the page that offers to send them again."""
    if not url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure()):
        return address("home") or "/"
    try:
        shows = getattr(resolve(path.split("?")[0]).func, "shows_carried", False)
    except Resolver404:
        shows = False
    return path if shows else "send_again"


@require_safe
def send_again(request):
    """What waits in the session, to be sent with one press or left alone."""
    kept = carried.waiting(request)
    if kept is None:
        return redirect(address("home") or "/")
    carried.forget(request)
    fields = [(name, value) for name, values in QueryDict(kept["fields"]).lists() for value in values]
    context = {"action": kept["path"], "fields": fields, "typed": carried.typed_texts(kept)}
    return render(request, "registration/send_again.html", context)

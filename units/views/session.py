"""Sign in and out."""
from django.contrib.auth import views as auth_views

from config.kit import clock
from config.kit.browsers import browser_words
from units.domain import sign_ins
from units.enums import SignInOutcome
from units.forms.login import LoginForm

_login = auth_views.LoginView.as_view(
    authentication_form=LoginForm, template_name="registration/login.html", redirect_authenticated_user=True
)
_logout = auth_views.LogoutView.as_view()


def login(request):
    """The login page; `next` leads back to where the person was, `expired` says why they are here again."""
    is_try = request.method == "POST" and not request.user.is_authenticated
    response = _login(request)
    if is_try and request.user.is_authenticated:
        sign_ins.note_sign_in(request.user, **moment(request))
    elif is_try:
        note_failure(request)
    return response


def moment(request):
    """What is kept of a try beside its outcome."""
    return {"browser": browser_words(request.headers.get("User-Agent", "")), "at": clock.now()}


def note_failure(request, *, user=None):
    """Keep a try that failed: of `user`, or of the account that was named, where there is one and a password was given."""
    if user is None and request.POST.get("password"):
        user = sign_ins.account_called(request.POST.get("username", ""))
    if user is not None:
        is_locked = getattr(request, "axes_locked_out", False)
        sign_ins.note_failure(user, SignInOutcome.LOCKED if is_locked else SignInOutcome.PASSWORD, **moment(request))


def logout(request):
    """POST only: end the session and go to the login page."""
    return _logout(request)

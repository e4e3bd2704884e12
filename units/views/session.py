"""Sign in and out."""
from django.contrib.auth import views as auth_views

from config.kit import clock
from units.domain.accounts import note_sign_in
from units.forms.login import LoginForm

_login = auth_views.LoginView.as_view(
    authentication_form=LoginForm, template_name="registration/login.html", redirect_authenticated_user=True
)
_logout = auth_views.LogoutView.as_view()


def login(request):
    """The login page; `next` leads back to where the person was, `expired` says why they are here again."""
    response = _login(request)
    if request.method == "POST" and request.user.is_authenticated:
        note_sign_in(request.user, at=clock.now())
    return response


def logout(request):
    """POST only: end the session and go to the login page."""
    return _logout(request)

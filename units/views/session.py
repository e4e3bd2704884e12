"""Sign in and out."""
from django.contrib.auth import views as auth_views

from units.forms.login import LoginForm

_login = auth_views.LoginView.as_view(
    authentication_form=LoginForm, template_name="registration/login.html", redirect_authenticated_user=True
)
_logout = auth_views.LogoutView.as_view()


def login(request):
    """The login page; `next` leads back to where the person was, `expired` says why they are here again."""
    return _login(request)


def logout(request):
    """POST only: end the session and go to the login page."""
    return _logout(request)

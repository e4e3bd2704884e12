"""Change one's own password; the first one is given by somebody else and has to be changed at once."""
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.kit import clock
from units.domain.passwords import change_password
from units.forms.password import OwnPasswordForm
from units.navigation_entries import address
from units.views.session import note_failure


@require_http_methods(["GET", "POST"])
def password_change(request):
    form = OwnPasswordForm(request.user, request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        change_password(request.user, form.cleaned_data["new_password1"], at=clock.now())
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码已修改。"))
        return redirect(address("home") or "/")
    if "old_password" in form.errors:
        note_failure(request, user=request.user)
    return render(request, "registration/password_change.html", {"form": form})

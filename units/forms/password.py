"""The form to change one's own password."""
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from config.kit import password_rules
from config.kit.crispy import helper


class OwnPasswordForm(SetPasswordForm):
    old_password = forms.CharField(
        label=_("现在的密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, user, *args, request, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.request = request
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password1"].help_text = password_rules.words(settings.SECURITY_PROFILE)
        self.fields["new_password2"].label = _("再输一次新密码")
        self.fields["new_password2"].help_text = ""
        self.helper = helper(self)

    def clean_old_password(self):
        """Asked as at the sign-in, where wrong tries are counted: a screen left open is no place to guess at leisure."""
        password = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=password) != self.user:
            raise forms.ValidationError(_("现在的密码不对。"))
        return password

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("old_password") and cleaned.get("new_password1") == cleaned["old_password"]:
            self.add_error("new_password1", _("新密码不能和现在的一样。"))
        return cleaned

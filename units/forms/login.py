"""The login form: two labelled fields, no puzzle."""
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper


class LoginForm(AuthenticationForm):
    username = forms.CharField(
        label=_("账号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    )
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": _("账号或密码不对。请注意大小写；忘记密码请找系统管理员重设。"),
        "inactive": _("这个账号已经停用，请找系统管理员。"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

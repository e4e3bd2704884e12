"""The form that asks for a code."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("验证码"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )

    def __init__(self, *args, help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = help_text
        self.helper = helper(self)

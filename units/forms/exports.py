"""The form that asks for a roster export."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from units.models import Organization


class RosterExportForm(forms.Form):
    """Which part of one's own scope to export; empty means all of it."""

    organization = forms.ModelChoiceField(
        label=_("范围"), queryset=Organization.objects.none(), required=False, empty_label=_("我能看到的全部")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.visible_to(user).active().in_institutional_order()
        self.helper = helper(self)

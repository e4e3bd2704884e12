"""The filter of the permission table."""
from django import forms
from django.utils.translation import gettext_lazy as _

from units.enums import Role


class TableForm(forms.Form):
    """One role of the permission table, or all; words of an action or of what it is about."""

    role = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("全部角色")), *Role.choices])
    q = forms.CharField(
        label=_("事项"), required=False, max_length=30, widget=forms.TextInput(attrs={"type": "search"})
    )

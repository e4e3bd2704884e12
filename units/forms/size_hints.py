"""The filter of the list of hints about the size of organisations."""
from django import forms
from django.utils.translation import gettext_lazy as _

from units.domain.size_hints import WORDS


class HintFilterForm(forms.Form):
    code = forms.ChoiceField(label=_("哪一种"), required=False, choices=[("", _("全部")), *WORDS.items()])
    q = forms.CharField(
        label=_("党组织名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def applied_to(self, rows):
        """The rows that pass; an unreadable filter counts as none."""
        chosen = self.cleaned_data if self.is_valid() else {}
        code, words = chosen.get("code"), "".join(chosen.get("q", "").split())
        return [
            row for row in rows
            if words in row.organization.name and (not code or any(hint.code == code for hint in row.hints))
        ]

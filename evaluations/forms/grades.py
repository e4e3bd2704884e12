"""The form in which a branch settles the yearly grades: one choice for each member of the ballot."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from evaluations.enums import MemberGrade


class GradesForm(forms.Form):
    """`lines`: [GradeLine]; what stands is chosen, else what the count suggests. `needs_reason`: grades stand already."""

    def __init__(self, *args, lines, needs_reason, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"grade_{line.member.pk}"] = forms.ChoiceField(
                label=line.member.name, choices=[("", _("请选择")), *MemberGrade.choices], initial=line.settled or line.suggested,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"required": _("请选一个等次。"), "invalid_choice": _("请选一个等次。")},
            )
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("为什么改"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("等次已经评定，改动请写一句原因。")},
            )
        self.helper = helper(self)

    @property
    def rows(self):
        """[(GradeLine, bound field)]."""
        return [(line, self[f"grade_{line.member.pk}"]) for line in self.lines]

    @property
    def grades(self):
        """{member's key: grade}."""
        return {line.member.pk: self.cleaned_data[f"grade_{line.member.pk}"] for line in self.lines}

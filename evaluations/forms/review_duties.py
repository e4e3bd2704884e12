"""The filters of the duty board; all optional."""
from django import forms
from django.utils.translation import gettext_lazy as _

from evaluations.domain.duty_board import KINDS, STATES
from units.enums import Category


class DutyFilterForm(forms.Form):
    """`halves`: the half-years of the campaign so far, the newest first."""

    whose = forms.ChoiceField(required=False, choices=[("", ""), ("mine", ""), ("all", "")], widget=forms.HiddenInput)
    half = forms.ChoiceField(label=_("时间"), required=False)
    category = forms.ChoiceField(label=_("单位类别"), required=False, choices=[("", ""), *Category.choices])
    kind = forms.ChoiceField(label=_("点评谁"), required=False, choices=[("", _("不限")), *KINDS.items()])
    state = forms.ChoiceField(label=_("看什么"), required=False, choices=list(STATES.items()))

    def __init__(self, *args, halves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = [("", halves[0].title), *[(half.code, half.title) for half in halves]]
        self.fields["category"].choices = [("", _("不限")), *Category.choices]

"""The forms about a member's standing: probation, exemption, departure and coming back."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.enums import Departure, ExemptionKind, ProbationOutcome

MONTHS = [("6", _("半年")), ("12", _("一年"))]


class StepForm(forms.Form):
    """One step about one member."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


def sentence(label, **options):
    """One sentence of at most 200 characters."""
    return forms.CharField(label=label, max_length=200, widget=forms.Textarea(attrs={"rows": 2}), **options)


class ProbationForm(StepForm):
    happened_on = day_field(_("支部党员大会日期"))
    outcome = forms.ChoiceField(
        label=_("会议决定"), choices=ProbationOutcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选会议的决定。")},
    )
    months = forms.TypedChoiceField(
        label=_("延长多久"), choices=MONTHS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
        help_text=_("只在延长预备期时选；只能延长一次。"),
    )
    reason = sentence(_("原因"), required=False, help_text=_("延长或取消时写明。"))


class ExemptionForm(StepForm):
    kind = forms.ChoiceField(
        label=_("原因"), choices=ExemptionKind.choices, widget=forms.RadioSelect, error_messages={"required": _("请选原因。")}
    )
    note = forms.CharField(label=_("说明"), max_length=30, required=False, help_text=_("选“其他”时写明。"))
    starts_on = day_field(_("从哪一天起"))


class ExemptionEndForm(StepForm):
    starts_on = day_field(_("从哪一天起恢复参加"))


class DepartureForm(StepForm):
    how = forms.ChoiceField(
        label=_("怎样离开"), widget=forms.RadioSelect, error_messages={"required": _("请选怎样离开。")},
        choices=[choice for choice in Departure.choices if choice[0] != Departure.CANCELLED],
    )
    happened_on = day_field(_("离开日期"), help_text=_("在本支部的最后一天。"))
    note = sentence(_("去向或依据"), required=False, help_text=_("转到系统外写转到哪里；退党、开除写文件名和文号。"))


class ReturnForm(StepForm):
    reason = sentence(_("为什么恢复"), error_messages={"required": _("请写一句为什么恢复。")})

"""The forms that write down an honour or a sanction, and take one back."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.day_field import day_field
from units.enums import HonourLevel, SanctionKind
from units.forms.standing import StepForm, sentence


class HonourForm(StepForm):
    title = forms.CharField(
        label=_("荣誉称号"), max_length=60, help_text=_("照证书写，例如：部直属机关优秀共产党员。"),
        error_messages={"required": _("请写荣誉称号。")},
    )
    level = forms.ChoiceField(
        label=_("级别"), choices=HonourLevel.choices, widget=forms.RadioSelect, error_messages={"required": _("请选级别。")}
    )
    happened_on = day_field(_("授予日期"))
    document = forms.CharField(label=_("文号"), max_length=60, required=False, help_text=_("没有就空着。"))


class SanctionForm(StepForm):
    kind = forms.ChoiceField(
        label=_("处分种类"), choices=SanctionKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选处分种类。")},
    )
    happened_on = day_field(_("决定日期"))
    ends_on = day_field(
        _("影响期到"), required=False, help_text=_("这一天以前（含当天）不能参加评选。没有期限的空着。")
    )
    document = forms.CharField(
        label=_("决定的文号"), max_length=60, error_messages={"required": _("处分要写决定的文号。")}
    )


class TakeBackForm(StepForm):
    reason = sentence(_("为什么撤销"), error_messages={"required": _("请写一句为什么撤销。")})

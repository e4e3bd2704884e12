"""The forms of linked bodies and of their honours."""
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.day_field import day_field
from units.enums import HonourHolder, HonourLevel, LinkedBodyKind
from units.forms.standing import StepForm, sentence


class LinkedBodyForm(StepForm):
    kind = forms.ChoiceField(
        label=_("种类"), choices=LinkedBodyKind.choices, widget=forms.RadioSelect, error_messages={"required": _("请选种类。")}
    )
    name = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("照正式名称写，例如：信息中心工会。"),
        error_messages={"required": _("请写名称。")},
    )
    chair_name = forms.CharField(
        label=_("负责人"), max_length=30, required=False,
        help_text=_("工会主席、团支部书记、妇女小组长。是本组织党员的，自动连到党员页面。"),
    )
    size = forms.IntegerField(
        label=_("人数"), min_value=0, max_value=1_000_000, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("请写人数。"), "invalid": _("请写数字，例如 21。"), "min_value": _("人数不能是负数。"),
            "max_value": _("人数太大了，请核对。"),
        },
    )
    founded_on = day_field(_("成立日期"))


class BodyEndForm(StepForm):
    happened_on = day_field(_("从哪天起撤销"))


class BodyHonourForm(StepForm):
    holder = forms.ChoiceField(
        label=_("给谁"), choices=HonourHolder.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选集体或个人。")},
    )
    person = forms.CharField(label=_("姓名"), max_length=30, required=False, help_text=_("给个人的写姓名，给集体的空着。"))
    title = forms.CharField(
        label=_("荣誉称号"), max_length=60, help_text=_("照证书写，例如：模范职工之家。"),
        error_messages={"required": _("请写荣誉称号。")},
    )
    level = forms.ChoiceField(
        label=_("级别"), choices=HonourLevel.choices, widget=forms.RadioSelect, error_messages={"required": _("请选级别。")}
    )
    happened_on = day_field(_("授予日期"))
    document = forms.CharField(label=_("文号"), max_length=60, required=False, help_text=_("没有就空着。"))


class BodyHonourTakeBackForm(StepForm):
    reason = sentence(_("为什么撤销"), error_messages={"required": _("请写一句为什么撤销。")})


class BodyHonourFilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[("", _("不限")), *LinkedBodyKind.choices])
    holder = forms.ChoiceField(label=_("给谁"), required=False, choices=[("", _("不限")), *HonourHolder.choices])
    q = forms.CharField(
        label=_("名称、姓名或称号"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def applied_to(self, honours):
        """The newest first."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if chosen.get("kind"):
            honours = honours.filter(body__kind=chosen["kind"])
        if chosen.get("holder"):
            honours = honours.filter(holder=chosen["holder"])
        if q := chosen.get("q"):
            honours = honours.filter(
                Q(body__name__icontains=q) | Q(person__icontains=q) | Q(title__icontains=q)
                | Q(body__organization__name__icontains=q)
            )
        return honours.order_by("-happened_on", "-pk")

"""The forms of oversight: the record with its attendance, what follows from it, and the filter of the list."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.enums import OversightKind
from campaign.models import Paper
from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.models import Organization


def _words(rows):
    return forms.Textarea(attrs={"rows": rows})


def _organizations(label, help_text=""):
    return forms.ModelMultipleChoiceField(
        label=label, queryset=Organization.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class OversightForm(forms.Form):
    """`organizations`: those that may be asked to come, as a queryset."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=OversightKind.choices, widget=forms.RadioSelect, initial=OversightKind.HEARING,
        error_messages={"required": _("请选种类。")},
    )
    title = forms.CharField(
        label=_("名称"), max_length=60, error_messages={"required": _("请写名称，例如“听取上半年情况汇报”。")}
    )
    held_on = day_field(_("日期"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    people = forms.CharField(
        label=_("参加的人"), max_length=200, widget=_words(2), error_messages={"required": _("请写参加的人。")}
    )
    text = forms.CharField(
        label=_("听到、看到的"), max_length=600, widget=_words(4), error_messages={"required": _("请写听到、看到的。")}
    )
    opinion = forms.CharField(label=_("意见和要求"), max_length=300, required=False, widget=_words(2))
    asked = _organizations(_("应到的党组织"), _("开会的勾上；单独听一个单位汇报、到一个单位督查的不用勾。"))
    absent = _organizations(_("没有到的"))

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = self.fields["absent"].queryset = organizations
        self.helper = helper(self)


class OversightPapersForm(forms.Form):
    """`papers`: published ones of the campaign, as a queryset."""

    papers = forms.ModelMultipleChoiceField(
        label=_("交流的成果"), queryset=Paper.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("会上讲了哪几篇。没有的不用勾，不比数量。"),
    )

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["papers"].queryset = papers
        self.helper = helper(self)


class FollowUpForm(forms.Form):
    organization = forms.ModelChoiceField(
        label=_("哪个党组织"), queryset=Organization.objects.none(), empty_label=None,
        error_messages={"required": _("请选党组织。")},
    )
    problem = forms.CharField(
        label=_("要改什么"), max_length=200, widget=_words(2), error_messages={"required": _("请写一句要改什么。")}
    )
    due_on = day_field(_("整改期限"))

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.helper = helper(self)


class OversightFilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("全部")), *OversightKind.choices], required=False)
    q = forms.CharField(
        label=_("单位或名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

"""The form by which a post or window is applied for, and the filter of the list."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.enums import DesignationKind, DesignationState
from config.kit.crispy import helper
from units.models import Member


class DesignationForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("申报什么"), choices=DesignationKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选先锋岗或示范窗口。")},
    )
    title = forms.CharField(
        label=_("岗位或窗口"), max_length=40, help_text=_("例如“婚姻登记 3 号窗口”。"),
        error_messages={"required": _("请写岗位或窗口的名称。"), "max_length": _("最多 40 字，现在有 %(show_value)s 字。")},
    )
    holder = forms.ModelChoiceField(
        label=_("党员"), queryset=None, required=False, empty_label=_("示范窗口不用选"), help_text=_("先锋岗是哪位党员的岗位。"),
        error_messages={"invalid_choice": _("名单上没有这位党员，请重新选。")},
    )
    text = forms.CharField(
        label=_("凭什么，做到什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("群众看得到、数得出的，例如“材料齐的当场办结”。"),
        error_messages={"required": _("请写一句凭什么、做到什么。"), "max_length": _("最多 300 字，现在有 %(show_value)s 字。")},
    )

    def __init__(self, *args, user, organization, **kwargs):
        """A plain member applies for the own post only."""
        super().__init__(*args, **kwargs)
        members = Member.objects.filter(organization=organization)
        own = members if user.speaks_for(organization) else members.filter(pk=user.member_id)
        self.fields["holder"].queryset = own.by_strokes()
        self.helper = helper(self)


class DesignationFilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("全部")), *DesignationKind.choices], required=False)
    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *DesignationState.choices], required=False)

    def narrow(self, designations):
        self.is_valid()
        return designations.filter(**{name: value for name, value in self.cleaned_data.items() if value})

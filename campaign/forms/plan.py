"""The forms of a unit's plan and of the list of plans."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.domain.plan_list import LATE, NONE
from campaign.enums import PlanState
from config.kit.crispy import helper
from units.enums import Category
from units.models import Member, Organization


class MemberChoice(forms.ModelChoiceField):
    """A member picked from the organisation's list; the administrative post tells two of one name apart."""

    def label_from_instance(self, member):
        return f"{member.name}（{member.administrative_post}）" if member.administrative_post else member.name


def members_of(organization):
    """The members of the organisation and below it, by strokes of the surname."""
    return Member.objects.within(organization).by_strokes()


class PlanForm(forms.Form):
    """Theme and vehicle come prefilled; the phase is left empty for a plan of the whole campaign."""

    title = forms.CharField(label=_("名称"), max_length=60)
    phase = forms.ModelChoiceField(
        label=_("阶段"), queryset=None, required=False, empty_label=_("全程"),
        help_text=_("一个阶段一份计划，也可以全程只写一份。"),
    )
    theme = forms.CharField(
        label=_("主题"), max_length=100, help_text=_("已带出本类单位的主题，可以改成本单位的说法。")
    )
    vehicle = forms.CharField(label=_("载体"), max_length=100, required=False)
    responsible = MemberChoice(
        label=_("第一责任人"), queryset=None, empty_label=_("请选择"), error_messages={"required": _("请选第一责任人。")}
    )

    def __init__(self, *args, campaign, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = campaign.phases.order_by("starts_on")
        self.fields["responsible"].queryset = members_of(organization)
        self.helper = helper(self)


def text_of(plan):
    """The initial data of the form for an existing plan."""
    return {name: getattr(plan, name) for name in ("title", "phase", "theme", "vehicle", "responsible")}


class PlanFilterForm(forms.Form):
    """Filters of the list; all optional. `organization` comes with a link from that organisation's page."""

    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    state = forms.ChoiceField(
        label=_("计划"), required=False,
        choices=[("", _("不限")), (NONE, _("还没有计划")), *PlanState.choices, (LATE, _("有逾期任务"))],
    )
    level = forms.ChoiceField(label=_("范围"), required=False, choices=[("", _("各单位")), ("all", _("连同下级支部"))])
    organization = forms.ModelChoiceField(
        queryset=Organization.objects.none(), required=False, widget=forms.HiddenInput
    )
    q = forms.CharField(label=_("单位名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.visible_to(user)


class PlanMissingForm(forms.Form):
    """Filters of the list of units without a plan; all optional."""

    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    level = forms.ChoiceField(label=_("范围"), required=False, choices=[("", _("各单位")), ("all", _("连同下级支部"))])

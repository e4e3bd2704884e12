"""The filters of a list of members, and the correction of one record."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from units.domain.members import CORRECTABLE
from units.enums import MemberStatus
from units.models import GroupPlace, Organization


class MemberFilterForm(forms.Form):
    """All optional; `branch` only where something is below."""

    ROSTER, LEFT = "roster", "left"

    branch = forms.ModelChoiceField(
        label=_("下级党组织"), queryset=Organization.objects.none(), required=False, empty_label=_("全部")
    )
    status = forms.ChoiceField(
        label=_("党员类别"), required=False, choices=[("", _("全部")), *MemberStatus.choices, (LEFT, _("已离开"))]
    )
    order = forms.ChoiceField(
        label=_("顺序"), required=False, choices=[("", _("姓氏笔画")), (ROSTER, _("名册顺序"))]
    )
    q = forms.CharField(label=_("姓名"), required=False, max_length=30, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        groups = organization.party_groups.active().order_by("founded_on", "pk") if organization.is_leaf else None
        if groups:
            self.fields["group"] = forms.ModelChoiceField(
                label=_("党小组"), queryset=groups, required=False, empty_label=_("全部")
            )
            self.order_fields(["group"])
        if organization.is_leaf:
            del self.fields["branch"]
        else:
            self.fields["branch"].queryset = organization.children.active().in_institutional_order()

    def applied_to(self, members):
        """The members of the organisation that pass, in the order asked for; an unreadable filter counts as none."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        organization = chosen.get("branch") or self.organization
        gone = chosen.get("status") == self.LEFT
        members = members.left(organization) if gone else members.within(organization)
        if chosen.get("group"):
            open_places = GroupPlace.objects.standing().filter(group=chosen["group"], ends_on__isnull=True)
            members = members.filter(pk__in=open_places.values("member"))
        if chosen.get("status") and chosen["status"] != self.LEFT:
            members = members.filter(status=chosen["status"])
        if chosen.get("q"):
            members = members.filter(name__icontains="".join(chosen["q"].split()))
        if chosen.get("order") == self.ROSTER:
            return members.order_by("organization__path", "pk")
        return members.by_strokes()


class MemberForm(forms.Form):
    """`seen_…` carry what the form showed, so that two who correct at once do not overwrite one another."""

    phone = forms.RegexField(
        r"^[0-9+\-—()（） 转]*$", label=_("联系电话"), max_length=30, required=False,
        error_messages={"invalid": _("电话只写数字，区号和分机可以用短横隔开。")},
    )
    administrative_post = forms.CharField(label=_("行政职务"), max_length=40, required=False)
    seen_phone = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    seen_administrative_post = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

    @property
    def seen(self):
        return {name: self.cleaned_data[f"seen_{name}"] for name in CORRECTABLE}

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in CORRECTABLE}


def values_of(member):
    """The initial data of the form for a member."""
    values = {name: getattr(member, name) for name in CORRECTABLE}
    return values | {f"seen_{name}": value for name, value in values.items()}

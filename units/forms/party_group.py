"""The forms of a party group."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.models import Member


class MemberTicks(forms.ModelMultipleChoiceField):
    """Members to tick; each says in which other group it is. `held`: {member id: name of the group}."""

    widget = forms.CheckboxSelectMultiple
    held = {}

    def label_from_instance(self, member):
        if name := self.held.get(member.pk):
            return _("%(member)s（现在%(group)s）") % {"member": member.name, "group": name}
        return member.name


class PartyGroupForm(forms.Form):
    name = forms.CharField(label=_("党小组名称"), max_length=40, error_messages={"required": _("请写党小组名称。")})
    happened_on = day_field(_("从哪天起"))
    members = MemberTicks(label=_("本组党员"), queryset=None, required=False)
    leader = forms.ModelChoiceField(label=_("组长"), queryset=None, required=False, empty_label=_("还没定"))

    def __init__(self, *args, branch, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = Member.objects.present().filter(organization=branch).by_strokes()
        self.fields["members"].held = held
        self.fields["leader"].queryset = Member.objects.present().filter(organization=branch).by_strokes()
        self.helper = helper(self)


class GroupEndForm(forms.Form):
    happened_on = day_field(_("从哪天起撤销"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

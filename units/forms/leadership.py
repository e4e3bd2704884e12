"""The forms of the leading group and of who is in charge of what."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.enums import LeadershipRole


class AppointForm(forms.Form):
    role = forms.ChoiceField(label=_("组内职务"), choices=[("", _("请选择")), *LeadershipRole.choices])
    name = forms.CharField(label=_("姓名"), max_length=30, error_messages={"required": _("请写姓名。")})
    duty = forms.CharField(label=_("行政或党内职务"), max_length=60, required=False)
    starts_on = day_field(_("从哪天起"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class EndForm(forms.Form):
    ends_on = day_field(_("到哪天止"), help_text=_("写最后一天。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class OrganizationTicks(forms.ModelMultipleChoiceField):
    """Organisations to tick; each says who is in charge of it now. `held`: {organisation id: name of the leader}."""

    widget = forms.CheckboxSelectMultiple
    held = {}

    def label_from_instance(self, organization):
        if name := self.held.get(organization.pk):
            return _("%(unit)s（现由%(leader)s联系）") % {"unit": organization.name, "leader": name}
        return organization.name


class ChargeForm(forms.Form):
    happened_on = day_field(_("从哪天起"))
    organizations = OrganizationTicks(label=_("联系哪些单位"), queryset=None, required=False)

    def __init__(self, *args, below, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organizations"].queryset = below
        self.fields["organizations"].held = held
        self.helper = helper(self)

"""The form by which a partner of a joint activity says how many of its own members came."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.enums import AbsenceReason
from campaign.forms.activity import IdsField, number_field


class PartForm(forms.Form):
    present = number_field(_("参加党员"))
    expected = number_field(_("应到党员"))
    absent = IdsField(label=_("点名单"))

    def reason_of(self, pk):
        """Why a member did not come; "" where nothing fit is said."""
        reason = self.data.get(f"absence_{pk}", "")
        return reason if reason in AbsenceReason.values else ""

    @property
    def said(self):
        """What a valid form says, as campaign.domain.activities.confirm_part takes it."""
        absent = frozenset(self.cleaned_data["absent"])
        reasons = {pk: reason for pk in absent if (reason := self.reason_of(pk))}
        return {
            "present": self.cleaned_data["present"], "expected": self.cleaned_data["expected"], "absent": absent,
            "reasons": reasons,
        }

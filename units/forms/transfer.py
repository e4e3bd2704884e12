"""The forms of transfers: proposing, accepting, declining, and the filter of their list."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.day_field import day_field
from units.enums import TransferState
from units.forms.account import OrganizationByName
from units.forms.standing import StepForm, sentence


class TransferForm(StepForm):
    receiver = OrganizationByName(
        label=_("接收支部"), max_length=60, help_text=_("写党支部全称。对方接收以后才算转过去。"),
        error_messages={"required": _("请写接收的党支部。")},
    )
    reason = sentence(_("转接原因"), error_messages={"required": _("请写一句为什么转接。")})


class AcceptForm(StepForm):
    moves_on = day_field(_("转入日期"), help_text=_("到本支部的第一天；前一天仍算在原支部。"))


class DeclineForm(StepForm):
    answer = sentence(_("为什么不接收"), error_messages={"required": _("不接收要写一句原因。")})


class TransferFilterForm(forms.Form):
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("不限")), *TransferState.choices])
    q = forms.CharField(
        label=_("姓名或支部"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def applied_to(self, transfers):
        """Waiting ones first, then the newest."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if chosen.get("state"):
            transfers = transfers.filter(state=chosen["state"])
        if chosen.get("q"):
            q = chosen["q"]
            transfers = (
                transfers.filter(member__name__icontains=q) | transfers.filter(sender__name__icontains=q)
                | transfers.filter(receiver__name__icontains=q)
            )
        return transfers.order_by("-proposed_at", "-pk")

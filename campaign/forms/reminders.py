"""The form of how somebody wants to be reminded."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.enums import MailChoice
from config.kit.crispy import helper


class ReminderChoiceForm(forms.Form):
    mail = forms.ChoiceField(label=_("邮件"), choices=MailChoice.choices, widget=forms.RadioSelect)
    sms = forms.ChoiceField(
        label=_("短信"), choices=[("yes", _("收")), ("no", _("不收"))], widget=forms.RadioSelect,
        help_text=_("装了短信网关才有；只发逾期的和三天内到期的。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

"""The form of a busy period."""
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field


class BusyPeriodForm(forms.Form):
    title = forms.CharField(label=_("忙什么"), max_length=20, help_text=_("例如年底、审计、预算、防汛。"))
    starts_on = day_field(_("从哪天起"))
    ends_on = day_field(_("到哪天止"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)
        self.helper.layout = Layout("title", Div("starts_on", "ends_on", css_class="cx-two"))

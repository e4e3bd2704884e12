"""The form that asks for a scoring run: up to which day, as known when."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field


class RunForm(forms.Form):
    as_of = day_field(_("情况算到"), help_text=_("这一天以前（含当天）发生的才算。"))
    known_at = forms.SplitDateTimeField(
        label=_("材料收到"), required=False,
        help_text=_("不填就是现在。填以前的时间，可以算出当时知道的结果。"),
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}, date_format="%Y-%m-%d"),
        error_messages={"invalid_date": _("请写日期，例如 2011-06-10。"), "invalid_time": _("请写时间，例如 22:00。"),
                        "invalid": _("请写日期和时间。")},
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self._today = today
        self.helper = helper(self)

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > self._today:
            raise forms.ValidationError(_("日期不能晚于今天，还没有发生的不能计分。"))
        return day

"""The form for days freed or worked by a yearly notice."""
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field


class CalendarDayForm(forms.Form):
    first = day_field(_("第一天"))
    last = day_field(_("最后一天"), required=False, help_text=_("只有一天的不用填。"))
    is_working = forms.TypedChoiceField(
        label=_("这几天"), choices=[("", _("请选择")), ("0", _("放假")), ("1", _("上班（调休）"))],
        coerce=lambda value: value == "1", error_messages={"required": _("请选放假还是上班。")},
    )
    note = forms.CharField(label=_("依据"), max_length=60, required=False, help_text=_("例如：国办发明电〔2026〕××号"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)
        self.helper.layout = Layout(Div("first", "last", css_class="cx-two"), "is_working", "note")

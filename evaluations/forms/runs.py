"""The form that asks for a scoring run."""
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field


class MomentInput(forms.DateTimeInput):
    """`<input type=datetime-local>`, to the second."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M:%S")


class RunForm(forms.Form):
    """Which day and whose knowledge; without a moment, all that is known now."""

    as_of = day_field(_("情况算到"), help_text=_("只算这一天和以前发生的事。"))
    known_at = forms.DateTimeField(
        label=_("材料收到"), required=False, widget=MomentInput({"step": "1"}),
        help_text=_("不填就是现在。填以前的时刻，可以按当时已经记入的材料重算一遍。"),
        error_messages={"invalid": _("请写日期和时间，例如 2011-06-09 22:00。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)
        self.helper.layout = Layout("as_of", "known_at")

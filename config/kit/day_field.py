"""The field for a day: the browser's own picker, and plain words when the day cannot be read."""
from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """`<input type=date>`, which takes and sends 2011-06-10 whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def day_field(label, **options):
    """A DateField that also takes 2011.6.10 and 2011年6月10日 typed by hand."""
    return forms.DateField(
        label=label,
        widget=DayInput(),
        input_formats=["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"],
        error_messages={"invalid": _("请写日期，例如 2011-06-10。"), "required": _("请选日期。")},
        **options,
    )

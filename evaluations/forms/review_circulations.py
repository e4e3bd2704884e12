"""The form of a circulation: one range out of those the sender reaches."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper


class CirculationForm(forms.Form):
    """`offered`: {code: (words, …)} as review_circulations.ranges gives it."""

    range = forms.ChoiceField(
        label=_("通报给谁"), widget=forms.RadioSelect, error_messages={"required": _("请选通报给谁。")},
        help_text=_("只看得到这条点评本身，看不到整改、回复和单位的其他记录。"),
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["range"].choices = [(code, words) for code, (words, *_place) in offered.items()]
        self.helper = helper(self)

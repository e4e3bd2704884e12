"""The form of the third look: the right number for each place where two persons typed different ones, and the reason."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper


class SettleForm(forms.Form):
    """`differences`: [Difference]; nothing is chosen beforehand."""

    def __init__(self, *args, differences, **kwargs):
        super().__init__(*args, **kwargs)
        self.differences = differences
        for difference in differences:
            self.fields[difference.place] = forms.IntegerField(
                label=difference.label, min_value=0, max_value=99_999, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "required": _("请看一遍纸质票，填上正确的数。"), "invalid": _("请填整数。"), "min_value": _("请填整数。"),
                    "max_value": _("人数太大了，请核对。"),
                },
            )
        self.fields["reason"] = forms.CharField(
            label=_("以哪个数为准，为什么"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": _("请写一句以哪个数为准、为什么。")},
        )
        self.helper = helper(self)

    @property
    def rows(self):
        """[(Difference, bound field)]."""
        return [(difference, self[difference.place]) for difference in self.differences]

    @property
    def settled(self):
        return {difference.place: self.cleaned_data[difference.place] for difference in self.differences}

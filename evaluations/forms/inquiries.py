"""The unit's answer to an inquiry: one sentence."""
from django import forms
from django.utils.translation import gettext_lazy as _


class InquiryAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("答复"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一句话就行：现在怎样，打算怎么办，有困难也写上。"),
    )

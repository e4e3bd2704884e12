"""The forms of a reply to a review and of its correction."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper


class ReplyForm(forms.Form):
    """`is_reviewer`: the reviewer answers back; with `needs_reason` it is a correction."""

    text = forms.CharField(
        label=_("打算怎么改"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句打算。")},
    )

    def __init__(self, *args, is_reviewer=False, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_reviewer:
            self.fields["text"].label = _("回一句")
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("为什么更正"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("新旧两版和原因都会留着。"), error_messages={"required": _("请写一句更正的原因。")},
            )
        self.helper = helper(self)

"""The form of the captions of an activity's photos, one field for each."""
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.domain.captions import LONGEST
from campaign.forms.activity import SentenceField


class CaptionsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, photos, **kwargs):
        """`photos` are ActivityPhotos in their order."""
        super().__init__(*args, **kwargs)
        for number, row in enumerate(photos, start=1):
            self.fields[f"caption_{row.photo_id}"] = SentenceField(
                label=_("第 %(n)s 张的说明") % {"n": number}, max_length=LONGEST, initial=row.caption,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={
                    "required": gettext_lazy("请写说明，至少写清时间、地点和人物。"),
                    "max_length": gettext_lazy("最多 300 字，现在有 %(show_value)s 字。"),
                },
            )
        self.photos = photos

    @property
    def rows(self):
        """[(ActivityPhoto, bound field)]"""
        return [(row, self[f"caption_{row.photo_id}"]) for row in self.photos]

    @property
    def captions(self):
        """{photo id: caption} of a valid form."""
        return {row.photo_id: self.cleaned_data[f"caption_{row.photo_id}"] for row in self.photos}

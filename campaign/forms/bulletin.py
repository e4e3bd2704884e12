"""The form of a bulletin, with the wording of its entries, and the filter of what may be chosen."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.enums import EntrySource
from config.kit.crispy import helper
from config.kit.day_field import day_field


class BulletinForm(forms.Form):
    """Heading and days; `entries` (BulletinEntry rows) bring one box each, whose emptied text takes the entry out."""

    title = forms.CharField(label=_("标题"), max_length=60, error_messages={"required": _("请写标题。")})
    starts_on = day_field(_("从"))
    ends_on = day_field(_("到"))
    lead = forms.CharField(
        label=_("导语"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一两句话，可以不写。"),
    )
    is_open = forms.BooleanField(label=_("可以对外公开"), required=False, help_text=_("勾选后，不登录也能在展示页看到。"))

    def __init__(self, *args, entries=(), **kwargs):
        super().__init__(*args, **kwargs)
        self._entries = list(entries)
        for number, entry in enumerate(self._entries, start=1):
            self.fields[f"entry_{entry.pk}"] = forms.CharField(
                label=_("第 %(number)d 条（%(source)s）") % {"number": number, "source": entry.get_source_display()},
                max_length=500, required=False, initial=entry.text, widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.helper = helper(self)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("结束日期不能早于开始日期。")))
        return cleaned

    def heading(self):
        return {name: self.cleaned_data[name] for name in ("title", "lead", "starts_on", "ends_on", "is_open")}

    def texts(self):
        """{key of entry: sentence}."""
        return {entry.pk: self.cleaned_data[f"entry_{entry.pk}"] for entry in self._entries}


class CandidateForm(forms.Form):
    source = forms.ChoiceField(label=_("从哪里选"), choices=EntrySource.choices, required=False)
    q = forms.CharField(label=_("名称或单位"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))

    def clean_source(self):
        return self.cleaned_data["source"] or EntrySource.ACTIVITY.value

"""The forms of rectification: raising by hand, reporting, verifying, giving back, and the filters of the ledger."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.domain.rectification_list import ALL, LADDER
from campaign.enums import RectificationSource, RectificationState
from campaign.forms.photos import PhotosField
from campaign.forms.plan import MemberChoice, members_of
from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.enums import Category

BY_HAND = (RectificationSource.INSPECTION, RectificationSource.OPINION, RectificationSource.APPRAISAL, RectificationSource.OTHER)


def _sentences():
    return forms.Textarea(attrs={"rows": 2})


class RectificationForm(forms.Form):
    """An item raised by hand; those of reviews come by themselves."""

    problem = forms.CharField(
        label=_("问题"), max_length=200, widget=_sentences(), error_messages={"required": _("请写一句是什么问题。")}
    )
    source = forms.ChoiceField(
        label=_("来源"), widget=forms.RadioSelect, initial=RectificationSource.INSPECTION,
        choices=[(source.value, source.label) for source in BY_HAND],
    )
    owner = MemberChoice(
        label=_("责任人"), queryset=None, empty_label=_("请选择"), error_messages={"required": _("请选责任人。")}
    )
    due_on = day_field(_("整改期限"))

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members_of(organization)
        self.helper = helper(self)


class RectificationReportForm(forms.Form):
    measures = forms.CharField(
        label=_("怎样改的"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("做了什么，改到什么程度，哪里看得到。"), error_messages={"required": _("请写一句怎样改的，改到什么程度。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class RectificationProgressForm(forms.Form):
    text = forms.CharField(
        label=_("做了什么"), max_length=200, widget=_sentences(), error_messages={"required": _("请写一句做了什么。")}
    )
    happened_on = day_field(_("日期"))
    photos = PhotosField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class RectificationVerifyForm(forms.Form):
    note = forms.CharField(
        label=_("看到了什么"), max_length=200, required=False, widget=_sentences(), help_text=_("写一句在哪里看到的，以后好查。")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class RectificationCallOffForm(forms.Form):
    note = forms.CharField(
        label=_("为什么撤销"), max_length=200, widget=_sentences(), error_messages={"required": _("请写一句为什么撤销。")},
        help_text=_("撤销以后不再催办，也不计入完成情况；问题和原因留着。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class RectificationBackForm(forms.Form):
    """Giving back, or (with `needs_day`) opening again: one sentence and another day."""

    note = forms.CharField(
        label=_("还差什么"), max_length=150, widget=_sentences(), error_messages={"required": _("请写一句还差什么。")}
    )

    def __init__(self, *args, needs_day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = day_field(
            _("新的期限"), required=needs_day, help_text="" if needs_day else _("不填就还是原来的期限。")
        )
        self.helper = helper(self)


class RectificationFilterForm(forms.Form):
    """Filters of the ledger; all optional. Without a state what is closed stays out."""

    source = forms.ChoiceField(label=_("来源"), required=False, choices=[("", _("全部来源")), *RectificationSource.choices])
    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("没销号")), (RectificationState.REPORTED, _("待验收")), (RectificationState.VERIFIED, _("已销号")),
                 (RectificationState.CALLED_OFF, _("已撤销")),
                 (ALL, _("全部"))],
    )
    due = forms.ChoiceField(
        label=_("期限"), required=False,
        choices=[("", _("全部期限")), ("late", _("逾期")), *[(key, rung[0]) for key, rung in LADDER.items()]],
    )
    q = forms.CharField(
        label=_("单位或问题"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reopened = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

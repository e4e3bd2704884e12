"""Forms of the opinion box: what a sender writes, and the steps of those who deal with it."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.attachments import ACCEPTED, read_attachment
from config.kit.crispy import helper
from config.kit.day_field import day_field
from config.kit.refusal import Refusal
from evaluations.enums import OpinionKind, OpinionState
from units.models import Organization

LONGEST = 1000


class WordsField(forms.CharField):
    """A long text; a line break counts as one character, as in the browser, and characters that cannot be seen go."""

    widget = forms.Textarea

    def to_python(self, value):
        text = super().to_python(value).replace("\r\n", "\n")
        return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")


class AgainForm(forms.Form):
    """What a sender writes, first or later. `token` and `solution` belong to the guard against floods."""

    text = WordsField(
        label=_("内容"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("请写内容。")},
    )
    attachment = forms.FileField(
        label=_("附件"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("一张照片、一个 PDF 或 Word（.docx）文件，最多 10 MB。拍摄时间、地点、作者等会去掉。"),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    solution = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.helper = helper(self)

    def clean_attachment(self):
        """The cleaned Attachment, or None."""
        upload = self.cleaned_data["attachment"]
        if self.too_large:
            raise forms.ValidationError(_("附件太大，最多 10 MB。请换一个小的，或者分几次写。"))
        if not upload:
            return None
        try:
            return read_attachment(upload)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class WriteForm(AgainForm):
    """`units`: what an opinion may be about, as a queryset."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=OpinionKind.choices, widget=forms.RadioSelect, error_messages={"required": _("请选种类。")}
    )
    about = forms.ModelChoiceField(
        label=_("关于哪个单位"), queryset=Organization.objects.none(), required=False,
        empty_label=_("不针对哪个单位，或者说不清"), help_text=_("这个单位和它的下级看不到这条意见，也不能承办。"),
    )
    contact = forms.CharField(
        label=_("联系方式"), max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("写了就不再匿名：办理的人会知道是您。不写也能用查询码看答复。"),
    )

    field_order = ["kind", "about", "text", "attachment", "contact", "token", "solution"]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].queryset = units
        self.helper = helper(self)


class OpinionFilterForm(forms.Form):
    """Filters of the list; all optional. Without a state what is closed stays out."""

    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("没办结")), *OpinionState.choices, ("late", _("逾期")), ("all", _("全部"))],
    )
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[("", _("全部种类")), *OpinionKind.choices])


class AssignForm(forms.Form):
    """`organizations`, `accounts`: who may deal with it, as querysets; the line of the unit complained of is not in them."""

    handler = forms.ModelChoiceField(
        label=_("转给单位"), queryset=None, required=False, empty_label=_("不转给单位"),
        help_text=_("被反映的单位和它的下级不在名单里。"),
    )
    account = forms.ModelChoiceField(label=_("或者交给个人"), queryset=None, required=False, empty_label=_("不交给个人"))
    due_on = day_field(_("答复期限"))

    def __init__(self, *args, organizations, accounts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset, self.fields["account"].queryset = organizations, accounts
        self.helper = helper(self)

    def clean(self):
        said = super().clean()
        if not self.errors and bool(said.get("handler")) == bool(said.get("account")):
            self.add_error("handler", _("请选一个单位，或者一个人，只选一样。"))
        return said


class AnswerForm(forms.Form):
    text = WordsField(
        label=_("答复"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("来信人用查询码看得到。写清楚查了什么、怎么办、什么时候办好；不要问来信人是谁。"),
        error_messages={"required": _("请写答复。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class MendForm(forms.Form):
    """The item's words are the office's own, because the unit complained of reads them."""

    organization = forms.ModelChoiceField(
        label=_("哪个党组织整改"), queryset=None, empty_label=_("请选择"), error_messages={"required": _("请选党组织。")}
    )
    problem = forms.CharField(
        label=_("要改什么"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("用自己的话概括，不要照抄原文：整改的单位看得到这句话，看不到意见。"),
        error_messages={"required": _("请写一句要改什么。")},
    )
    due_on = day_field(_("整改期限"))

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.helper = helper(self)


class AnswerWithForm(forms.Form):
    commitment = forms.ModelChoiceField(
        label=_("回应它的承诺"), queryset=None, empty_label=_("请选择"),
        help_text=_("只列已经公示的承诺；来信人会看到它的文字。"), error_messages={"required": _("请选承诺。")},
    )

    def __init__(self, *args, commitments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = commitments
        self.helper = helper(self)


class MonthForm(forms.Form):
    changed = forms.CharField(
        label=_("因为意见改了什么"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行写一件，用自己的话写；不写哪条意见，也不要让人猜得出是谁提的。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

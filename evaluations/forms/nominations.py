"""Forms of nominations: whom to put forward, what the meeting decided, what the discipline side answered."""
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from evaluations.enums import AwardKind


class PickForm(forms.Form):
    """Which award, by which organisation; a GET form, so the choice stands in the address."""

    kind = forms.ChoiceField(label=_("奖项"), choices=AwardKind.choices, required=False)
    organization = forms.ModelChoiceField(label=_("推荐单位"), queryset=None, required=False, empty_label=None)
    q = forms.CharField(label=_("姓名或单位"), required=False, max_length=30, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations


class NominationForm(forms.Form):
    """The meeting and the story of one nominee."""

    meeting_on = day_field(_("会议日期"), help_text=_("应到按有表决权的正式党员计算。"))
    expected = forms.IntegerField(label=_("应到"), min_value=0, max_value=99_999)
    present = forms.IntegerField(label=_("实到"), min_value=0, max_value=99_999)
    approving = forms.IntegerField(label=_("赞成"), min_value=0, max_value=99_999)
    story = forms.CharField(
        label=_("主要事迹"), max_length=500, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("写具体做了什么、结果怎样，500 字以内。可以引用本页所列的情况。"),
    )

    party_work_since = day_field(
        _("从事党务工作起始"), help_text=_("按任职文件填写，审核时会核对。系统里的任职记录可能没有那么早。")
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind != AwardKind.AFFAIRS_WORKER:
            del self.fields["party_work_since"]
        counts = [Div(name, css_class="col-sm-4") for name in ("expected", "present", "approving")]
        rest = [name for name in ("party_work_since", "story") if name in self.fields]
        self.helper = helper(self)
        self.helper.layout = Layout("meeting_on", Div(*counts, css_class="row"), *rest)


class SanctionForm(forms.Form):
    """Whether there is a sanction that counts, as the discipline side answered."""

    has_sanction = forms.TypedChoiceField(
        label=_("纪检部门答复"), choices=[("no", _("没有影响评选的处分")), ("yes", _("有处分"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("说明"), required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

    def clean(self):
        data = super().clean()
        if data.get("has_sanction") and not data.get("note"):
            self.add_error("note", _("请写明是什么处分、到什么时候。"))
        return data

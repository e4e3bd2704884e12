"""The forms of commitments: proposing, giving back, telling progress, judging, and the filters of the list."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.enums import CommitmentKind, CommitmentOutcomeKind, CommitmentShown, CommitmentState
from campaign.forms.photos import PapersField, PhotosField
from campaign.models import Rectification
from config.kit.crispy import helper
from config.kit.day_field import day_field

OF_ORGANIZATION = "organization"  # the choice that is no member
FACTS = ("kind", "text", "baseline", "target", "due_on", "answers")


def _sentences(rows=2):
    return forms.Textarea(attrs={"rows": rows})


class CommitmentForm(forms.Form):
    """`promisers`: members to choose from beside the organisation itself; None asks nothing."""

    member = forms.ChoiceField(label=_("承诺人"))
    kind = forms.ChoiceField(
        label=_("类别"), choices=CommitmentKind.choices, initial=CommitmentKind.DEED, widget=forms.RadioSelect,
        help_text=_("共性：大家都要做到的；岗位：本职上多做一步；实事：为群众办的一件事。"),
    )
    text = forms.CharField(
        label=_("承诺事项"), max_length=200, widget=_sentences(), help_text=_("一句话说清楚为谁做什么。"),
        error_messages={"required": _("请写承诺事项，例如“为 40 户困难家庭上门办证”。")},
    )
    baseline = forms.CharField(
        label=_("现在的情况"), max_length=120, error_messages={"required": _("请写现在的情况，评定时要和它比。")},
    )
    target = forms.CharField(
        label=_("要做到什么"), max_length=120, help_text=_("能数、能看得见的，例如“答复不超过 10 个工作日”。"),
        error_messages={"required": _("请写要做到什么，最好有数字。")},
    )
    due_on = day_field(_("完成期限"))
    answers = forms.ModelChoiceField(
        label=_("回应的整改"), queryset=Rectification.objects.none(), required=False, empty_label=_("没有"),
    )

    questions = ()

    def __init__(self, *args, organization, promisers=None, **kwargs):
        super().__init__(*args, **kwargs)
        if promisers is None:
            del self.fields["member"]
        else:
            self.promisers = {str(member.pk): member for member in promisers}
            choices = [(key, member.name) for key, member in self.promisers.items()]
            self.fields["member"].choices = [(OF_ORGANIZATION, organization.name), *choices]
        items = Rectification.objects.unfinished().filter(organization=organization).order_by("due_on", "pk")
        self.fields["answers"].queryset = items
        if not items.exists():
            self.fields["answers"].widget = forms.HiddenInput()
        self.helper = helper(self)

    def ask(self, questions):
        """Show each Question beside its field, before the field's own help."""
        self.questions = questions
        for question in questions:
            shown = self[question.field]  # kept since the form was cleaned, so the field itself would say it to nobody
            shown.help_text = " ".join(filter(None, [question.text, str(shown.help_text)]))

    def clean_member(self):
        """The chosen Member, or None for the organisation."""
        return self.promisers.get(self.cleaned_data["member"])


def words_of(commitment):
    """The initial data of the form for an existing commitment."""
    return {name: getattr(commitment, name) for name in FACTS}


class CommitmentShownForm(forms.Form):
    """Who may read it. Of a member's promise the name is asked for apart; `has_name` False asks nothing of the kind."""

    shown = forms.ChoiceField(
        label=_("给谁看"), widget=forms.RadioSelect,
        help_text=_("对外公开的，群众扫二维码就能在承诺公开栏看到，不用登录；以后随时可以改。"),
    )

    def __init__(self, *args, has_name, **kwargs):
        super().__init__(*args, **kwargs)
        choices = dict(CommitmentShown.choices)
        if has_name:
            choices[CommitmentShown.NAMED] = _("对外公开，写姓名")
        else:
            del choices[CommitmentShown.NAMELESS]
        self.fields["shown"].choices = list(choices.items())
        self.helper = helper(self)


class CommitmentReturnForm(forms.Form):
    note = forms.CharField(
        label=_("要改什么"), max_length=200, widget=_sentences(), help_text=_("写一句，承诺人改好后再提交。"),
        error_messages={"required": _("请写一句要改什么，再退回。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class CommitmentProgressForm(forms.Form):
    text = forms.CharField(
        label=_("进展"), max_length=200, widget=_sentences(), help_text=_("做到哪一步了，写数字更好。"),
        error_messages={"required": _("请写一句做到哪一步了。")},
    )
    happened_on = day_field(_("日期"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class CommitmentJudgeForm(forms.Form):
    """With `is_again` the commitment was judged before, and a reason is asked for."""

    outcome = forms.ChoiceField(
        label=_("结果"), choices=CommitmentOutcomeKind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选评定结果。")},
    )
    evidence = forms.CharField(
        label=_("依据"), max_length=200, widget=_sentences(), help_text=_("看了什么、问了谁，例如登记簿、回访记录。"),
        error_messages={"required": _("请写依据，例如登记簿、回访记录、现场看到的。")},
    )
    photos = PhotosField(help_text=_("可以不传，不按照片评定；自动压缩并去掉拍摄位置。"))
    documents = PapersField(label=_("文件"), required=False, help_text=_("登记簿、回访记录等，PDF 或不带宏的 Word。"))
    explanation = forms.CharField(
        label=_("说明"), max_length=200, required=False, widget=_sentences(),
        help_text=_("因客观原因未兑现的，要写明原因；对外公开的承诺，说明也公开。"),
    )
    happened_on = day_field(_("评定日期"))
    mend_by = day_field(
        _("未兑现的，整改期限"), required=False, help_text=_("评为“未兑现”的自动进整改台账，不填就是一个月；其他结果不用填。")
    )
    reason = forms.CharField(
        label=_("为什么改评"), max_length=200, widget=_sentences(), help_text=_("原来的评定会留着，两版都看得到。"),
        error_messages={"required": _("已经评定过，改评要写一句原因。")},
    )

    def __init__(self, *args, is_again, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_again:
            del self.fields["reason"]
        self.helper = helper(self)


class CommitmentFilterForm(forms.Form):
    """Filters of the list; all optional."""

    OVERDUE, UNTOLD = "overdue", "untold"
    WHOSE = [("", _("全部")), ("mine", _("我的")), ("organization", _("党组织的")), ("members", _("党员的"))]

    whose = forms.ChoiceField(label=_("谁的"), required=False, choices=WHOSE)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("不限")), *CommitmentState.choices, (OVERDUE, _("逾期")), (UNTOLD, _("本季度没有进展"))],
    )
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *CommitmentKind.choices])
    outcome = forms.ChoiceField(
        label=_("结果"), required=False, choices=[("", _("不限")), *CommitmentOutcomeKind.choices]
    )
    q = forms.CharField(
        label=_("姓名、单位或事项"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = forms.IntegerField(required=False, widget=forms.HiddenInput)

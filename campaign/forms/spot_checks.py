"""The forms of spot checks: publishing pool and rule, the public number, what was seen, and one more inspector."""
from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.domain.spot_checks import FEWEST_INSPECTORS
from campaign.domain.spot_pools import PoolRule
from campaign.domain.spot_visits import Answer
from campaign.enums import SpotLevel, VisitVerdict
from campaign.forms.photos import PhotosField
from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.enums import Category
from units.models import User

USUAL_QUESTIONS = [
    _("活动记录和会议记录对得上，时间、地点、人物写得清。"),
    _("公开承诺挂在看得见的地方，进展是真的。"),
    _("上次点评的问题改到了位。"),
    _("问三名党员，知道本支部在做什么。"),
    _("问三名群众或服务对象，说得出变化。"),
]


def _number(label, initial, most, **options):
    return forms.IntegerField(label=label, initial=initial, min_value=0, max_value=most, **options)


class UserChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        return user.display_name


class SpotCheckForm(forms.Form):
    """`inspectors`: accounts that may be named; `own`: names of the units of whoever publishes, who may leave them out."""

    title = forms.CharField(label=_("名称"), max_length=60, error_messages={"required": _("请写抽查的名称，例如“6月随机抽查”。")})
    level = forms.ChoiceField(
        label=_("抽到哪一级"), choices=SpotLevel.choices, initial=SpotLevel.BRANCHES, widget=forms.RadioSelect
    )
    take_organ = _number(_("机关司局抽几个"), 2, 200)
    take_institution = _number(_("直属事业单位抽几个"), 2, 200)
    take_society = _number(_("部管社会组织抽几个"), 1, 200)
    never_weight = _number(_("从没抽到过的，加几分权重"), 1, 9, help_text=_("每个党组织的基本权重是 1，权重越大越容易抽到。"))
    complaint_weight = _number(_("近一年有意见反映的，加几分权重"), 2, 9)
    hint_weight = _number(
        _("近一年记录有友好提示的，加几分权重"), 2, 9, help_text=_("两样都有的只加较大的一个。只公布合起来的权重，不公布由来。")
    )
    rest_months = _number(_("几个月内抽查过的不再抽"), 6, 36, help_text=_("写 0 就是不排除。"))
    seed_source = forms.CharField(
        label=_("用哪个公开号码"), max_length=100, help_text=_("公布以后才产生、谁都查得到的，例如“福彩3D第2011158期开奖号码”。"),
        error_messages={"required": _("请写用哪个公开号码。")},
    )
    seed_on = day_field(_("号码产生的日期"))
    questions = forms.CharField(
        label=_("看什么"), widget=forms.Textarea(attrs={"rows": 6}), help_text=_("一行一条，公布以后不改。"),
        error_messages={"required": _("请写要看什么，一行一条。")},
    )
    without_own = forms.BooleanField(label=_("我的单位不进范围，由我抽取"), required=False)
    inspectors = UserChoices(
        label=_("检查组"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("至少两个人。被抽单位的人到时自动回避。"), error_messages={"required": _("检查组至少两个人。")},
    )

    def __init__(self, *args, inspectors, own=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inspectors"].queryset = User.objects.filter(pk__in=[user.pk for user in inspectors]).order_by("pk")
        if own:
            self.fields["without_own"].help_text = _(
                "您所在或分管的有：%(units)s。勾选以后，它们不进范围，名称和原因一起公布；不勾选的，由不在范围里的人来抽取。"
            ) % {"units": "、".join(own)}
        else:
            del self.fields["without_own"]
        self.fields["questions"].initial = "\n".join(str(question) for question in USUAL_QUESTIONS)
        self.helper = helper(self)

    def clean_questions(self):
        """[sentence] without empty lines."""
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if any(len(line) > 100 for line in lines):
            raise forms.ValidationError(_("每条最多 100 字。"))
        return lines

    def clean_inspectors(self):
        chosen = list(self.cleaned_data["inspectors"])
        if len(chosen) < FEWEST_INSPECTORS:
            raise forms.ValidationError(_("检查组至少两个人。"))
        return chosen

    def rule(self, *, since):
        """The PoolRule of a valid form; complaints and hints count from the day `since`."""
        said = self.cleaned_data
        return PoolRule(
            level=said["level"], takes={category.value: said[f"take_{category.value}"] for category in Category},
            complaint_weight=said["complaint_weight"], never_weight=said["never_weight"], hint_weight=said["hint_weight"],
            rest_months=said["rest_months"], since=since,
        )


class DrawForm(forms.Form):
    seed = forms.CharField(
        label=_("公开号码"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("照公布的来源，从左到右只写数字。抽取以后不能改。"), error_messages={"required": _("请写公开号码。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class VisitForm(forms.Form):
    """One group of fields for each question; the page lays them out itself, so that it reads well on a phone."""

    visited_on = day_field(_("检查日期"))
    present = UserChoices(
        label=_("到场的人"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("检查至少两个人到场。")},
    )
    summary = forms.CharField(
        label=_("总的情况"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("做得好的也写一句。"),
    )

    def __init__(self, *args, questions, inspectors, due_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.usual_due_on = questions, due_on
        self.fields["present"].queryset = User.objects.filter(pk__in=inspectors).order_by("pk")
        for number, question in enumerate(questions):
            self.fields[f"verdict_{number}"] = forms.ChoiceField(
                label=question, choices=VisitVerdict.choices, widget=forms.RadioSelect,
                error_messages={"required": _("请选看到的情况，没有看的选“没有看”。")},
            )
            self.fields[f"note_{number}"] = forms.CharField(
                label=_("说明"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"due_{number}"] = day_field(_("整改期限"), required=False, initial=due_on)
        self.helper = helper(self)

    def groups(self):
        """[(verdict, note, due, whether another day than the usual was typed)], bound fields in the order of the checklist."""
        usual = ("", self.usual_due_on, self.usual_due_on.isoformat())
        return [
            (*(self[f"{name}_{n}"] for name in ("verdict", "note", "due")), self[f"due_{n}"].value() not in usual)
            for n in range(len(self.questions))
        ]

    def answers(self):
        """[Answer] of a valid form."""
        said = self.cleaned_data
        return [
            Answer(number, said[f"verdict_{number}"], said[f"note_{number}"], said[f"due_{number}"])
            for number in range(len(self.questions))
        ]


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么作废"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("和公布的内容一起留着，谁都看得到。"), error_messages={"required": _("作废要写一句原因。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class InspectorForm(forms.Form):
    user = forms.ModelChoiceField(
        label=_("加派谁"), queryset=User.objects.none(), empty_label=_("请选择"), error_messages={"required": _("请选加派谁。")}
    )

    def __init__(self, *args, inspectors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=[user.pk for user in inspectors]).order_by("pk")
        self.helper = helper(self)


class FindingPhotosForm(forms.Form):
    photos = PhotosField()

    def clean_photos(self):
        if not self.cleaned_data["photos"]:
            raise forms.ValidationError(_("请选照片。"))
        return self.cleaned_data["photos"]

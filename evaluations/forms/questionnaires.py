"""The forms of a questionnaire: its terms, and what it begins with."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from evaluations.domain.questionnaire_templates import TEMPLATES
from evaluations.domain.questionnaires import Terms
from evaluations.enums import USUAL_AUDIENCES, Audience, QuestionnaireAccess
from evaluations.models.questionnaire import HOURLY_CAP

MOST_ISSUED = 5000  # sheets of one audience
COPY = "copy:"
ASKED = (*USUAL_AUDIENCES, Audience.STAFF, Audience.SERVED)  # superiors are few: they would never be shown apart


def _number(label, low, high, **more):
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("请填整数。"),
            "min_value": _("不能小于 %(low)s。") % {"low": low}, "max_value": _("最多 %(high)s。") % {"high": high},
        },
        **more,
    )


class TermsForm(forms.Form):
    title = forms.CharField(
        label=_("名称"), max_length=60, error_messages={"required": _("请填名称，例如“窗口服务问卷”。")}
    )
    about = forms.CharField(
        label=_("开头的话"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("答的人最先看到的一两句，例如问什么、要几分钟。"),
    )
    access = forms.ChoiceField(
        label=_("谁可以答"), choices=[
            (QuestionnaireAccess.CLOSED, _("凭答题码：一人一张纸条，答一次")),
            (QuestionnaireAccess.OPEN, _("公开：扫海报的都能答，结果仅供参考")),
        ], widget=forms.RadioSelect, initial=QuestionnaireAccess.CLOSED,
    )
    ends_on = day_field(_("答到哪天"))
    members = _number(_("发给党员几份"), 0, MOST_ISSUED, help_text=_("凭答题码的填；几类人分开统计，不足 5 份的一类不单独公布。"))
    masses = _number(_("发给群众几份"), 0, MOST_ISSUED)
    staff = _number(_("发给职工几份"), 0, MOST_ISSUED)
    served = _number(_("发给服务对象几份"), 0, MOST_ISSUED)
    hourly_cap = _number(
        _("公开问卷每小时最多收几份"), 10, MOST_ISSUED, initial=HOURLY_CAP,
        help_text=_("所有人合在一起算，防止有人反复交；不记是谁交的。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

    @property
    def terms(self):
        """The Terms of a valid form."""
        told = self.cleaned_data
        issued = {audience.value: told[audience.value] or 0 for audience in ASKED}
        return Terms(
            title=told["title"], about=told["about"], access=told["access"], ends_on=told["ends_on"], issued=issued,
            hourly_cap=told["hourly_cap"] or HOURLY_CAP,
        )


class QuestionnaireForm(TermsForm):
    """With what it begins with: nothing, a template, or the questions of one of the `earlier` questionnaires."""

    start = forms.ChoiceField(label=_("从什么开始"), required=False)

    field_order = ["start"]

    def __init__(self, *args, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.earlier = {f"{COPY}{row.pk}": row for row in earlier}
        self.fields["start"].choices = [
            ("", _("空白问卷")), (_("现成的问卷"), [(key, template.title) for key, template in TEMPLATES.items()]),
        ]
        if earlier:
            copies = [(key, f"{row} {row.made_at:%Y-%m-%d}") for key, row in self.earlier.items()]
            self.fields["start"].choices += [(_("以前的问卷"), copies)]

    @property
    def beginning(self):
        """{"template": key, "copy_of": Questionnaire or None} of a valid form."""
        start = self.cleaned_data["start"]
        return {"template": start if start in TEMPLATES else "", "copy_of": self.earlier.get(start)}

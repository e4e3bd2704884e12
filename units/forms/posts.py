"""The forms that write down who takes a post, elected until when, and who leaves it."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.day_field import day_field
from units.enums import PostKind
from units.forms.standing import StepForm, sentence

YEARS = [("", _("没有任期")), *((str(n), _("%(n)s 年") % {"n": n}) for n in (2, 3, 5))]


class TakePostForm(StepForm):
    organization = forms.ModelChoiceField(
        label=_("在哪个党组织"), queryset=None, empty_label=None, error_messages={"required": _("请选党组织。")}
    )
    kind = forms.ChoiceField(
        label=_("党内职务"), choices=PostKind.choices, widget=forms.RadioSelect, error_messages={"required": _("请选党内职务。")}
    )
    elected_on = day_field(_("选举日期"), required=False, help_text=_("上级任命的、代理的空着。"))
    starts_on = day_field(_("任职时间"), help_text=_("上级批复的那天，或任命的那天。"))
    years = forms.TypedChoiceField(
        label=_("任期"), choices=YEARS, coerce=int, empty_value=None, required=False,
        help_text=_("从选举那天算起；没有选举日期的，从任职那天算起。"),
    )
    replaces = forms.BooleanField(
        label=_("接替现任"), required=False, help_text=_("换届、连任或接替时勾选：前一任到前一天为止。"),
    )

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations


class LeavePostForm(StepForm):
    happened_on = day_field(_("离任日期"), help_text=_("任职的最后一天。"))
    reason = sentence(_("原因"), error_messages={"required": _("请写一句原因，例如：工作调动。")})

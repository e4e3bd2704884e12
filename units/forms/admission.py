"""The forms of somebody who comes onto the roster: admitted by the branch, or received from outside the system."""
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.domain import id_numbers
from units.domain.admissions import Person
from units.domain.ledger_values import Expected, ethnicity_of
from units.enums import Gender

PHONE = r"^[0-9+\-—()（） 转]*$"
PAIRS = (
    ("name", "gender"), ("ethnicity", "born_on"), ("native_place", "education"), ("work_started_on", "administrative_post"),
    ("phone", "id_number"),
)


class PersonForm(forms.Form):
    """What the roster keeps of a person."""

    name = forms.CharField(label=_("姓名"), max_length=30, error_messages={"required": _("请写姓名。")})
    gender = forms.ChoiceField(
        label=_("性别"), choices=Gender.choices, widget=forms.RadioSelect, error_messages={"required": _("请选性别。")}
    )
    ethnicity = forms.CharField(label=_("民族"), max_length=20, initial=_("汉族"))
    born_on = day_field(_("出生日期"))
    native_place = forms.CharField(label=_("籍贯"), max_length=40, required=False)
    education = forms.CharField(label=_("学历"), max_length=20, required=False)
    work_started_on = day_field(_("参加工作时间"), required=False)
    administrative_post = forms.CharField(label=_("行政职务"), max_length=40, required=False)
    phone = forms.RegexField(
        PHONE, label=_("联系电话"), max_length=30, required=False,
        error_messages={"invalid": _("电话只写数字，区号和分机可以用短横隔开。")},
    )
    id_number = forms.CharField(label=_("身份证号"), max_length=18, required=False, help_text=_("加密保存，页面上只显示一部分。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)
        known = {name for pair in PAIRS for name in pair}
        rest = [Div(name) for name in self.fields if name not in known]
        self.helper.layout = Layout(*rest, *(
            Div(Div(left, css_class="col-sm-6"), Div(right, css_class="col-sm-6"), css_class="row") for left, right in PAIRS
        ))

    def clean_ethnicity(self):
        try:
            return ethnicity_of(self.cleaned_data["ethnicity"])
        except Expected as wrong:
            raise forms.ValidationError(_("请写民族，例如“汉族”“回族”。")) from wrong

    def clean_id_number(self):
        text = self.cleaned_data["id_number"].strip()
        number = id_numbers.full_number(text) if text else ""
        if number is None:
            raise forms.ValidationError(_("请写 18 位身份证号，末位校验要对得上；请照证件核对。"))
        return number

    @property
    def person(self):
        """The Person of a valid form."""
        return Person(**{name: self.cleaned_data[name] for name in Person.__dataclass_fields__})


class AdmissionForm(PersonForm):
    """A probationary member admitted by the branch meeting."""

    joined_on = day_field(_("支部党员大会通过的日期"), help_text=_("预备期从这一天算起，一年以后讨论转正。"))


class ReceptionForm(PersonForm):
    """A member whose papers come from outside."""

    came_from = forms.CharField(
        label=_("从哪里转来"), max_length=100, error_messages={"required": _("请写原来所在的党组织。")}
    )
    arrived_on = day_field(_("转入日期"))
    joined_on = day_field(_("入党时间"))
    full_on = day_field(_("转正时间"), required=False, help_text=_("预备党员不填。"))

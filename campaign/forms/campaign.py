"""The forms of the campaign frame: its own fields, a new campaign, and the rows of its parts."""
from crispy_forms.layout import Div, Layout
from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from campaign.enums import PhaseWork
from config.kit.crispy import helper
from config.kit.day_field import day_field
from units.enums import Category


def _paragraph(rows):
    return forms.Textarea(attrs={"rows": rows})


class CampaignForm(forms.Form):
    """The frame's own texts and days."""

    title = forms.CharField(label=_("名称"), max_length=60)
    requirement = forms.CharField(label=_("总体要求"), max_length=2000, widget=_paragraph(5))
    theme = forms.CharField(label=_("主题"), max_length=100)
    vehicle = forms.CharField(label=_("载体"), max_length=100)
    thread = forms.CharField(label=_("贯穿全程"), max_length=200, required=False)
    starts_on = day_field(_("开始日期"))
    ends_on = day_field(_("结束日期"))
    reply_days = forms.IntegerField(
        label=_("点评在几个工作日内回复"), min_value=0, max_value=30, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("只管以后的点评；填 0 就不要求回复。"),
        error_messages={name: _("请填 0 到 30 的整数。") for name in ("required", "invalid", "min_value", "max_value")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)
        self.helper.layout = Layout(
            "title", "requirement", "theme", "vehicle", "thread", Div("starts_on", "ends_on", css_class="cx-two"), "reply_days"
        )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        return cleaned


class CampaignNewForm(forms.Form):
    """A campaign from the template: everything else is filled in and can be changed before it is opened."""

    title = forms.CharField(label=_("名称"), max_length=60)
    code = forms.SlugField(
        label=_("代号"), max_length=30, help_text=_("用在网址和命令里，只用小写字母、数字和短横，例如 cxzy-2013。"),
        error_messages={"invalid": _("代号只能用字母、数字和短横。")},
    )
    starts_on = day_field(_("开始日期"), help_text=_("步骤、阶段和节点的日期按模板一起顺延，建好以后可以逐个改。"))

    follows = forms.ModelChoiceField(
        label=_("接着上一个活动"), queryset=None, required=False, empty_label=_("不接，条件和计分规则按模板"),
        help_text=_("五个好和五带头、指标、考评表、限制项和等次线沿用它的，各单位的细化也沿用；没有办完的整改和承诺，活动开始以后再结转。"),
    )

    def __init__(self, *args, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follows"].queryset = earlier
        self.helper = helper(self)

    def clean_code(self):
        return self.cleaned_data["code"].lower()


class FrameRow(forms.Form):
    """One row of a part; `id` is the row it changes, nothing for a new one."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    pairs = ()  # names of two fields that stand side by side

    def __init__(self, *args, campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.helper = helper(self)
        names = [name for name in self.fields if name != "id" and name not in self.pairs]
        self.helper.layout = Layout(*names, *([Div(*self.pairs, css_class="cx-two")] if self.pairs else []))
        self.helper.render_unmentioned_fields = True

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        return cleaned


class AimRow(FrameRow):
    title = forms.CharField(label=_("目标"), max_length=40)
    text = forms.CharField(label=_("说明"), max_length=300, required=False)


class StepRow(FrameRow):
    title = forms.CharField(label=_("步骤"), max_length=40)
    text = forms.CharField(label=_("要求"), max_length=1000, required=False, widget=_paragraph(2))
    starts_on = day_field(_("开始日期"))
    ends_on = day_field(_("结束日期"))
    pairs = ("starts_on", "ends_on")


class PhaseRow(FrameRow):
    step = forms.ModelChoiceField(label=_("所属步骤"), queryset=None, empty_label=_("请选择"))
    title = forms.CharField(label=_("主题"), max_length=60)
    text = forms.CharField(label=_("要求"), max_length=1000, required=False, widget=_paragraph(2))
    starts_on = day_field(_("开始日期"))
    ends_on = day_field(_("结束日期"))
    pairs = ("starts_on", "ends_on")

    def __init__(self, *args, campaign, **kwargs):
        super().__init__(*args, campaign=campaign, **kwargs)
        self.fields["step"].queryset = campaign.steps.order_by("position", "pk")


class MilestoneRow(FrameRow):
    title = forms.CharField(label=_("节点"), max_length=60)
    on = day_field(_("日期"))
    text = forms.CharField(label=_("说明"), max_length=200, required=False)
    pairs = ("title", "on")


class ThemeRow(FrameRow):
    category = forms.ChoiceField(label=_("单位类别"), choices=[("", _("请选择")), *Category.choices])
    theme = forms.CharField(label=_("主题"), max_length=100)
    text = forms.CharField(label=_("说明"), max_length=500, required=False)


class SpanRow(FrameRow):
    """A row that hangs on a step, or on one phase of it."""

    step = forms.ModelChoiceField(label=_("步骤"), queryset=None, empty_label=_("请选择"))
    phase = forms.ModelChoiceField(label=_("阶段"), queryset=None, required=False, empty_label=_("整个步骤"))

    def __init__(self, *args, campaign, **kwargs):
        super().__init__(*args, campaign=campaign, **kwargs)
        self.fields["step"].queryset = campaign.steps.order_by("position", "pk")
        self.fields["phase"].queryset = campaign.phases.order_by("starts_on", "pk")


class ExpectationRow(SpanRow):
    category = forms.ChoiceField(label=_("单位类别"), choices=[("", _("请选择")), *Category.choices])
    text = forms.CharField(label=_("要做到什么"), max_length=200, widget=_paragraph(2))
    pairs = ("step", "phase")


class PermissionRow(SpanRow):
    work = forms.ChoiceField(
        label=_("办什么"), choices=[("", _("请选择")), *PhaseWork.choices],
        help_text=_("同一件事可以写几行，落在哪一行的时间里都能办；一行也没有，就随时能办。"),
    )
    from_on = day_field(_("从哪天起"), required=False)
    until_on = day_field(_("到哪天止"), required=False, help_text=_("空着就是整个步骤或阶段。"))
    pairs = ("from_on", "until_on")
    field_order = ("id", "work", "step", "phase", "from_on", "until_on")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("结束日期不能早于开始日期。"))
        return cleaned


ROWS = {
    "aims": AimRow, "steps": StepRow, "phases": PhaseRow, "milestones": MilestoneRow, "themes": ThemeRow,
    "expectations": ExpectationRow, "permissions": PermissionRow,
}


class FrameRows(BaseFormSet):
    """Rows with a tick to take one away; the last one is blank, for a new row."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("删除这一行")

    @property
    def kept(self):
        """The forms that stay: not ticked for deletion, and not left blank."""
        staying = [form for form in self.forms if form not in self.deleted_forms]
        return [form for form in staying if form in self.initial_forms or form.has_changed()]

    @property
    def rows(self):
        """The kept rows as the domain takes them."""
        return [{name: value for name, value in form.cleaned_data.items() if name != "DELETE"} for form in self.kept]


def frame_rows(part, campaign, data=None, *, initial):
    """The formset of one part; one blank row stands behind the existing ones."""
    rows = formset_factory(ROWS[part], formset=FrameRows, extra=1, can_delete=True, can_delete_extra=False, max_num=40)
    return rows(data, initial=initial, prefix="rows", form_kwargs={"campaign": campaign})


def typed_rows(data):
    """What stands in the rows of a sent form, as initial data, blank ones left out: a row more without losing text."""
    total = data.get("rows-TOTAL_FORMS", "0")
    rows = []
    for number in range(min(int(total) if total.isdecimal() else 0, 40)):
        prefix = f"rows-{number}-"
        row = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
        if any(value for name, value in row.items() if name != "id"):
            rows.append(row)
    return rows


class WeightRow(forms.Form):
    """One criterion; its code is the form's prefix."""

    title = forms.CharField(label=_("名称"), max_length=20)
    text = forms.CharField(label=_("内容"), max_length=1000, widget=_paragraph(2))
    weight = forms.IntegerField(
        label=_("权重"), min_value=0, max_value=100, error_messages={"max_value": _("权重不能超过 100。")}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么改"), max_length=200, widget=_paragraph(2), help_text=_("旧的一版会留着，已经算过的分不变。"),
        error_messages={"required": _("请写一句为什么改。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class ErrorsOf:
    """Several forms of one page as the error summary takes them: one list, one count."""

    def __init__(self, forms):
        self._forms = list(forms)

    @property
    def is_bound(self):
        return any(form.is_bound for form in self._forms)

    @property
    def errors(self):
        return {
            f"{number}-{name}": errors
            for number, form in enumerate(self._forms) if form.is_bound
            for name, errors in form.errors.items()
        }

    def non_field_errors(self):
        return [error for form in self._forms if form.is_bound for error in form.non_field_errors()]

    def __iter__(self):
        for form in self._forms:
            if form.is_bound:
                yield from form


class CarryOverForm(forms.Form):
    """The day for what is overdue; the ticks of what stays are named keep=rectification-12, commitment-3 or members-7."""

    new_day = day_field(_("过了期限的，新的期限"), help_text=_("期限还没到的不变；已经过期，或者晚于活动结束的，改到这一天。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

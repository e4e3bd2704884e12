"""Forms of an award round: its dates and quotas, the filter of its board, and the decision."""
import re

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.dates import chinese_date
from config.kit.day_field import day_field
from evaluations.domain.awards import published_runs
from evaluations.domain.honour_conditions import ABOUT_PERSONS, Asked
from evaluations.enums import AwardKind, HonourDemand, NominationState, QuotaBasis
from units.enums import Category, HonourLevel

_QUOTA = re.compile(r"^(\d{1,5})(?:\.(\d{1,2}))?\s*([%％])?$")


class QuotaField(forms.CharField):
    """`12` is a number, `10%` or `7.5%` a share of those eligible; empty gives no quota. Cleans to (basis, value)."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        found = _QUOTA.match(text)
        if not found or (found[2] and not found[3]):
            raise forms.ValidationError(_("请写个数（如 12）或比例（如 10%）。"))
        if not found[3]:
            return (QuotaBasis.NUMBER, int(found[1]))
        hundredths = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
        if hundredths > 10_000:
            raise forms.ValidationError(_("比例不能超过 100%。"))
        return (QuotaBasis.PERCENT, hundredths)


def quota_text(basis, value):
    """The words that QuotaField reads as this quota."""
    if basis == QuotaBasis.NUMBER:
        return str(value)
    return f"{value // 100}%" if value % 100 == 0 else f"{value / 100:g}%"


class RunChoice(forms.ModelChoiceField):
    def label_from_instance(self, run):
        return _("情况算到%(day)s（第 %(number)s 次）") % {"day": chinese_date(run.as_of), "number": run.pk}


class RoundForm(forms.Form):
    """A round; quotas stand in fields named kind__category, what is asked of honours in three fields for each award of
    persons. `code` can be chosen once only."""

    title = forms.CharField(label=_("名称"), max_length=60, error_messages={"required": _("请填名称。")})
    code = forms.SlugField(
        label=_("代号"), max_length=30, help_text=_("用在导出命令里，只用小写字母、数字和短横，例如 qiyi-2011。"),
        error_messages={"required": _("请填代号。"), "invalid": _("代号只用字母、数字和短横。")},
    )
    cutoff_on = day_field(_("组织关系截止日"), help_text=_("这一天组织关系在本单位的才能参加评选。"))
    nominations_due_on = day_field(_("推荐截止日"), help_text=_("逾期视为放弃。"))
    run = RunChoice(label=_("计分结果"), queryset=None, required=False, empty_label=_("还没有选定"))

    def __init__(self, *args, campaign, round=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.round = round
        self.fields["run"].queryset = published_runs(campaign)
        if round is not None:
            del self.fields["code"]
        main = list(self.fields)
        for kind in AwardKind:
            for category in Category:
                label = _("%(kind)s，%(category)s") % {"kind": kind.label, "category": category.label}
                widget = forms.TextInput(attrs={"class": "form-control", "inputmode": "text", "size": 8})
                name = f"{kind.value}__{category.value}"
                self.fields[name] = QuotaField(label=label, required=False, max_length=10, widget=widget)
        for kind in ABOUT_PERSONS:
            self._ask_for_honours(kind)
        self.helper = helper(self)
        self.helper.layout = Layout(*main)

    def _ask_for_honours(self, kind):
        """The three fields of one award: whether one is asked for, how high, and since when."""
        select = {"class": "form-select"}
        self.fields[f"honour_demand__{kind.value}"] = forms.ChoiceField(
            label=_("%(award)s，荣誉要求") % {"award": kind.label}, required=False,
            choices=[("", _("不要求")), *HonourDemand.choices], widget=forms.Select(attrs=select),
        )
        self.fields[f"honour_level__{kind.value}"] = forms.ChoiceField(
            label=_("%(award)s，荣誉级别不低于") % {"award": kind.label}, required=False,
            choices=[("", _("请选择")), *HonourLevel.choices], widget=forms.Select(attrs=select),
        )
        since = day_field(_("%(award)s，荣誉从哪天起") % {"award": kind.label}, required=False)
        since.widget.attrs["class"] = "form-control"
        self.fields[f"honour_since__{kind.value}"] = since

    @classmethod
    def initial_of(cls, round):
        """The form's initial data of an existing round."""
        fields = ("title", "cutoff_on", "nominations_due_on", "run")
        quotas = {f"{q.kind}__{q.category}": quota_text(q.basis, q.value) for q in round.quotas.all()}
        honours = {}
        for one in round.honour_conditions.all():
            said = {"demand": one.demand, "level": one.level, "since": one.since_on}
            honours |= {f"honour_{name}__{one.kind}": value for name, value in said.items()}
        return {**{name: getattr(round, name) for name in fields}, **quotas, **honours}

    @property
    def quota_rows(self):
        """[(kind, [(category, bound field)])] for the table of the page."""
        return [
            (kind.label, [(category.label, self[f"{kind.value}__{category.value}"]) for category in Category])
            for kind in AwardKind
        ]

    @property
    def honour_rows(self):
        """[(award, demand, level, since)], the last three bound fields, for the second table of the page."""
        names = ("demand", "level", "since")
        return [(kind.label, *(self[f"honour_{name}__{kind.value}"] for name in names)) for kind in ABOUT_PERSONS]

    @property
    def category_words(self):
        return Category.labels

    def clean_code(self):
        return self.cleaned_data["code"].lower()

    def clean(self):
        data = super().clean()
        quotas = {}
        for kind in AwardKind.values:
            for category in Category.values:
                value = data.pop(f"{kind}__{category}", None)
                if value:
                    quotas[(kind, category)] = value
        data["quotas"] = quotas
        data["honours"] = {kind.value: asked for kind in ABOUT_PERSONS if (asked := self._asked(data, kind))}
        return data

    def _asked(self, data, kind):
        """The Asked of one award, or None; what else is filled in counts for nothing where no honour is asked for."""
        demand, level, since = (data.pop(f"honour_{name}__{kind.value}", None) for name in ("demand", "level", "since"))
        if not demand:
            return None
        if not level:
            self.add_error(f"honour_level__{kind.value}", _("请选荣誉的级别。"))
        if since is None and f"honour_since__{kind.value}" not in self.errors:
            self.add_error(f"honour_since__{kind.value}", _("请填荣誉从哪天起算。"))
        return Asked(demand, level, since) if level and since else None


class BoardFilterForm(forms.Form):
    """Filters of the nominees; all optional."""

    kind = forms.ChoiceField(label=_("奖项"), required=False, choices=[("", _("全部奖项")), *AwardKind.choices])
    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("不限")), *NominationState.choices])
    q = forms.CharField(label=_("姓名或单位"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))


class DecisionForm(forms.Form):
    """The document that carries the decision."""

    document_number = forms.CharField(
        label=_("文号"), max_length=40, help_text=_("例如：直党发〔2011〕12号。"), error_messages={"required": _("请填文号。")}
    )
    signed_on = day_field(_("成文日期"))
    signer = forms.CharField(label=_("发文机关"), max_length=60, error_messages={"required": _("请填发文机关。")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

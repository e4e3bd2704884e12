"""Forms of the rules: all indicators of one criterion together, one gate, all bands."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.numbers import NotPoints, parse_points, points_text
from evaluations.domain.indicators import IndicatorText
from evaluations.domain.measures import MEASURES
from evaluations.domain.measures.parameters import Choice, Codes
from evaluations.enums import MeasureName, Source
from units.enums import Category

PARAMETER = "p_"  # parameters stand under their own names in the form, behind this


def _reason():
    return forms.CharField(
        label=_("为什么改"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("旧的一版会留着，以前的计分不变。"), error_messages={"required": _("请写一句为什么改。")},
    )


class ReasonForm(forms.Form):
    """Why the rules change; one for all rows of the page."""

    reason = _reason()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class IndicatorForm(forms.Form):
    """One indicator: `standing` (None: a new one) of kind `measure`, with that measure's parameters as fields of their own.

    A new one starts with what the indicator `like` says, if given.
    """

    title = forms.CharField(label=_("指标"), max_length=40, error_messages={"required": _("请写指标的名称。")})
    points = forms.IntegerField(
        label=_("分值"), min_value=1, max_value=100, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("请填分值。"), "invalid": _("分值应为整数。"), "min_value": _("分值在 1 到 100 之间。"),
                        "max_value": _("分值在 1 到 100 之间。")},
    )
    source = forms.ChoiceField(label=_("来源"), choices=Source.choices)
    category = forms.ChoiceField(label=_("单位类别"), required=False, choices=[("", _("各类都用")), *Category.choices])
    text = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args, measure, track, words, standing=None, like=None, **kwargs):
        like, initial = standing or like, {}
        if like is not None:
            initial = {name: getattr(like, name) for name in ("title", "points", "source", "category", "text")}
        super().__init__(*args, initial=initial, **kwargs)
        self.measure, self.standing, self.schema = measure, standing, MEASURES[measure].schema
        self.measure_label = MeasureName(measure).label
        known = like.parameters if like else {}
        for parameter in self.schema:
            field = _field(parameter, words.choices(measure, parameter, track))
            field.initial = known.get(parameter.name, parameter.default)
            self.fields[PARAMETER + parameter.name] = field
        if standing is not None:
            self.fields["remove"] = forms.BooleanField(label=_("删去这项指标"), required=False)
        self.helper = helper(self)

    @property
    def parameter_fields(self):
        return [self[PARAMETER + parameter.name] for parameter in self.schema]

    @property
    def is_removed(self):
        """Ticked for removal; then nothing else in the row matters."""
        return "remove" in self.fields and bool(self["remove"].value())

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.is_removed:
            self._errors = forms.utils.ErrorDict()

    @property
    def indicator(self):
        """The row as the domain takes it."""
        said = self.cleaned_data
        parameters = {parameter.name: said[PARAMETER + parameter.name] for parameter in self.schema}
        return IndicatorText(
            title=said["title"], points=said["points"], source=said["source"], text=said["text"], category=said["category"],
            measure=self.measure, parameters=parameters, standing=self.standing,
        )


def _field(parameter, choices):
    """The form field of one parameter of a measure."""
    if isinstance(parameter, Choice):
        return forms.ChoiceField(label=parameter.title, choices=parameter.options)
    if isinstance(parameter, Codes):
        return forms.MultipleChoiceField(
            label=parameter.title, choices=list(choices.items()), required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("一个也不选，就是不限。"),
        )
    return forms.IntegerField(
        label=parameter.title, min_value=parameter.least, max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), error_messages={"invalid": _("请填整数。")},
    )


class _PercentField(forms.CharField):
    """A percentage as typed, kept in ten-thousandths of 1: "90" is 9000, "87.5" is 8750."""

    def clean(self, value):
        typed = super().clean(value)
        try:
            return parse_points(typed) // 100
        except NotPoints as refusal:
            raise forms.ValidationError(_("请填百分数，最多两位小数，例如 90。")) from refusal


class GateForm(forms.Form):
    """The line of one gate."""

    minimum = _PercentField(label=_("限制线（%）"), max_length=7, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    reason = _reason()

    def __init__(self, *args, gate, **kwargs):
        super().__init__(*args, initial={"minimum": points_text(gate.minimum * 100)}, **kwargs)
        self.helper = helper(self)


class PointsField(forms.CharField):
    """Points as typed, in ten-thousandths."""

    def clean(self, value):
        try:
            return parse_points(super().clean(value))
        except NotPoints as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class BandForm(forms.Form):
    """The lines of all bands, the best first; the last one starts at 0 and is not asked for."""

    def __init__(self, *args, bands, **kwargs):
        super().__init__(*args, **kwargs)
        self.bands = bands
        for band in bands[:-1]:
            self.fields[f"minimum_{band.code}"] = PointsField(
                label=_("“%(title)s”从多少分起") % {"title": band.title}, max_length=9, initial=points_text(band.minimum),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        self.fields["reason"] = _reason()
        self.helper = helper(self)

    @property
    def minimums(self):
        return {band.code: self.cleaned_data[f"minimum_{band.code}"] for band in self.bands[:-1]}

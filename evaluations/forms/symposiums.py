"""The forms of a discussion meeting: who came and what was raised; one point put right or answered."""
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from evaluations.enums import Audience


@dataclass(frozen=True)
class Row:
    """One group with its three inputs."""

    label: str
    number: object
    note: object
    points: object


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


class SymposiumForm(forms.Form):
    title = forms.CharField(
        label=_("名称"), max_length=60, error_messages={"required": _("请写名称，例如“服务对象座谈会”。")}
    )
    held_on = day_field(_("日期"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for audience in Audience:
            self.fields[f"number_{audience}"] = forms.IntegerField(
                label=_("%(who)s参加几人") % {"who": audience.label}, min_value=0, max_value=999, required=False,
                error_messages={
                    "invalid": _("请填整数。"), "min_value": _("人数不能小于 0。"), "max_value": _("最多 999 人。")
                },
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 3}),
            )
            self.fields[f"note_{audience}"] = forms.CharField(
                label=_("%(who)s是些什么人") % {"who": audience.label}, max_length=40, required=False
            )
            self.fields[f"points_{audience}"] = forms.CharField(
                label=_("%(who)s提的意见") % {"who": audience.label}, required=False, max_length=6000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.helper = helper(self)

    @property
    def rows(self):
        return [
            Row(audience.label, *(self[f"{name}_{audience}"] for name in ("number", "note", "points"))) for audience in Audience
        ]

    @property
    def content(self):
        """What `record_symposium` takes, of a valid form."""
        told = self.cleaned_data
        parties = {a.value: (told[f"number_{a}"] or 0, told[f"note_{a}"]) for a in Audience}
        points = [(a.value, text) for a in Audience for text in _lines(told[f"points_{a}"])]
        return {name: told[name] for name in ("title", "held_on", "place")} | {"parties": parties, "points": points}


class PointsForm(forms.Form):
    """`audiences`: the groups that came, as choices."""

    audience = forms.ChoiceField(label=_("谁提的"), widget=forms.RadioSelect, error_messages={"required": _("请选谁提的。")})
    points = forms.CharField(
        label=_("意见"), max_length=6000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一条；只写事，不写是谁说的。"), error_messages={"required": _("请写意见，一行一条。")},
    )

    def __init__(self, *args, audiences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = audiences
        self.helper = helper(self)

    @property
    def content(self):
        """[(audience, text)] of a valid form."""
        return [(self.cleaned_data["audience"], text) for text in _lines(self.cleaned_data["points"])]


class PointRectifyForm(forms.Form):
    problem = forms.CharField(
        label=_("要改什么"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写一句要改什么。")},
    )
    due_on = day_field(_("整改期限"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)


class PointAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("答复"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("办了的写办得怎样，办不了的写为什么；会告诉参加的人。"), error_messages={"required": _("请写答复。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(self)

"""The form of one question of a questionnaire; which fields it has depends on the kind of question."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from evaluations.domain.questions import CHOSEN_FROM
from evaluations.enums import QuestionKind


def _lines(label, help_text):
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=600, help_text=help_text
    )


def _bound(label):
    return forms.IntegerField(
        label=label, required=False, min_value=-10**8, max_value=10**8, error_messages={
            "invalid": _("请填整数。"), "min_value": _("这个数太小了。"), "max_value": _("这个数太大了。"),
        },
    )


class QuestionForm(forms.Form):
    """`earlier`: the questions before this one, on which it may depend; a choice is "pk:place"."""

    title = forms.CharField(label=_("题目"), max_length=120, error_messages={"required": _("请写题目。")})
    hint = forms.CharField(label=_("补充说明"), max_length=200, required=False)

    def __init__(self, *args, kind, earlier=(), **kwargs):
        super().__init__(*args, **kwargs)
        if kind == QuestionKind.SECTION:
            self.fields["title"].label = _("小节标题")
            del self.fields["hint"]
        if kind in CHOSEN_FROM:
            self.fields["options"] = _lines(_("选项"), _("一行一个。"))
        if kind == QuestionKind.MATRIX:
            self.fields["rows"] = _lines(_("评价的事项"), _("一行一个；每项按满意、比较满意、基本满意、不满意、不了解来选。"))
        if kind == QuestionKind.NUMBER:
            self.fields["smallest"], self.fields["largest"] = _bound(_("最小")), _bound(_("最大"))
        self.earlier = {row.pk: row for row in earlier if row.kind in CHOSEN_FROM}
        if self.earlier and kind != QuestionKind.SECTION:
            self.fields["condition"] = forms.MultipleChoiceField(
                label=_("选了下面的才问"), required=False, widget=forms.CheckboxSelectMultiple,
                help_text=_("都不勾，就每个人都问。只能勾同一道题的选项。"), choices=[
                    (f"{row.pk}:{place}", f"{row.title}　{word}")
                    for row in self.earlier.values() for place, word in enumerate(row.options)
                ],
            )
        self.helper = helper(self)

    def clean_condition(self):
        chosen = [word.split(":") for word in self.cleaned_data["condition"]]
        if len({key for key, _place in chosen}) > 1:
            raise forms.ValidationError(_("请只勾同一道题的选项。"))
        return chosen

    @property
    def content(self):
        """What `add_question` and `change_question` take, of a valid form."""
        told = dict(self.cleaned_data)
        chosen = told.pop("condition", [])
        for name in ("options", "rows"):
            if name in told:
                told[name] = told[name].splitlines()
        after = self.earlier[int(chosen[0][0])] if chosen else None
        return told | {"shown_after": after, "shown_for": [int(place) for _key, place in chosen]}


def initial_of(question):
    """The form's words for a question that stands."""
    return {
        "title": question.title, "hint": question.hint, "options": "\n".join(question.options),
        "rows": "\n".join(question.rows), "smallest": question.smallest, "largest": question.largest,
        "condition": [f"{question.shown_after_id}:{place}" for place in question.shown_for],
    }

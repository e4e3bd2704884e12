"""The form of a review and the filters of the list."""
from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from evaluations.domain.reviews import MOST_PROBLEMS, Problem
from evaluations.enums import ReviewForm as Form
from evaluations.enums import ReviewOccasion

PARTS = ("form", "occasion", "strengths", "direction", "happened_on")


def _sentences(rows=2):
    return forms.Textarea(attrs={"rows": rows})


class ReviewForm(forms.Form):
    """Three parts; up to three problems, each of which may ask for rectification by a day.

    `items`: the rectification items already made, by problem number; such a problem keeps its item and cannot ask again.
    With `needs_reason` it is a correction.
    """

    strengths = forms.CharField(label=_("肯定的"), max_length=300, required=False, widget=_sentences())
    direction = forms.CharField(
        label=_("努力方向"), max_length=300, widget=_sentences(),
        error_messages={"required": _("请写努力方向，没有方向的点评不能发出。")},
    )
    form = forms.ChoiceField(label=_("点评形式"), choices=Form.choices, initial=Form.ANYTIME, widget=forms.RadioSelect)
    occasion = forms.ChoiceField(
        label=_("场合"), required=False, choices=[("", _("其他")), *ReviewOccasion.choices]
    )
    happened_on = day_field(_("日期"))

    def __init__(self, *args, due_on, items=None, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = items or {}
        for number in range(1, MOST_PROBLEMS + 1):
            self._add_problem(number, due_on)
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("为什么更正"), max_length=200, widget=_sentences(), help_text=_("新旧两版和原因都会留着。"),
                error_messages={"required": _("请写一句更正的原因。")},
            )
        self.helper = helper(self)

    def _add_problem(self, number, due_on):
        label = _("问题") if number == 1 else _("问题 %(number)s") % {"number": number}
        self.fields[f"problem_{number}"] = forms.CharField(
            label=label, max_length=200, required=number == 1, widget=_sentences(),
            error_messages={"required": _("请至少写一个问题，没有问题的点评不能发出。")},
        )
        if number not in self.items:
            self.fields[f"mend_{number}"] = forms.BooleanField(label=_("要求整改"), required=False)
            self.fields[f"due_{number}"] = day_field(_("期限"), required=False, initial=due_on)

    @property
    def problem_rows(self):
        """What the page draws per problem: number, bound fields, the item already made (or None), whether it is in use."""
        rows = []
        for number in range(1, MOST_PROBLEMS + 1):
            item = self.items.get(number)
            text = self[f"problem_{number}"]
            fields = (None, None) if item else (self[f"mend_{number}"], self[f"due_{number}"])
            rows.append({
                "number": number, "text": text, "mend": fields[0], "due": fields[1], "item": item,
                "is_open": number == 1 or bool(text.value() or text.errors or item),
            })
        return rows

    def clean(self):
        cleaned = super().clean()
        for number in range(1, MOST_PROBLEMS + 1):
            text = cleaned.get(f"problem_{number}", "")
            if cleaned.get(f"mend_{number}") and text and not cleaned.get(f"due_{number}"):
                if f"due_{number}" not in self.errors:
                    self.add_error(f"due_{number}", _("要求整改的，请选期限。"))
            if cleaned.get(f"mend_{number}") and not text and number > 1:
                self.add_error(f"problem_{number}", _("要求整改的，请写是什么问题。"))
        return cleaned

    @property
    def problems(self):
        """The cleaned problems as the domain takes them, in their order; empty ones without an item left out."""
        said, found = self.cleaned_data, []
        for number in range(1, MOST_PROBLEMS + 1):
            text, item = said.get(f"problem_{number}", ""), self.items.get(number)
            if text:
                found.append(Problem(text, said.get(f"due_{number}") if said.get(f"mend_{number}") else None, item))
        return found

    @property
    def parts(self):
        """The other cleaned fields as the domain takes them."""
        return {name: self.cleaned_data[name] for name in PARTS}


def parts_of(review, problems):
    """The initial data of the form for an existing review."""
    return {name: getattr(review, name) for name in PARTS} | {
        f"problem_{number}": problem.text for number, problem in enumerate(problems, start=1)
    }


class ReviewFilterForm(forms.Form):
    """Filters of the list; all optional. `halves` are the half-years of the campaign so far."""

    half = forms.ChoiceField(label=_("时间"), required=False)
    state = forms.ChoiceField(
        label=_("看什么"), required=False, choices=[("", _("全部")), ("missing", _("只看还没点评的"))]
    )
    whose = forms.ChoiceField(label=_("谁点评的"), required=False, choices=[("", _("不限")), ("mine", _("我点评的"))])
    subject = forms.ChoiceField(
        label=_("点评谁"), required=False,
        choices=[("", _("不限")), ("organizations", _("党组织")), ("members", _("党员"))],
    )
    q = forms.CharField(
        label=_("姓名或单位"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = forms.IntegerField(required=False, widget=forms.HiddenInput)
    level = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def __init__(self, *args, halves, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(half.code, half.title) for half in halves]
        self.fields["half"].choices = [("", named[0][1] if named else _("本半年")), *named[1:], ("all", _("全部时间"))]

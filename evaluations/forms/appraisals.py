"""The form of an appraisal's counts: heading, turnout by audience, and a table of items, audiences and answers."""
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from evaluations.domain.appraisal_figures import ANSWERS, Tally
from evaluations.domain.appraisal_list import CONFIRMED, WAITING
from evaluations.domain.appraisals import CountLine, Typed, count_faults, items_of
from evaluations.enums import USUAL_AUDIENCES, AppraisalSheet, Audience
from evaluations.models import AppraisalCount
from units.enums import Category

ANSWER_LABELS = {name: AppraisalCount._meta.get_field(name).verbose_name for name in ANSWERS}
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
LONGEST = 5


@dataclass
class TableCell:
    """One input: how often one answer was given."""

    name: str
    label: str
    title: object
    value: str


@dataclass
class TableLine:
    """Answers of one audience to one item about one subject; `errors` are its own sentences."""

    member: object
    item: object
    audience: object
    cells: list
    errors: list = field(default_factory=list)

    @property
    def label(self):
        return self.audience.label

    @property
    def error_id(self):
        return f"{self.cells[0].name}-error"


@dataclass
class TableItem:
    """One item with a line per audience."""

    title: object
    lines: list


@dataclass
class TableSubject:
    """The organisation (`member` None) or one member, with the items of the sheet."""

    member: object
    items: list


class AppraisalForm(forms.Form):
    """`members`: whose rows the table has, [None] for the organisation's own; `tallies`: {(member id, item, audience): Tally}
    to start from; `audiences`: who is told apart. With `turnouts` heading and turnout stand already,
    without `with_heading` only the heading; with `needs_reason` it is a correction."""

    title = forms.CharField(
        label=_("名称"), max_length=60, error_messages={"required": _("请写名称，例如“2011年上半年群众评议”。")}
    )
    happened_on = day_field(_("评议日期"))

    def __init__(
        self, *args, sheet, members=(None,), audiences=USUAL_AUDIENCES, tallies=None, turnouts=None, needs_reason=False,
        with_heading=True, **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.sheet, self.known_turnouts, self.audiences = sheet, turnouts, audiences
        if turnouts is None:
            for audience in audiences:
                for name, label in (("issued", _("%(group)s发出")), ("returned", _("%(group)s收回"))):
                    self.fields[f"{name}_{audience.value}"] = forms.IntegerField(
                        label=label % {"group": audience.label}, min_value=0, max_value=99_999,
                        initial=0 if with_heading else None,  # the second typing starts empty, so that nobody overlooks a 0
                        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                        error_messages={"required": _("没有就填 0。"), "invalid": _("请填整数。"), "min_value": _("请填整数。")},
                    )
        else:
            with_heading = False
        if not with_heading:
            del self.fields["title"], self.fields["happened_on"]
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("为什么更正"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("更正以后要请另一位同志重新录一遍才算数。"), error_messages={"required": _("请写一句更正的原因。")},
            )
        self.table = [self._subject(member, tallies or {}) for member in members]
        self.helper = helper(self)

    def _subject(self, member, tallies):
        items = []
        for item in items_of(self.sheet):
            lines = [self._line(member, item, audience, tallies) for audience in self.audiences]
            items.append(TableItem(item.label, lines))
        return TableSubject(member, items)

    def _line(self, member, item, audience, tallies):
        key = member.pk if member else None
        tally = tallies.get((key, item.value, audience.value))
        where = "，".join(str(part) for part in (member, item.label, audience.label) if part)
        cells = []
        for answer, label in ANSWER_LABELS.items():
            name = f"n-{key or 0}-{item.value}-{audience.value}-{answer}"
            typed = self.data.get(name, "") if self.is_bound else (getattr(tally, answer) if tally else "")
            cells.append(TableCell(name, label, f"{where}，{label}", str(typed)))
        return TableLine(member, item, audience, cells)

    @property
    def turnout_fields(self):
        """[(发出, 收回)] by audience, as bound fields; none where they stand already."""
        if self.known_turnouts is not None:
            return []
        return [(self[f"issued_{audience.value}"], self[f"returned_{audience.value}"]) for audience in self.audiences]

    @property
    def table_lines(self):
        return [line for subject in self.table for item in subject.items for line in item.lines]

    def clean(self):
        cleaned = super().clean()
        self.lines = []
        for line in self.table_lines:
            numbers = [self._number(line, cell) for cell in line.cells]
            self.lines.append(CountLine(line.member, line.item, line.audience, Tally(*(n or 0 for n in numbers))))
        if self.errors:
            return cleaned
        by_place = {id(counted): shown for counted, shown in zip(self.lines, self.table_lines, strict=True)}
        for place, sentence in count_faults(self.turnouts, self.lines):
            if isinstance(place, str) and place in self.fields:
                self.add_error(place, sentence)
                continue
            if id(place) in by_place:
                by_place[id(place)].errors.append(sentence)
            self.add_error(None, sentence)
        return cleaned

    def _number(self, line, cell):
        typed = cell.value.strip().translate(DIGITS)
        if not typed:
            return 0
        if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST:
            return int(typed)
        sentence = _("%(place)s：应为整数，现在是“%(value)s”。") % {"place": cell.title, "value": cell.value[:10]}
        line.errors.append(sentence)
        self.add_error(None, sentence)
        return None

    @property
    def turnouts(self):
        """{audience: (issued, returned)}, typed or known before."""
        if self.known_turnouts is not None:
            return self.known_turnouts
        said = self.cleaned_data
        return {
            audience.value: (said[f"issued_{audience.value}"], said[f"returned_{audience.value}"])
            for audience in self.audiences
        }

    @property
    def typed(self):
        """What was typed, as the domain takes it."""
        return Typed(self.cleaned_data["title"], self.cleaned_data["happened_on"], self.turnouts, self.lines)


def heading_of(appraisal, turnouts):
    """The initial data of the form for an existing version."""
    found = {"title": appraisal.title, "happened_on": appraisal.happened_on}
    for audience in Audience:
        issued, returned = turnouts.get(audience.value, (0, 0))
        found |= {f"issued_{audience.value}": issued, f"returned_{audience.value}": returned}
    return found


class AppraisalFilterForm(forms.Form):
    """Filters of the list; all optional."""

    sheet = forms.ChoiceField(label=_("评议表"), required=False, choices=[("", _("全部")), *AppraisalSheet.choices])
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("不限")), (WAITING, _("待核对")), (CONFIRMED, _("已核对"))]
    )
    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    q = forms.CharField(
        label=_("单位或名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = forms.IntegerField(required=False, widget=forms.HiddenInput)

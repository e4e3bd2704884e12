"""The form of an assessment sheet: a row per item with self-assessment, deduction, bonus and reason."""
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.crispy import helper
from config.kit.day_field import day_field
from config.kit.numbers import NotPoints, parse_points, points_text
from evaluations.domain.markings import MarkLine, mark_faults
from units.enums import Category

PARTS = {"self": _("自评"), "deduction": _("扣分"), "bonus": _("加分")}
LONGEST_REASON = 200


@dataclass
class SheetCell:
    """One input of a row; `name` is empty where the item has no bonus."""

    name: str
    label: object
    title: str
    value: str


@dataclass
class SheetRow:
    """One item with its inputs; `errors` are its own sentences."""

    item: object
    points: list
    reason: SheetCell
    errors: list = field(default_factory=list)

    @property
    def error_id(self):
        return f"m-{self.item.code}-error"


class MarkingForm(forms.Form):
    """`items`: the sheet; `lines`: {item code: MarkLine} to start from. With `needs_reason` it is a correction."""

    happened_on = day_field(_("考评日期"))
    note = forms.CharField(
        label=_("总的说明"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, items, lines=None, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("为什么更正"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("新旧两版和原因都会留着。"), error_messages={"required": _("请写一句更正的原因。")},
            )
        self.rows = [self._row(item, (lines or {}).get(item.code)) for item in items]
        self.helper = helper(self)

    def _row(self, item, line):
        known = {}
        if line is not None:
            known = {
                "self": "" if line.self_points is None else points_text(line.self_points),
                "deduction": points_text(line.deduction) if line.deduction else "",
                "bonus": points_text(line.bonus) if line.bonus else "", "reason": line.reason,
            }
        points = [self._cell(item, part, label, known) for part, label in PARTS.items()]
        if not item.bonus_cap:
            points[-1].name = ""
        return SheetRow(item, points, self._cell(item, "reason", _("理由"), known))

    def _cell(self, item, part, label, known):
        name = f"m-{item.code}-{part}"
        return SheetCell(name, label, f"{item.title}，{label}", self.data.get(name, "") if self.is_bound else known.get(part, ""))

    def clean(self):
        cleaned = super().clean()
        self.lines, whole = [], True
        for row in self.rows:
            numbers = [self._points(row, cell) for cell in row.points]
            whole = whole and not row.errors
            reason = row.reason.value.strip()
            if len(reason) > LONGEST_REASON:
                self._refuse(row, _("%(place)s：最多 %(most)s 字。") % {"place": row.reason.title, "most": LONGEST_REASON})
                whole = False
            self.lines.append(MarkLine(row.item, numbers[0], numbers[1] or 0, numbers[2] or 0, reason))
        if whole:
            rows = {row.item.code: row for row in self.rows}
            for (code, _part), sentence in mark_faults(self.lines):
                self._refuse(rows[code], sentence)
        return cleaned

    def _points(self, row, cell):
        """The typed points in ten-thousandths, None for an empty cell or one that cannot be read."""
        if not cell.name or not cell.value.strip():
            return None
        try:
            return parse_points(cell.value)
        except NotPoints as refusal:
            self._refuse(row, f"{cell.title}：{refusal.message}")
            return None

    def _refuse(self, row, sentence):
        row.errors.append(sentence)
        self.add_error(None, sentence)


class MarkingFilterForm(forms.Form):
    """Filters of the list; all optional."""

    subject = forms.ChoiceField(
        label=_("考评谁"), required=False,
        choices=[("", _("不限")), ("organizations", _("党组织")), ("members", _("党员"))],
    )
    category = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *Category.choices])
    q = forms.CharField(
        label=_("姓名或单位"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    organization = forms.IntegerField(required=False, widget=forms.HiddenInput)

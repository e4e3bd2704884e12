"""The file of only the wrong rows with a 原因 column: to be put right in Excel and uploaded instead of the whole ledger."""
from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from config.kit.refusal import Refusal
from config.kit.workbook import open_workbook
from config.kit.xlsx import Column, Sheet, write_xlsx
from units.domain.chinese_dates import NotADate, Precision, TenthUnknown, read_date
from units.domain.imports import KINDS, stored_files
from units.domain.ledger_columns import find_header
from units.domain.ledger_reader import date_styles
from units.domain.ledger_rows import read_body, reported_on
from units.domain.ledger_values import shown_whole
from units.enums import LineOutcome


class NoWrongRows(Refusal):
    """Nothing to put into the file."""


def write_wrong_rows(roster_import, ledger, target, *, on, demo):
    """Write the workbook to `target` (a binary file) and return its name. Raises NoWrongRows.

    Every sheet keeps its name, its day of filling in and the columns that an import reads, so that the corrected file can
    be uploaded as it is.
    """
    reasons = defaultdict(lambda: defaultdict(list))
    for line in roster_import.lines.filter(ledger=ledger, outcome=LineOutcome.WRONG).order_by("pk"):
        reasons[line.sheet][line.row].append(_("%(column)s应为%(expected)s") % {
            "column": f"{line.column}：" if line.column else "", "expected": line.expected})
    files = stored_files(roster_import)
    if not reasons or ledger not in files:
        raise NoWrongRows(_("没有错误的行。"))
    name, data = files[ledger]
    sheets = []
    for sheet in open_workbook(data, name).sheets():
        if sheet.name in reasons:
            sheets += _sheet(sheet, KINDS[ledger], reasons[sheet.name], roster_import.answers, on)
    if not sheets:
        raise NoWrongRows(_("错在表头，请在原来的文件里改好表头再上传。"))
    write_xlsx(target, sheets, demo=demo)
    return _("%(name)s（只含错误行）.xlsx") % {"name": name.rsplit(".", 1)[0]}


def _sheet(sheet, kind, reasons, answers, on):
    """[Sheet of its wrong rows], or [] when the header itself is wrong."""
    header, _wrongs = find_header(sheet, kind.ledger, kind.fields)
    if header is None:
        return []
    body = read_body(sheet, header, kind.ledger, header.columns[kind.fields[0].key])
    styles = date_styles(sheet, header, kind, body.rows, answers)
    fields = sorted((field for field in kind.fields if field.key in header.columns), key=lambda f: header.columns[f.key])
    columns = (*(Column(field.header, 14) for field in fields), Column(_("原因"), 60))
    rows = [
        (*(_text(field, _at(row.values, header.columns[field.key]), styles, on) for field in fields),
         "；".join(reasons[row.number]))
        for row in body.rows if row.number in reasons
    ]
    month = reported_on(sheet, header, on)
    titles = (_("%(sheet)s：有错误的行") % {"sheet": sheet.name},)
    if month:
        titles += (_("填报时间：%(day)s") % {"day": month.day.isoformat()},)
    return [Sheet(sheet.name, columns, rows, titles=titles)] if rows else []


def _at(values, column):
    return values[column - 1] if column <= len(values) else ""


def _text(field, value, styles, on):
    """The cell as text that means the same when it is read again: 2010.1 is written out as the month it was."""
    if field.is_date and not isinstance(value, str):
        try:
            meant = read_date(value, style=styles[field.key], on=on)
        except TenthUnknown:
            return _("%(value)s（1 月还是 10 月）") % {"value": shown_whole(value)}
        except NotADate:
            meant = None
        if meant:
            return meant.day.strftime("%Y-%m") if meant.precision == Precision.MONTH else meant.day.isoformat()
    return value.isoformat()[:10] if isinstance(value, date) else shown_whole(value)

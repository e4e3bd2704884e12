"""Read a ledger sheet by sheet: header, date styles, cells; wrong cells are collected and never stop the rest."""
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from config.kit.sheet_facts import CellError
from units.domain.chinese_dates import ColumnStyle, NotADate, Tenth, TenthUnknown, column_style, read_date
from units.domain.ledger_columns import find_header
from units.domain.ledger_findings import LedgerRow, Question, Reading, Wrong, place_words
from units.domain.ledger_rows import read_body, reported_on
from units.domain.ledger_values import Expected, shown

ALL_COLUMNS = "*"  # the key of an answer that holds for every column


@dataclass(frozen=True)
class LedgerKind:
    """What a ledger looks like. `readers` maps a field to a function of a cell value; dates need none.

    `required` are fields whose cell may not be empty; `check(values)` yields (field, expected) over a whole row.
    """

    ledger: str
    fields: tuple
    readers: dict
    required: frozenset
    check: object


def read_ledger(workbook, kind, *, answers, on, progress=None):
    """A Reading of all sheets. `answers` maps a question's key (or ALL_COLUMNS) to "january" or "october"; `on` is today.

    `progress(rows)` is called after every sheet with the data rows read so far.
    """
    reading = Reading(kind.ledger)
    for sheet in workbook.sheets():
        _read_sheet(sheet, kind, reading, answers, on)
        if progress:
            progress(reading.seen)
    if not reading.sheets and not reading.wrong:
        reading.wrong.append(
            Wrong(kind.ledger, workbook.name, 1, "", "", _("一张有表头和内容的表；这个文件是空的"))
        )
    return reading


def _read_sheet(sheet, kind, reading, answers, on):
    header, wrongs = find_header(sheet, kind.ledger, kind.fields)
    if sheet.hidden and wrongs:
        reading.notes.append(_("“%(sheet)s”是隐藏的表，不是台账，没有读。") % {"sheet": sheet.name})
        return
    reading.wrong += wrongs
    if header is None:
        return
    reading.sheets.append(sheet.name)
    body = read_body(sheet, header, kind.ledger, header.columns[kind.fields[0].key])
    styles = date_styles(sheet, header, kind, body.rows, answers)
    _note_sheet(sheet, header, body, reading)
    reading.totals += body.totals
    reading.seen += len(body.rows)
    month = reported_on(sheet, header, on)
    asked = {}
    for row in body.rows:
        _read_row(sheet, header, kind, row, styles, month, on, reading, asked)
    reading.questions += asked.values()


def date_styles(sheet, header, kind, rows, answers):
    """{field: ColumnStyle} of the sheet's date columns; a person's answer goes before the columns' own evidence."""
    dates = [field.key for field in kind.fields if field.is_date and field.key in header.columns]
    cells = {key: [_cell(row, header.columns[key]) for row in rows] for key in dates}
    styles = {}
    for key in dates:
        beside = [value for other in dates if other != key for value in cells[other]]
        style = column_style(cells[key], beside)
        answer = answers.get(question_key(kind.ledger, sheet.name, key)) or answers.get(ALL_COLUMNS)
        if answer in (Tenth.JANUARY, Tenth.OCTOBER):
            style = ColumnStyle(*(Tenth(answer) if one == Tenth.ASK else one for one in (style.numbers, style.texts)))
        styles[key] = style
    return styles


def question_key(ledger, sheet, field):
    return f"{ledger}|{sheet}|{field}"


def _cell(row, column):
    return row.values[column - 1] if column <= len(row.values) else ""


def _note_sheet(sheet, header, body, reading):
    """Say what was read although it is hidden, and what was not read."""
    numbers = [row.number for row in body.rows if row.number in sheet.hidden_rows]
    if sheet.hidden:
        reading.notes.append(_("“%(sheet)s”是隐藏的表，也读了。") % {"sheet": sheet.name})
    elif numbers:
        reading.notes.append(
            _("“%(sheet)s”有 %(count)d 行是隐藏的（第 %(row)d 行起），也读了。")
            % {"sheet": sheet.name, "count": len(numbers), "row": numbers[0]}
        )
    if sheet.hidden_columns & set(header.columns.values()):
        reading.notes.append(_("“%(sheet)s”有隐藏的列，也读了。") % {"sheet": sheet.name})
    for number, text in body.skipped:
        reading.notes.append(
            _("“%(sheet)s”第 %(row)d 行只写了“%(text)s”，没有读。")
            % {"sheet": sheet.name, "row": number, "text": shown(text)}
        )
    if header.unused:
        reading.notes.append(
            _("“%(sheet)s”里没有用到的列：%(columns)s。")
            % {"sheet": sheet.name, "columns": "、".join(shown(title) for title in header.unused)}
        )


def _read_row(sheet, header, kind, row, styles, month, on, reading, asked):
    values, cells, wrongs = {"reported_on": month and month.day}, {}, []
    for field in kind.fields:
        if field.key not in header.columns:
            continue
        value = _cell(row, header.columns[field.key])
        cells[field.key] = (header.labels[field.key], shown(value))
        try:
            values[field.key] = _read_cell(field, value, kind, styles, on)
        except TenthUnknown:
            _ask(sheet, kind, field, cells[field.key], row, asked)
            wrongs.append((field.key, shown(value), _("写明是 1 月还是 10 月；从表里看不出来")))
        except (NotADate, Expected) as reason:
            wrongs.append((field.key, getattr(reason, "shown", None) or shown(value), _words_of(reason)))
    if not wrongs:
        wrongs = [(key, cells.get(key, ("", ""))[1], expected) for key, expected in kind.check(values)]
    if wrongs:
        reading.broken.setdefault(values.get("name"), place_words(sheet.name, row.number))
        reading.wrong += [
            Wrong(kind.ledger, sheet.name, row.number, cells.get(key, ("", ""))[0], value, expected)
            for key, value, expected in wrongs
        ]
    else:
        reading.rows.append(LedgerRow(kind.ledger, sheet.name, row.number, values, cells))


def _read_cell(field, value, kind, styles, on):
    if field.is_date and not isinstance(value, CellError):
        meant = read_date(value, style=styles[field.key], on=on)
    elif field.is_date:
        raise NotADate(_("日期；Excel 在这里算出的是错误"))
    else:
        meant = kind.readers[field.key](value)
    if field.key in kind.required and meant in (None, "", []):
        raise Expected(_("“%(header)s”，必填") % {"header": field.header})
    return meant


def _words_of(reason):
    return reason.expected if isinstance(reason, NotADate) else reason.text


def _ask(sheet, kind, field, cell, row, asked):
    label, value = cell
    key = question_key(kind.ledger, sheet.name, field.key)
    known = asked.get(key)
    asked[key] = (
        replace(known, cells=known.cells + 1)
        if known
        else Question(key, kind.ledger, sheet.name, label, row.number, value, 1)
    )

"""Workbooks that can be posted on a wall: titles, repeated header, text cells, page set-up; rows are streamed.

The only place that knows the writing library (rustpy-xlsxwriter: 100,000 rows in a second or two and constant memory).
Its traps, each with a test: rows are matched by position, an empty list writes no header, numbers lose digits after the
fifteenth, time zones are dropped, dates before 1900 and strings over 32,767 characters raise, a column's border runs down
the whole screen (so borders are conditional formats of the data rows), and while it streams, a title row keeps its height
only when no other title follows it.
"""
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from rustpy_xlsxwriter import Format, write_worksheets

from config.kit.printable import printable

A4 = 9
MAX_TEXT = 32_767
MAX_EXACT = 10**15
MARGINS_IN_INCHES = {"left": 0.6, "right": 0.6, "top": 0.8, "bottom": 0.7, "header": 0.3, "footer": 0.35}
NEVER_A_VALUE = -987_654_321.125  # "not equal to this" is true of every cell, the empty ones too
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NUMBER_FORMATS = {
    "text": "@", "number": "0", "points": "0.00", "month": "yyyy-mm", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm",
}


@dataclass(frozen=True)
class Column:
    """A column: header, width in characters, kind (text, number, points, month, date, datetime). Text is never calculated."""

    title: str
    width: float = 12
    kind: str = "text"
    centred: bool = False


@dataclass(frozen=True)
class Sheet:
    """A worksheet. `rows` yields tuples as long as `columns`; `titles` stand merged above the header.

    With `wrapped`, for lists of at most some thousand rows that are printed: long text runs over several lines of a row
    that is high enough (not every office suite fits heights by itself), and each title has a row of its own.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable
    titles: tuple[str, ...] = ()
    landscape: bool = True
    wrapped: bool = False
    frozen_columns: int = 0


def write_xlsx(target, sheets, *, demo=False):
    """Write `sheets` to `target` (a path or a writable binary file), each row read once from its iterator.

    With `demo`, every sheet says 演示数据 above its header and in its footer. An exception of a row iterator passes
    through and leaves no file. Raises ValueError for rows of the wrong length, and for equal names of sheets or columns.
    """
    sheets = [replace(sheet, rows=list(sheet.rows)) if sheet.wrapped else sheet for sheet in sheets]
    names = [sheet_name(sheet.name) for sheet in sheets]
    if len(set(names)) < len(names):
        raise ValueError(f"sheet names must differ: {names}")
    options = {name: _options(sheet, demo) for name, sheet in zip(names, sheets, strict=True)}
    write_worksheets(
        [(name, _records(sheet)) for name, sheet in zip(names, sheets, strict=True)],
        target,
        **{key: {name: chosen[key] for name, chosen in options.items()} for key in _options_of(options)},
    )


def sheet_name(name):
    """`name` as Excel accepts it: at most 31 characters, none of []:*?/\\ and no quote at either end."""
    return _NOT_IN_SHEET_NAMES.sub("-", str(name))[:31].strip("' ") or "Sheet1"


def plain(value):
    """`value` as the cell shall hold it; None stays empty, text loses what XML cannot hold."""
    if value is None or isinstance(value, (float, bool)):
        return (_("是") if value else _("否")) if isinstance(value, bool) else value
    if isinstance(value, int):
        return value if abs(value) < MAX_EXACT else str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        value = timezone.make_naive(value) if timezone.is_aware(value) else value
        return value if value.year >= 1900 else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value if value.year >= 1900 else value.isoformat()
    text = printable(value)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _records(sheet):
    """The rows as the mappings that the library wants; one empty row keeps the header of an empty sheet."""
    titles = [column.title for column in sheet.columns]
    if len(set(titles)) < len(titles):
        raise ValueError(f"column titles must differ: {titles}")
    empty = True
    for row in sheet.rows:
        empty = False
        yield dict(zip(titles, map(plain, row), strict=True))
    if empty:
        yield dict.fromkeys(titles)


def _options_of(options):
    return next(iter(options.values())) if options else ()


def _options(sheet, demo):
    """Keyword arguments of the library for one sheet; it wants each of them keyed by sheet."""
    titles, last = _title_cells(sheet, demo), max(1, len(sheet.columns) - 1)  # a merged range has two cells at least
    header_row = len(titles)
    every = {"type": "cell", "criteria": "!=", "value": NEVER_A_VALUE, "format": Format().set_border("thin")}
    return {
        "freeze_panes": {"row": header_row + 1, "col": sheet.frozen_columns},
        "column_widths": [float(column.width) for column in sheet.columns],
        "column_formats": [_cell_format(column, sheet.wrapped) for column in sheet.columns],
        "header_format": _format("黑体", 11, align="center").set_border("thin").set_text_wrap(),
        "header_row": header_row,
        "merge_ranges": [(row, 0, row, last, text, form) for row, (text, form, _height) in enumerate(titles)],
        "row_heights": {row: height for row, (_text, _form, height) in enumerate(titles)} | _heights(sheet, header_row),
        "dedupe_strings": sheet.wrapped,  # the library then keeps the sheet in memory and knows every height
        "conditional_formats": {column.title: every for column in sheet.columns},
        "page_setup": {
            "landscape": sheet.landscape,
            "paper_size": A4,
            "margins": MARGINS_IN_INCHES,
            "repeat_rows": header_row,
            "fit_to_pages": (1, 0),
            "center_horizontally": True,
            "footer": (f"&L{_('演示数据')}" if demo else "") + f"&C{_('第 &P 页，共 &N 页')}",
        },
    }


def _title_cells(sheet, demo):
    """[(text, format, height in points)] of the rows above the header."""
    texts = [str(text) for text in sheet.titles]
    notice = [_("演示数据：单位、人员和数字均为虚构。")] if demo else []
    if not sheet.wrapped:
        lines = texts + notice
        return [("\n".join(lines), _format("宋体", 12, align="center").set_text_wrap(), 18.0 * len(lines))] if lines else []
    cells = [(text, _format("方正小标宋简体", 18, align="center").set_text_wrap(), 36.0) for text in texts[:1]]
    cells += [(text, _format("宋体", 11, align="center").set_text_wrap(), 22.0) for text in texts[1:]]
    return cells + [(text, _format("宋体", 11, align="center").set_font_color("#A8151B"), 22.0) for text in notice]


def _heights(sheet, header_row):
    """{row: height in points} that shows every line of a wrapped sheet."""
    if not sheet.wrapped:
        return {}
    heights = {header_row: 24.0}
    for place, row in enumerate(sheet.rows, start=header_row + 1):
        lines = [_lines(value, column.width) for value, column in zip(row, sheet.columns, strict=True)]
        heights[place] = max(22.0, 15.0 * max(lines) + 6)
    return heights


def _lines(value, width):
    """Lines that text needs in a column of `width` characters; a Chinese character is as wide as two Latin ones."""
    if not isinstance(value, str):
        return 1
    wide = [sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in value.splitlines()]
    return sum(max(1, math.ceil(length / max(1, width - 1))) for length in wide) or 1


def _cell_format(column, wrapped):
    align = "center" if column.centred or column.kind != "text" else "left"
    form = _format("宋体", 11, align=align).set_num_format(_NUMBER_FORMATS[column.kind])
    return form.set_text_wrap() if wrapped else form


def _format(font, size, *, align):
    return Format().set_font_name(font).set_font_size(float(size)).set_align(align).set_align("vcenter")

"""Open an uploaded .xlsx or .xls safely and read its sheets: limits are counted before any grid is made (4-trust §5)."""
import io
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from config.kit import workbook_old, workbook_zip
from config.kit.sheet_facts import CellError, SheetFacts
from config.kit.workbook_refusals import DamagedWorkbook, WorkbookTooBig, WrongFileType

MAX_UPLOAD = 10 * 1024 * 1024
MAX_ROWS = 200_000
MAX_CELLS = 5_000_000  # of the grid that the reader makes, empty ones included
_TEXT_KINDS = [  # (beginning of the file, what it is)
    (b"%pdf", gettext_lazy("PDF 文件")),
    (b"<!doctype html", gettext_lazy("网页文件")),
    (b"<html", gettext_lazy("网页文件")),
    (b"<table", gettext_lazy("网页文件")),
    (b"<?xml", gettext_lazy("XML 文件")),
    (b"\x89png", gettext_lazy("图片")),
    (b"\xff\xd8\xff", gettext_lazy("图片")),
    (b"rar!", gettext_lazy("压缩包")),
    (b"7z\xbc\xaf", gettext_lazy("压缩包")),
    (b"{\\rtf", gettext_lazy("RTF 文档")),
]


@dataclass(frozen=True)
class Sheet:
    """One sheet as a full grid: `rows[0]` is Excel's row 1 and `rows[n][0]` its column A.

    Values are str, int, float, bool, date, datetime, time, timedelta or CellError; "" is an empty cell.
    `merged` holds (first row, first column, last row, last column), counted from 1.
    """

    name: str
    hidden: bool
    rows: list
    merged: list
    hidden_rows: frozenset
    hidden_columns: frozenset


class Workbook:
    """An opened workbook that passed the checks; sheets are read one at a time."""

    def __init__(self, name, reader, facts):
        self.name = name
        self._reader = reader
        self._facts = facts

    @property
    def row_count(self):
        """Rows of all sheets, titles included."""
        return sum(facts.row_count for facts in self._facts)

    def sheets(self):
        """Yield every worksheet in the file's order, hidden ones too. Raises DamagedWorkbook."""
        for place, metadata in enumerate(self._reader.sheets_metadata):
            if metadata.typ == SheetTypeEnum.WorkSheet:
                facts = self._facts[place] if place < len(self._facts) else SheetFacts()
                yield self._read(metadata, facts)

    def _read(self, metadata, facts):
        try:
            sheet = self._reader.get_sheet_by_name(metadata.name)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        except CalamineError as reason:
            raise DamagedWorkbook(self.name) from reason
        for (row, column), text in facts.errors.items():
            _put(rows, row, column, CellError(text))
        return Sheet(
            name=metadata.name.strip(),
            hidden=metadata.visible != SheetVisibleEnum.Visible,
            rows=rows,
            merged=[(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged],
            hidden_rows=frozenset(facts.hidden_rows),
            hidden_columns=frozenset(facts.hidden_columns),
        )


def _put(rows, row, column, value):
    """Write into the grid, making it larger when the reader left the cell out."""
    while len(rows) < row:
        rows.append([])
    line = rows[row - 1]
    line.extend([""] * (column - len(line)))
    line[column - 1] = value


def shown_name(name):
    """The name of an uploaded file without its folders."""
    return PurePath(name.replace("\\", "/")).name[:120]


def check_size(size, name):
    """Raises WorkbookTooBig for an upload of more than 10 MiB."""
    if size > MAX_UPLOAD:
        raise WorkbookTooBig(
            shown_name(name),
            _("有 %(size).1f MiB，最多 %(limit)d MiB。请删去图片和不用的表，或分成几个文件上传。")
            % {"size": size / 1024**2, "limit": MAX_UPLOAD // 1024**2},
        )


def glance(data, name):
    """What a form can tell at once, without unpacking: size, type, password, macros. Raises a WorkbookRefusal."""
    check_size(len(data), name)
    if data.startswith(workbook_zip.MAGIC):
        workbook_zip.glance(data, shown_name(name))
    elif data.startswith(workbook_old.MAGIC):
        workbook_old.glance(data, shown_name(name))
    else:
        raise WrongFileType(shown_name(name), _what_it_is(data))


def open_workbook(data, name):
    """Check the bytes of the uploaded file called `name` and return a Workbook.

    Raises a WorkbookRefusal (workbook_refusals) whose sentence names the file and what would be right.
    """
    check_size(len(data), name)
    name = shown_name(name)
    if data.startswith(workbook_zip.MAGIC):
        facts = workbook_zip.inspect(data, name, max_rows=MAX_ROWS)
    elif data.startswith(workbook_old.MAGIC):
        facts = workbook_old.inspect(data, name)
    else:
        raise WrongFileType(name, _what_it_is(data))
    _check_extent(facts, name)
    try:
        return Workbook(name, CalamineWorkbook.from_filelike(io.BytesIO(data)), facts)
    except CalamineError as reason:
        raise DamagedWorkbook(name) from reason


def _what_it_is(data):
    if not data.strip():
        return _("空文件")
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for beginning, kind in _TEXT_KINDS:
        if start.startswith(beginning):
            return str(kind)
    return _("别的文件") if b"\0" in data[:4000] else _("文本文件（CSV）")


def _check_extent(facts, name):
    rows = sum(sheet.row_count for sheet in facts)
    if rows > MAX_ROWS:
        raise WorkbookTooBig(
            name, _("有 %(rows)d 行，最多 %(limit)d 行。请分成几个文件上传。") % {"rows": rows, "limit": MAX_ROWS}
        )
    if sum(sheet.rows * sheet.columns for sheet in facts) > MAX_CELLS:
        raise WorkbookTooBig(name, _("在很远的行或列里还有内容。请在 Excel 里删去台账以外的行和列，另存后再上传。"))

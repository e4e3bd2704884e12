"""Go through the rows below a header: data, 合计, notes, repeated headers and empty lines are told apart."""
import re
import unicodedata
from dataclasses import dataclass

from units.domain.chinese_dates import ColumnStyle, NotADate, TenthUnknown, plain, read_date
from units.domain.ledger_columns import tidy_header
from units.domain.ledger_findings import Total
from units.domain.ledger_values import shown_whole

_TOTAL = re.compile(r"(合计|总计|小计|共计|总数)")
_NOTE = re.compile(
    r"(填表说明|说明|备注|注意事项|注)([:.、(\d]|$)|(填表|填报|制表|审核|经办|联系|(单位|党组织)?负责)人?[:(]|本表|第\d+页"
)
_REPORTED = re.compile(r"(?:填报|填表|制表|统计|上报|截止|截至)(?:时间|日期)?[:：]?\s*(\d{4}\s*[年./-]\s*[\d年月日./\s-]*)")


@dataclass(frozen=True)
class BodyRow:
    """A data row: Excel's number and its values, merged cells of one column filled downwards."""

    number: int
    values: list


@dataclass
class Body:
    """The rows of one sheet; `skipped` are (row, text) of lines that are neither data nor a note, such as 「一、在职党员」."""

    rows: list
    totals: list
    skipped: list


def reported_on(sheet, header, on):
    """The PartialDate of 「填报时间：2010年6月」 in the title rows, or None."""
    for row in sheet.rows[: header.first_row - 1]:
        for value in row:
            found = isinstance(value, str) and _REPORTED.search(unicodedata.normalize("NFKC", value))
            if found:
                try:
                    return read_date(found[1].strip(" .-/"), style=ColumnStyle(), on=on)
                except (NotADate, TenthUnknown):
                    return None
    return None


def read_body(sheet, header, ledger, key_column):
    """The Body of a sheet; `key_column` (from 1) is the column of the name."""
    body, subtotal_from, after_note = Body([], [], []), 0, False
    fills = _vertical_fills(sheet, header)
    wide = {top for top, left, _bottom, right in sheet.merged if right - left >= 2 and left <= key_column <= right}
    for number in range(header.last_row + 1, len(sheet.rows) + 1):
        values = sheet.rows[number - 1]
        filled = [(place, value) for place, value in enumerate(values, 1) if _says_something(value)]
        if not filled or _is_header_again(sheet, header, values):
            continue
        lead = plain(shown_whole(filled[0][1]))
        total = _TOTAL.match(lead) or _TOTAL.match(plain(str(_at(values, key_column))))
        few = 2 * len(filled) < len(header.columns)
        if total:
            body.totals.append(_total(ledger, sheet, number, total[1], filled, len(body.rows), subtotal_from))
            subtotal_from = len(body.rows) if total[1] == "小计" else subtotal_from
        elif few and _NOTE.match(lead):
            after_note = True
        elif len(filled) == 1 and filled[0][0] == header.columns.get("number") and lead.isdigit():
            continue  # a numbered line that nobody filled in
        elif len(filled) == 1 and (filled[0][0] != key_column or number in wide):
            if not after_note:
                body.skipped.append((number, shown_whole(filled[0][1]).strip()))
        else:
            body.rows.append(BodyRow(number, _with_fills(values, fills.get(number))))
    return body


def _at(values, column):
    return values[column - 1] if column <= len(values) else ""


def _says_something(value):
    return plain(value) != "" if isinstance(value, str) else value is not None


def _is_header_again(sheet, header, values):
    """A printed list repeats its header on every page."""
    for number in range(header.first_row, header.last_row + 1):
        pairs = [(a, b) for a, b in zip(sheet.rows[number - 1], values, strict=False) if b != ""]
        if len(pairs) >= 2 and all(a != "" and tidy_header(a) == tidy_header(b) for a, b in pairs):
            return True
    return False


def _total(ledger, sheet, number, word, filled, count, subtotal_from):
    text = " ".join(unicodedata.normalize("NFKC", shown_whole(value)) for _place, value in filled)
    said = re.search(r"\d{1,9}", text)
    counted = count - subtotal_from if word == "小计" else count
    return Total(ledger, sheet.name, number, word, int(said[0]) if said else None, counted)


def _vertical_fills(sheet, header):
    """{row: {column: value}} for merged cells of one column below the header: what they say holds for every row."""
    fills = {}
    for top, left, bottom, right in sheet.merged:
        if left == right and header.last_row < top <= len(sheet.rows):
            value = _at(sheet.rows[top - 1], left)
            for row in range(top + 1, min(bottom, len(sheet.rows)) + 1):
                fills.setdefault(row, {})[left] = value
    return fills


def _with_fills(values, fills):
    if not fills:
        return values
    values = [*values, *[""] * (max(fills) - len(values))]
    return [fills.get(place, value) if value == "" else value for place, value in enumerate(values, 1)]

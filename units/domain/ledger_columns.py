"""Find the header of a ledger's sheet, over one row or two with merged cells, and map its columns to fields."""
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from config.kit.sheet_facts import column_letter
from units.domain.ledger_findings import Wrong, column_label

SEARCHED_ROWS = 40
_DEEPEST = 3  # header rows


@dataclass(frozen=True)
class LedgerField:
    """A field of a ledger: its key, its header as we print it, other headers in use, whether the column must be there."""

    key: str
    header: str
    synonyms: tuple = ()
    required: bool = True
    is_date: bool = False


@dataclass(frozen=True)
class Header:
    """Where a sheet's header stands and which column (from 1) holds which field; `labels` are for refusals."""

    first_row: int
    last_row: int
    columns: dict
    labels: dict
    unused: tuple


def tidy_header(value):
    """A header cell without spaces, line breaks, brackets and signs: 「党员类别\n(正式/预备)」 is 党员类别."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value)))
    return re.sub(r"[(\[【].*?[)\]】]|[*:]", "", text)


def find_header(sheet, ledger, fields):
    """(Header, []) of a sheet, or (None, wrongs) naming what is missing or twice; (None, []) for a sheet without content.

    `fields` is a sequence of LedgerField. The header is the first row that holds three known headers.
    """
    if not any(value != "" for row in sheet.rows for value in row):
        return None, []
    known = {tidy_header(name): field.key for field in fields for name in (field.header, *field.synonyms)}
    first = _first_header_row(sheet, known)
    if first is None:
        expected = _("一行表头，有“%(header)s”等列；不是台账的表请删去") % {"header": fields[0].header}
        return None, [Wrong(ledger, sheet.name, 1, column_label("", 1), "", expected)]
    last = _last_header_row(sheet, first, known)
    found, unused = _match_columns(sheet, first, last, known)
    wrongs = _missing_and_double(sheet, ledger, fields, found, first)
    if wrongs:
        return None, wrongs
    titles = {field.key: field.header for field in fields}
    columns = {key: places[0][0] for key, places in found.items()}
    labels = {key: column_label(titles[key], number) for key, number in columns.items()}
    return Header(first, last, columns, labels, tuple(unused)), []


def _first_header_row(sheet, known):
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS], 1):
        keys = {known.get(tidy_header(value)) for value in row if isinstance(value, str)}
        if len(keys - {None}) >= 3:
            return number
    return None


def _last_header_row(sheet, first, known):
    """The header goes on below while merged cells of its first row do, or while the next row holds headers only."""
    last = max((bottom for top, _left, bottom, _right in sheet.merged if top == first), default=first)
    if last == first and first < len(sheet.rows):
        below = [value for value in sheet.rows[first] if value != ""]
        if len(below) >= 2 and all(isinstance(value, str) and tidy_header(value) in known for value in below):
            last = first + 1
    return min(last, first + _DEEPEST - 1)


def _match_columns(sheet, first, last, known):
    """({field: [(column, title)]}, titles of columns that no field wants)."""
    found, unused = {}, []
    block = _filled_block(sheet, first, last)
    for number in range(1, max(map(len, block)) + 1):
        parts = [tidy_header(row[number - 1]) for row in block if number <= len(row) and row[number - 1] != ""]
        parts = [part for place, part in enumerate(parts) if part and part not in parts[:place]]
        if not parts:
            continue
        key = known.get(parts[-1]) or known.get("".join(parts))
        if key:
            found.setdefault(key, []).append((number, parts[-1]))
        else:
            unused.append("".join(parts))
    return found, unused


def _filled_block(sheet, first, last):
    """The header rows with every merged range written into all its cells."""
    block = [list(sheet.rows[number - 1]) for number in range(first, last + 1)]
    for top, left, bottom, right in sheet.merged:
        if top < first or bottom > last:
            continue
        text = block[top - first][left - 1] if left <= len(block[top - first]) else ""
        for row in block[top - first : bottom - first + 1]:
            row.extend([""] * (min(right, 200) - len(row)))
            row[left - 1 : min(right, 200)] = [text] * (min(right, 200) - left + 1)
    return block


def _missing_and_double(sheet, ledger, fields, found, first):
    wrongs = []
    for field in fields:
        places = found.get(field.key, [])
        if len(places) > 1:
            letters = "、".join(column_letter(number) for number, _title in places)
            expected = _("只有一列“%(header)s”；现在 %(letters)s 列都是，请留一列") % {
                "header": field.header,
                "letters": letters,
            }
            number, title = places[1]
            wrongs.append(Wrong(ledger, sheet.name, first, column_label(field.header, number), title, expected))
        elif field.required and not places:
            expected = _("表头里有“%(header)s”这一列；现在没有") % {"header": field.header}
            wrongs.append(Wrong(ledger, sheet.name, first, field.header, "", expected))
    return wrongs

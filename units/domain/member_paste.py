"""A block copied from Excel and pasted over the members of a branch: telephone and administrative post, and new members.

It is read with the words of the ledgers, compared with the roster, shown, and written only as a whole.
"""
import hashlib
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit.refusal import Refusal
from units.domain import admissions, import_words
from units.domain.chinese_dates import NotADate, Precision, TenthUnknown, column_style, is_blank, read_date
from units.domain.ledger_columns import tidy_header
from units.domain.ledger_findings import MEMBERS
from units.domain.ledger_members import FIELDS, READERS
from units.domain.ledger_values import Expected
from units.domain.members import CORRECTABLE, correct_member
from units.enums import LineOutcome
from units.models import Member

MOST_ROWS = 300
PLAIN = ("name", "phone", "administrative_post")  # the columns of a block without a header
NEEDED = ("gender", "born_on", "joined_on")  # besides the name, for somebody new
READ = ("name", "gender", "ethnicity", "native_place", "born_on", "education", "work_started_on", "joined_on", *CORRECTABLE)
DATES = {known.key for known in FIELDS if known.is_date}


class NothingPasted(Refusal):
    """No row, too many rows, or no column of names."""

    field = "block"


class BlockChanged(Refusal):
    """The roster is no longer as the preview showed it, or a row is wrong."""

    field = "block"


@dataclass(frozen=True)
class WrongCell:
    """Where it stands and what would be right, in words."""

    row: int
    column: str
    value: str
    expected: str


@dataclass
class PastedRow:
    """One row: what it would do (LineOutcome), to whom, and {field: value} as read."""

    number: int
    outcome: str
    name: str
    values: dict = field(default_factory=dict)
    member: Member | None = None
    changes: list = field(default_factory=list)  # [(header, old words, new words)]
    wrongs: list = field(default_factory=list)


@dataclass(frozen=True)
class PastePreview:
    rows: list

    def of(self, outcome):
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def wrongs(self):
        return [wrong for row in self.rows for wrong in row.wrongs]

    @property
    def is_clean(self):
        """Whether it can be written: no row is wrong, and one at least does something."""
        return not self.wrongs and any(row.outcome in (LineOutcome.NEW, LineOutcome.CHANGED) for row in self.rows)

    @property
    def digest(self):
        """A fingerprint of everything shown, so that what is confirmed is what was seen."""
        told = repr([
            (row.number, str(row.outcome), row.name, sorted(map(str, row.values.items())), row.changes) for row in self.rows
        ])
        return hashlib.sha256(told.encode()).hexdigest()


def preview(text, branch, *, on):
    """What the block would do to the members of `branch`. Raises NothingPasted. Two queries."""
    columns, rows = _cells(text)
    roster = {}
    for member in Member.objects.present().filter(organization=branch).by_strokes():
        roster.setdefault(member.name, []).append(member)
    styles = {
        key: column_style([row[place] for _number, row in rows if place < len(row)])
        for place, key in columns.items() if key in DATES
    }
    seen, told = {}, []
    for number, row in rows:
        read = PastedRow(number, LineOutcome.UNCHANGED, row[min(p for p, key in columns.items() if key == "name")].strip())
        _read(read, row, columns, styles, on)
        _compare(read, roster, columns, seen)
        if read.wrongs:
            read.outcome = LineOutcome.WRONG
        told.append(read)
    return PastePreview(told)


@transaction.atomic
def write_block(text, branch, *, digest, by, at, on):
    """Do all that the preview with `digest` showed, or nothing. Returns (changed, new). Raises BlockChanged and refusals."""
    shown = preview(text, branch, on=on)
    if not shown.is_clean or shown.digest != digest:
        raise BlockChanged(_("名册刚有变化，或还有要改的格，请看下面再确认。"))
    changed, new = shown.of(LineOutcome.CHANGED), shown.of(LineOutcome.NEW)
    for row in changed:
        held = {name: getattr(row.member, name) for name in CORRECTABLE}
        correct_member(row.member, held | _told(row), seen=held, by=by, at=at)
    for row in new:
        admissions.admit(_person(row.values), branch, joined_on=row.values["joined_on"].day, by=by, at=at, on=on)
    return len(changed), len(new)


def _cells(text):
    """({place: field}, [(number of the line, [cells])]) of the pasted text."""
    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise NothingPasted(_("请从 Excel 里复制几行，贴在这里。"))
    known = {tidy_header(name): found.key for found in FIELDS for name in (found.header, *found.synonyms)}
    first = [known.get(tidy_header(cell)) for cell in lines[0][1]]
    if "name" in first:
        columns = {place: key for place, key in enumerate(first) if key in READ and key not in first[:place]}
        lines = lines[1:]
    else:
        columns = dict(enumerate(PLAIN))
    if not lines or len(lines) > MOST_ROWS:
        raise NothingPasted(_("一次贴 1 到 %(most)s 行。") % {"most": MOST_ROWS})
    return columns, lines


def _read(read, row, columns, styles, on):
    for place, key in columns.items():
        if place >= len(row) or key != "name" and is_blank(row[place]):
            continue
        try:
            read.values[key] = read_date(row[place], style=styles[key], on=on) if key in DATES else READERS[key](row[place])
        except Expected as wrong:
            _wrong(read, key, row[place], wrong.text)
        except NotADate as wrong:
            _wrong(read, key, row[place], wrong.expected)
        except TenthUnknown:
            _wrong(read, key, row[place], _("写明是 1 月还是 10 月，例如 2010.01 或 2010.10"))


def _wrong(read, key, value, expected):
    read.wrongs.append(WrongCell(read.number, import_words.header_of(MEMBERS, key), value.strip(), str(expected)))


def _compare(read, roster, columns, seen):
    """Find the member of the name, or see whether the row has what somebody new needs."""
    name = read.values.get("name")
    if name is None:
        return
    read.name = name
    if name in seen:
        _wrong(read, "name", name, _("一名党员只写一行（第 %(row)s 行已经有）") % {"row": seen[name]})
    seen.setdefault(name, read.number)
    same = roster.get(name, [])
    if len(same) > 1:
        _wrong(read, "name", name, _("没有同名的党员；本支部有 %(n)s 名，请在党员页面上改") % {"n": len(same)})
    elif same:
        read.member = same[0]
        told = _told(read)
        read.changes = [
            (import_words.header_of(MEMBERS, key),
             *(import_words.words(key, text) for text in (getattr(read.member, key), value)))
            for key, value in told.items() if getattr(read.member, key) != value
        ]
        read.outcome = LineOutcome.CHANGED if read.changes else LineOutcome.UNCHANGED
    else:
        _check_new(read, columns)


def _check_new(read, columns):
    read.outcome = LineOutcome.NEW
    missing = [key for key in NEEDED if key not in columns.values()]
    if missing:
        words = "、".join(import_words.header_of(MEMBERS, key) for key in missing)
        _wrong(read, "name", read.name, _("本支部党员的姓名；吸收新党员还要有%(columns)s几列") % {"columns": words})
        return
    bad = {wrong.column for wrong in read.wrongs}
    for key in NEEDED:
        if not read.values.get(key) and import_words.header_of(MEMBERS, key) not in bad:
            _wrong(read, key, "", _("必填"))
    joined = read.values.get("joined_on")
    if joined and joined.precision != Precision.DAY:
        _wrong(read, "joined_on", f"{joined.day:%Y-%m}", _("支部党员大会通过的那一天，写到日"))
    read.changes = [
        (import_words.header_of(MEMBERS, key), "", import_words.words(key, value)) for key, value in read.values.items()
        if key != "name" and value
    ]


def _told(row):
    """{field: text} of what a row says about telephone and post; an empty cell says nothing."""
    return {key: row.values[key] for key in CORRECTABLE if row.values.get(key)}


def _person(values):
    dates = {key: values[key].day for key in ("born_on", "work_started_on") if values.get(key)}
    words = {key: values[key] for key in ("native_place", "education", *CORRECTABLE) if values.get(key)}
    return admissions.Person(
        name=values["name"], gender=values["gender"], ethnicity=values.get("ethnicity") or "汉族", **dates, **words
    )

"""A block copied from Excel and pasted over the members of a branch: telephone and administrative post, and newcomers.

It is read with the words of the ledgers, compared with the roster, shown, and written only as a whole.
"""
import hashlib
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit.refusal import Refusal
from units.domain import import_words, pasted_newcomers
from units.domain.chinese_dates import NotADate, TenthUnknown, column_style, is_blank, read_date
from units.domain.ledger_columns import tidy_header
from units.domain.ledger_members import FIELDS, READERS
from units.domain.ledger_values import Expected, text_of
from units.domain.members import CORRECTABLE, correct_member
from units.domain.pasted_newcomers import LONGEST_ORIGIN, header_of
from units.enums import LineOutcome
from units.models import Member

MOST_ROWS = 300
PLAIN = ("name", "phone", "administrative_post")  # the columns of a block without a header
READ = (
    "name", "gender", "ethnicity", "native_place", "born_on", "education", "work_started_on", "joined_on", "full_on",
    "id_number", *pasted_newcomers.ARRIVAL, *CORRECTABLE,
)
COLUMNS = (*FIELDS, *pasted_newcomers.COLUMNS)
DATES = {known.key for known in COLUMNS if known.is_date}
READERS_HERE = {**READERS, "came_from": partial(text_of, limit=LONGEST_ORIGIN)}


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
    """One row: what it would do (LineOutcome), to whom, and {field: value} as read; `filled` are the cells that say anything.

    Of somebody new: `is_arrival` from outside the system, `is_back` with a record from before; `raw_number` as it was pasted.
    """

    number: int
    outcome: str
    name: str
    values: dict = field(default_factory=dict)
    member: Member | None = None
    changes: list = field(default_factory=list)  # [(header, old words, new words)]
    wrongs: list = field(default_factory=list)
    filled: set = field(default_factory=set)
    is_arrival: bool = False
    is_back: bool = False
    raw_number: str = ""

    def is_wrong(self, key, value, expected):
        """Note that the cell of a column is wrong, and what would be right."""
        self.wrongs.append(WrongCell(self.number, header_of(key), value.strip(), str(expected)))


@dataclass(frozen=True)
class PastePreview:
    rows: list

    def of(self, outcome):
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def admitted(self):
        return [row for row in self.of(LineOutcome.NEW) if not row.is_arrival]

    @property
    def received(self):
        return [row for row in self.of(LineOutcome.NEW) if row.is_arrival]

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
            (row.number, str(row.outcome), row.name, sorted(map(str, row.values.items())), row.changes, row.is_back)
            for row in self.rows
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
        _compare(read, roster, seen)
        told.append(read)
    new = [read for read in told if read.outcome == LineOutcome.NEW]
    pasted_newcomers.check_newcomers(new, set(columns.values()), on=on)
    for read in told:
        if read.wrongs:
            read.outcome = LineOutcome.WRONG
    return PastePreview(told)


@transaction.atomic
def write_block(text, branch, *, digest, by, at, on):
    """Do all that the preview with `digest` showed, or nothing. Returns (changed, admitted, received) in numbers.

    Raises BlockChanged, also where somebody else was quicker with one of the newcomers.
    """
    shown = preview(text, branch, on=on)
    if not shown.is_clean or shown.digest != digest:
        raise BlockChanged(_("名册刚有变化，或还有要改的格，请看下面再确认。"))
    for row in shown.of(LineOutcome.CHANGED):
        held = {name: getattr(row.member, name) for name in CORRECTABLE}
        correct_member(row.member, held | _told(row), seen=held, by=by, at=at)
    for row in shown.of(LineOutcome.NEW):
        try:
            pasted_newcomers.write_newcomer(row, branch, by=by, at=at, on=on)
        except Refusal as refusal:
            raise BlockChanged(_("第 %(row)s 行：%(why)s") % {"row": row.number, "why": refusal.message}) from refusal
    return len(shown.of(LineOutcome.CHANGED)), len(shown.admitted), len(shown.received)


def _cells(text):
    """({place: field}, [(number of the line, [cells])]) of the pasted text."""
    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise NothingPasted(_("请从 Excel 里复制几行，贴在这里。"))
    known = {tidy_header(name): found.key for found in COLUMNS for name in (found.header, *found.synonyms)}
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
        read.filled.add(key)
        if key == "id_number":  # only a newcomer's is read: a roster that was exported has it masked
            read.raw_number = row[place].strip()
            continue
        try:
            read.values[key] = read_date(row[place], style=styles[key], on=on) if key in DATES else READERS_HERE[key](row[place])
        except Expected as wrong:
            read.is_wrong(key, row[place], wrong.text)
        except NotADate as wrong:
            read.is_wrong(key, row[place], wrong.expected)
        except TenthUnknown:
            read.is_wrong(key, row[place], _("写明是 1 月还是 10 月，例如 2010.01 或 2010.10"))
        else:
            if not read.values[key]:
                read.filled.discard(key)  # nothing but signs that cannot be seen


def _compare(read, roster, seen):
    """Find the member of the name; without one the row is about somebody new."""
    name = read.values.get("name")
    if name is None:
        return
    read.name = name
    if name in seen:
        read.is_wrong("name", name, _("一名党员只写一行（第 %(row)s 行已经有）") % {"row": seen[name]})
    seen.setdefault(name, read.number)
    same = roster.get(name, [])
    if len(same) > 1:
        read.is_wrong("name", name, _("没有同名的党员；本支部有 %(n)s 名，请在党员页面上改") % {"n": len(same)})
    elif same and "arrived_on" in read.filled:
        read.is_wrong("name", name, _("不在本支部名册上的姓名；同名的另一个人，请在“系统外转入”里单独办"))
    elif same:
        read.member = same[0]
        told = _told(read)
        read.changes = [
            (header_of(key),
             *(import_words.words(key, text) for text in (getattr(read.member, key), value)))
            for key, value in told.items() if getattr(read.member, key) != value
        ]
        read.outcome = LineOutcome.CHANGED if read.changes else LineOutcome.UNCHANGED
    else:
        read.outcome = LineOutcome.NEW


def _told(row):
    """{field: text} of what a row says about telephone and post; an empty cell says nothing."""
    return {key: row.values[key] for key in CORRECTABLE if row.values.get(key)}

"""What reading a ledger finds besides its rows: wrong cells, 合计 rows, questions for a person."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from config.kit.sheet_facts import column_letter

ORGANIZATIONS = "organizations"
MEMBERS = "members"


@dataclass(frozen=True)
class Wrong:
    """One wrong cell. `column` is its header with Excel's letter; `value` what stands there, as text."""

    ledger: str
    sheet: str
    row: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True)
class Total:
    """A 合计 row: what it says (None when it says no number) and how many rows there are."""

    ledger: str
    sheet: str
    row: int
    label: str
    said: int | None
    counted: int


@dataclass(frozen=True)
class Question:
    """A date column in which 2010.1 may be January or October. `key` is the name of its answer."""

    key: str
    ledger: str
    sheet: str
    column: str
    row: int
    value: str
    cells: int


@dataclass(frozen=True)
class LedgerRow:
    """A row that was read without error. `cells` maps a field to (column label, shown value) for later refusals."""

    ledger: str
    sheet: str
    row: int
    values: dict
    cells: dict

    def wrong(self, field_name, expected):
        """A finding at one of the row's cells."""
        column, value = self.cells.get(field_name, ("", ""))
        return Wrong(self.ledger, self.sheet, self.row, column, value, expected)

    @property
    def place(self):
        return place_words(self.sheet, self.row)


@dataclass
class Reading:
    """Everything found in one ledger. `seen` counts the rows of persons or organisations, wrong ones included."""

    ledger: str
    rows: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    totals: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    seen: int = 0
    sheets: list = field(default_factory=list)
    broken: dict = field(default_factory=dict)  # name → place, of rows that could not be read whole


def place_words(sheet, row):
    return _("“%(sheet)s”第 %(row)d 行") % {"sheet": sheet, "row": row}


def column_label(header, number):
    """「入党时间（I 列）」for column 9."""
    letter = _("%(letter)s 列") % {"letter": column_letter(number)}
    return f"{header}（{letter}）" if header else letter

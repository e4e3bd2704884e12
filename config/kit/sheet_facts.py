"""What a workbook's own bytes say about a sheet and the reader does not: its extent, what is hidden, cells without a value."""
from dataclasses import dataclass, field

LAST_COLUMN = 16_384  # XFD


class NotReadable(Exception):
    """The sheet's bytes are not what they should be."""


class CellError(str):
    """The text that a spreadsheet shows instead of a value, such as #N/A; never a value to import."""


@dataclass
class SheetFacts:
    """Extent and peculiarities of one sheet; rows and columns are counted from 1."""

    rows: int = 0
    columns: int = 0
    row_count: int = 0
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    errors: dict = field(default_factory=dict)

    def hide_columns(self, first, last):
        self.hidden_columns.update(range(max(first, 1), min(last, LAST_COLUMN) + 1))

    def reach(self, row, column):
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


def column_number(letters):
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letter(number):
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

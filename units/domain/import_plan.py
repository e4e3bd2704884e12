"""What an import would do, line by line, before anything is written."""
import difflib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from units.domain.import_words import header_of
from units.domain.ledger_findings import Reading
from units.enums import LineOutcome


@dataclass
class PlannedLine:
    """One row of a ledger and what it would do. `values` are plain data for the row that is stored."""

    ledger: str
    sheet: str
    row: int
    outcome: str
    label: str
    values: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    subject_id: int | None = None


@dataclass
class LedgerPlan:
    """The lines of one ledger and everything that is wrong in it; `absent` counts who is in the database only."""

    reading: Reading
    lines: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    absent: int = 0

    def refuse(self, row, field_name, expected):
        self.wrong.append(row.wrong(field_name, expected))

    def add(self, row, outcome, **fields):
        line = PlannedLine(row.ledger, row.sheet, row.row, outcome, row.values["name"], **fields)
        self.lines.append(line)
        return line

    def counts(self):
        """{outcome: number of rows}; a row with several wrong cells counts once."""
        numbers = {outcome.value: 0 for outcome in LineOutcome}
        for line in self.lines:
            numbers[line.outcome] += 1
        numbers[LineOutcome.WRONG.value] = len({(wrong.sheet, wrong.row) for wrong in self.wrong})
        return numbers


def nearest(name, names):
    """What is right for an unknown organisation: a name of the list, with the nearest ones suggested."""
    likeness = sorted(((difflib.SequenceMatcher(None, name, one).ratio(), one) for one in names), reverse=True)
    near = [one for ratio, one in likeness[:2] if ratio >= 0.6 and ratio >= likeness[0][0] - 0.05]
    if not near:
        return _("党组织名册里的名称")
    return _("党组织名册里的名称；是不是%(names)s") % {"names": "、".join(f"“{one}”" for one in near)}


def below_wrong(name, refused):
    """What is right where the organisation called `name` stands in a row that is itself wrong; `refused` has its place."""
    return _("可以导入的党组织；%(place)s的“%(name)s”有错，改好后一起导入") % {"place": refused[name], "name": name}


def changed_line(plan, row, subject_id, compared, values):
    """Add a line for a subject that exists: changed with [header, old, new] for each difference, or unchanged.

    `compared` is a sequence of (field, old words, new words, differs).
    """
    differences = [(name, header_of(row.ledger, name), old, new) for name, old, new, differs in compared if differs]
    if not differences:
        return plan.add(row, LineOutcome.UNCHANGED, subject_id=subject_id)
    values = {**values, "changed": [name for name, *_words in differences]}
    changes = [[header, old, new] for _name, header, old, new in differences]
    return plan.add(row, LineOutcome.CHANGED, subject_id=subject_id, values=values, changes=changes)

"""The table of docs/screens.md that leads from the speech to pages and tests names what there is."""
import re

import pytest

from tests.house import sources
from tests.house.test_urls import named

ROW = re.compile(r"^\| (S\d+) [^|]+\| `(\w+)` \| `(tests/[\w/]+\.py)::(\w+)` \| [^|]+\|$", re.M)
ASKED = {f"S{number}" for number in range(1, 24)}


def faults(text):
    """What is wrong with the rows of a table, in words."""
    rows, pages = ROW.findall(text), {name for name, _entry in named()}
    wrong = [f"{row} is missing" for row in sorted(ASKED - {row for row, *_rest in rows})]
    for row, page, path, test in rows:
        if page not in pages:
            wrong.append(f"{row}: there is no page {page}")
        file = sources.ROOT / path
        if not file.is_file() or f"\ndef {test}(" not in file.read_text():
            wrong.append(f"{row}: there is no test {path}::{test}")
    return wrong


def test_every_row_of_the_speech_has_a_page_and_a_test():
    assert faults((sources.ROOT / "docs" / "screens.md").read_text()) == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("| S1 a | `home` | `tests/house/test_screens.py::test_the_rule_refuses` | today |", []),
        ("| S1 a | `hom` | `tests/house/test_screens.py::test_the_rule_refuses` | today |", ["S1: there is no page hom"]),
        ("| S1 a | `home` | `tests/house/sources.py::test_no` | now |", ["S1: there is no test tests/house/sources.py::test_no"]),
        ("| S1 a | `home` | `tests/house/none.py::test_no` | today |", ["S1: there is no test tests/house/none.py::test_no"]),
    ],
)
def test_the_rule_refuses(row, wrong):
    assert [sentence for sentence in faults(row) if sentence.startswith("S1:")] == wrong

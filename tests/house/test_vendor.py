"""Files of others are the ones we looked at: sums as in static/vendor/MANIFEST, and nothing besides."""
import hashlib
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
LINES = [line.split("  ") for line in (VENDOR / "MANIFEST").read_text().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[1])
def test_sum_fits(line):
    expected, name, version, licence = line
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == expected
    assert version and licence


def test_no_file_outside_the_manifest():
    listed = {name for _sum, name, _version, _licence in LINES}
    present = {path.name for path in VENDOR.iterdir()} - {"MANIFEST", "README.md"}
    assert present == {name for name in listed if "/" not in name}


def test_no_address_of_another_host():
    """Intranets have no internet: nothing here loads from elsewhere (names of licences in comments are no loads)."""
    text = (VENDOR / "bootstrap.min.css").read_text()
    assert "url(http" not in text and "@import" not in text and "sourceMappingURL" not in text

"""Files keep to their size and place, hold no path of a machine, and pin what they need."""
import ast
import re
import tomllib
from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.requirements import Requirement

from tests.house import sources

LIMITS = {".py": 350, ".html": 120, ".css": 1500, ".js": 300}
LONGEST_FUNCTION = 45
WORDS_WITHOUT_MEANING = {"utils.py", "helpers.py", "mixins.py", "misc.py", "common.py"}
# /home/somebody, /Users/somebody, the folders of build machines, credentials in an address
MACHINE = re.compile(
    r"/home/(?!app\b|campaign\b)\w+/|/Users/\w+/|(?<![\w.])/(?:work|workspace)/\w|/root/\w|://[\w.-]+:[^@\s/{}$<>%*…]+@(?!127\.0\.0\.1|localhost|db\b)"
)


def too_long(path, text):
    """The sentence about a file above its limit, or None."""
    limit = LIMITS.get(path.suffix)
    lines = text.count("\n") + 1
    return f"{path}: {lines} lines, at most {limit}" if limit and lines > limit else None


def long_functions(text):
    """(name, lines) of functions above the limit; a docstring does not count."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            has_words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            words = first.end_lineno - first.lineno + 1 if has_words else 0
            lines = node.end_lineno - node.lineno + 1 - words
            if lines > LONGEST_FUNCTION:
                yield node.name, lines


def unpinned(text):
    """Lines of a requirements file that do not name one version."""
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if line and not line.startswith("-r ") and not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+(;.*)?", line):
            yield line


def test_files_keep_to_their_size():
    assert [said for path, text in sources.text_files()
            if "migrations" not in path.parts and (said := too_long(path, text))] == []


def test_functions_keep_to_their_size():
    everywhere = (*sources.PRODUCT, "bench", "tests")
    assert [(str(path), *found) for path, text in sources.modules(*everywhere) for found in long_functions(text)] == []


def test_every_module_opens_with_one_sentence():
    silent = [str(path) for path, text in sources.modules(*sources.PRODUCT, "bench")
              if text.strip() and not ast.get_docstring(ast.parse(text))]
    assert silent == []


def test_no_file_is_named_after_nothing():
    assert [str(path) for path in sources.files() if path.name in WORDS_WITHOUT_MEANING] == []


def test_no_file_holds_a_path_of_a_machine():
    found = [(str(path), place.group()) for path, text in sources.text_files()
             if path.parts[:2] != ("tests", "house") for place in MACHINE.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned(name):
    assert list(unpinned((sources.ROOT / name).read_text())) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_is_what_is_pinned(name):
    lines = [line.split("#")[0].strip() for line in (sources.ROOT / name).read_text().splitlines()]
    different = []
    for wanted in (Requirement(line) for line in lines if line and not line.startswith("-r")):
        if wanted.marker and not wanted.marker.evaluate():
            continue
        try:
            there = version(wanted.name)
        except PackageNotFoundError:
            there = "nothing"
        if not wanted.specifier.contains(there, prereleases=True) if there != "nothing" else True:
            different.append((str(wanted), there))
    assert different == []


def test_the_project_says_which_python_it_needs():
    assert tomllib.loads((sources.ROOT / "pyproject.toml").read_text())["project"]["requires-python"] == ">=3.11"


# The rules can refuse -------------------------------------------------------------------------
def test_the_size_rules_refuse():
    assert too_long(sources.ROOT / "a.html", "\n" * 200).endswith("201 lines, at most 120")
    assert list(long_functions("def f():\n" + "    x = 1\n" * 50)) == [("f", 51)]


@pytest.mark.parametrize("text", ["/home/anna/x", "cd /work/x", "https://me:secret@example.org", "/Users/anna/x"])
def test_the_machine_rule_refuses(text):
    assert MACHINE.search(text)


def test_the_pin_rule_refuses():
    assert list(unpinned("Django>=5\ncelery[redis]==5.7.0\nredis\n")) == ["Django>=5", "redis"]

"""Every include of a component passes what it declares in its first line, nothing else, and nothing is left out."""
import re

import pytest

from tests.house import sources

FIRST_LINE = re.compile(r"^\{#\s*takes:\s*(.*?)\s*#\}")
INCLUDE = re.compile(r"{%\s*include\s+[\"']components/(\w+)\.html[\"'](.*?)%}", re.S)
# Names with values: quoted text may hold anything, also " only " or "x=y".
PASSED = re.compile(r"(\w+)=(?:\"[^\"]*\"|'[^']*'|[^\s])+")


def declared(text):
    """({required}, {optional}) of a component, from its first line."""
    names = [name.strip() for name in FIRST_LINE.match(text).group(1).split(",") if name.strip()]
    optional = {name.removesuffix("=optional") for name in names if name.endswith("=optional")}
    return {name for name in names if not name.endswith("=optional")}, optional


def components():
    return {path.stem: text for path, text in sources.templates() if path.parts[1] == "components"}


def includes():
    """(template, component, rest of the tag) of every include of a component."""
    for path, text in sources.templates():
        for name, rest in INCLUDE.findall(text):
            yield str(path), name, rest


def faults(name, rest, known):
    """What is wrong with one include, in words."""
    if name not in known:
        return [f"there is no component {name}"]
    required, optional = declared(known[name])
    passed = set(PASSED.findall(rest))
    wrong = [f"{name} does not take {word}" for word in sorted(passed - required - optional)]
    wrong += [f"{name} needs {word}" for word in sorted(required - passed)]
    return wrong if rest.rstrip().endswith("only") else [*wrong, f"{name} without only"]


def test_every_component_says_what_it_takes():
    assert [name for name, text in components().items() if not FIRST_LINE.match(text)] == []


def test_a_component_uses_what_it_takes():
    unused = []
    for name, text in components().items():
        required, optional = declared(text)
        body = text.split("#}", 1)[1]
        unused += [(name, word) for word in required | optional if not re.search(rf"{{[{{%][^}}]*\b{word}\b", body)]
    assert unused == []


def test_every_include_fits_its_component():
    known = components()
    assert [(path, wrong) for path, name, rest in includes() if (wrong := faults(name, rest, known))] == []


def test_the_style_guide_shows_every_component():
    shown = {name for path, name, _rest in includes() if "styleguide" in path}
    assert set(components()) - shown == set()


def test_every_page_with_a_crispy_form_has_the_error_summary():
    """Errors that belong to no field are shown there and nowhere else."""
    with_form = [(path, text) for path, text in sources.templates() if re.search(r"{%\s*crispy\s", text)]
    without = [str(path) for path, text in with_form if "_error_summary.html" not in text and "styleguide" not in path.name]
    assert (bool(with_form), without) == (True, [])


# The rules can refuse -------------------------------------------------------------------------
KNOWN = {"_tag": "{# takes: status, word, title=optional #}"}


@pytest.mark.parametrize(
    ("name", "rest", "wrong"),
    [
        ("_tag", 'with status="ok" word=label only', []),
        ("_tag", "with status=a word='x only' title=_(\"b\")|default:\"c d\" only", []),
        ("_tag", 'with status="ok" word=label', ["_tag without only"]),
        ("_tag", 'with status="ok" only', ["_tag needs word"]),
        ("_tag", 'with status="ok" word="a" colour="red" only', ["_tag does not take colour"]),
        ("_tab", "only", ["there is no component _tab"]),
    ],
)
def test_the_include_rule(name, rest, wrong):
    assert faults(name, rest, KNOWN) == wrong

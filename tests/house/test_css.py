"""The style sheets say only what Chromium 84 understands, and scripts and templates need no exception to the policy."""
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN_CSS = sorted((ROOT / "static" / "css").glob("*.css"))
OWN_JS = sorted((ROOT / "static" / "js").glob("*.js"))
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "exports" not in path.parts)
TOO_NEW = [":has(", "color-mix(", "light-dark(", "@layer", "@container", ":is(", ":where(", "oklch(", "inset:", "aspect-ratio"]


def rules_of(text):
    """The text without comments."""
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.name)
@pytest.mark.parametrize("word", TOO_NEW)
def test_nothing_newer_than_chromium_84(path, word):
    assert word not in rules_of(path.read_text())


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.name)
def test_no_nested_rules(path):
    """A block may stand inside @media and @font-face only."""
    depth, head = [], ""
    for character in rules_of(path.read_text()):
        if character == "{":
            inside_rule = any(not opened.startswith("@") for opened in depth)
            assert not inside_rule, f"{head.strip()} is nested"
            depth.append(head.strip())
            head = ""
        elif character == "}":
            depth.pop()
            head = ""
        else:
            head = "" if character == ";" else head + character
    assert not depth, "a block is not closed"


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.name)
def test_no_class_of_bootstraps_headings_is_taken(path):
    assert not re.search(r"\.h[1-6]\b", rules_of(path.read_text()))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_page_needs_no_exception_to_the_content_security_policy(path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<style\b", text), "style element"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "event attribute"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"\shx-[a-z]+", text), "htmx attributes are written data-hx-*"
    assert not re.search(r"(src|href)=[\"']https?://", text), "an address of another host"


@pytest.mark.parametrize("path", OWN_JS, ids=lambda path: path.name)
def test_script_makes_no_code_from_text(path):
    text = path.read_text()
    for word in ("eval(", "new Function", "innerHTML", "insertAdjacentHTML", "document.write"):
        assert word not in text

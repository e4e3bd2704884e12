"""Every template compiles, and none carries what the content security policy forbids."""
import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from tests.house import sources

FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*type=\"application/json\")", re.I),
    "javascript address": re.compile(r"(?:href|action)\s*=\s*[\"']?\s*javascript:", re.I),
    "htmx without data-": re.compile(r"<[^>]*\shx-[a-z]", re.I),
    "htmx evaluation": re.compile(r"data-hx-(?:on|vals\s*=\s*[\"']js:)", re.I),
    "address of another host": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.I),
}
# A mail is read outside the product: its links name the host, and mail programs want their styles inline.
ELSEWHERE = {"emails", "exports"}


def forbidden_in(text):
    """The names of what `text` must not carry."""
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def pages():
    return [(path, text) for path, text in sources.templates() if path.suffix == ".html" and path.parts[1] not in ELSEWHERE]


def without_only(text):
    """Includes of components that let the whole context through."""
    return [tag for tag in re.findall(r"{%\s*include\s+[\"']components/[^%]*%}", text) if not re.search(r"\bonly\s*%}", tag)]


def test_there_are_templates():
    assert len(pages()) > 5


def test_every_template_compiles():
    broken = []
    for path, _text in sources.templates():
        if path.suffix not in {".html", ".txt"}:
            continue
        try:
            get_template(str(Path(*path.parts[1:])))
        except TemplateSyntaxError as reason:
            broken.append((str(path), str(reason)))
    assert broken == []


def test_no_template_carries_what_the_policy_forbids():
    assert [(str(path), found) for path, text in pages() if (found := forbidden_in(text))] == []


def test_components_say_what_they_take_and_get_nothing_else():
    silent = [str(path) for path, text in pages() if path.parts[1] == "components" and not text.startswith("{#")]
    open_handed = [(str(path), tags) for path, text in pages() if (tags := without_only(text))]
    assert (silent, open_handed) == ([], [])


def test_no_component_runs_a_query_or_knows_the_request():
    known = [str(path) for path, text in pages() if path.parts[1] == "components"
             and re.search(r"\brequest\.|\.objects\b|\.all\b", text)]
    assert known == []


# The rules can refuse -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<p style="color:red">', "inline style"),
        ("<style>p{}</style>", "style element"),
        ('<a href="#" onclick="x()">', "event attribute"),
        ("<script>x()</script>", "inline script"),
        ('<a href="javascript:x()">', "javascript address"),
        ('<form hx-post="/x/">', "htmx without data-"),
        ('<script src="https://cdn.example/x.js"></script>', "address of another host"),
    ],
)
def test_the_policy_rules_refuse(text, name):
    assert name in forbidden_in(text)


def test_the_policy_rules_let_good_pages_through():
    assert forbidden_in('<script src="{% static "js/cx.js" %}" defer></script><a data-hx-get="/x/" href="/x/">x</a>') == []


def test_the_component_rule_refuses():
    assert without_only('{% include "components/badge.html" with text=a %}')
    assert not without_only('{% include "components/badge.html" with text=a only %}')

"""Every address leads to a view in a views/ folder, and all but a named few need a sign-in and start from one's scope."""
import ast
import inspect
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.house import sources

# Everybody may see these without an account; a new one has to be added here on purpose.
PUBLIC = {"login", "logout", "large_type", "health"}
SAMPLES = {
    "IntConverter": 1, "UUIDConverter": uuid.UUID(int=1), "SlugConverter": "x", "StringConverter": "x", "PathConverter": "x",
}
# Addresses with a key whose view needs no visible_to: what the key names is the visitor's own, or no record at all.
OWN_THINGS = set()


def patterns(resolver=None):
    """Every named address of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


def named():
    return [(entry.name, entry) for entry in patterns()]


def sample(entry):
    """An address of the pattern, with keys that need not exist."""
    kinds = {word: type(kind).__name__ for word, kind in entry.pattern.converters.items()}
    return reverse(entry.name, kwargs={word: SAMPLES[kind] for word, kind in kinds.items()})


def view_function(entry):
    return inspect.unwrap(entry.callback)


def reaches(function_name, module_text, wanted):
    """Whether a function, or a function of the same module that it uses, uses the name or attribute `wanted`."""
    functions = {node.name: node for node in ast.walk(ast.parse(module_text)) if isinstance(node, ast.FunctionDef)}
    open_names, seen = [function_name], set()
    while open_names:
        name = open_names.pop()
        if name in seen or name not in functions:
            continue
        seen.add(name)
        for node in ast.walk(functions[name]):
            word = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None
            if word == wanted:
                return True
            if word:
                open_names.append(word)
    return False


def test_there_are_addresses():
    assert len(named()) > 10


def test_every_address_has_its_own_name():
    names = [name for name, _entry in named()]
    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_every_view_lives_in_a_views_folder():
    strangers = [(name, entry.callback.__module__) for name, entry in named()
                 if entry.callback.__module__.split(".")[1:2] != ["views"]]
    assert strangers == []


def test_views_are_functions():
    assert [name for name, entry in named() if not inspect.isfunction(view_function(entry))
            or hasattr(entry.callback, "view_class")] == []


def test_only_the_named_pages_are_public():
    from units.middleware import PUBLIC_NAMES

    marked = {name for name, entry in named() if getattr(entry.callback, "public", False)}
    assert PUBLIC_NAMES | marked == PUBLIC


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_login_page(method, db):
    browser, let_in = Client(), []
    for name, entry in named():
        if name not in PUBLIC:
            answer = getattr(browser, method)(sample(entry))
            if answer.status_code != 302 or not answer.url.startswith(reverse("login")):
                let_in.append((name, answer.status_code))
    assert let_in == []


def test_a_view_with_a_key_starts_from_what_the_user_may_see():
    free = []
    for name, entry in named():
        if name in PUBLIC | OWN_THINGS or not set(entry.pattern.converters) & {"pk", "lineage"}:
            continue
        function = view_function(entry)
        text = inspect.getsource(inspect.getmodule(function))
        if not reaches(function.__name__, text, "visible_to"):
            free.append(name)
    assert free == []


# The rules can refuse -------------------------------------------------------------------------
def test_the_scope_rule_follows_helpers_and_refuses():
    text = (
        "def load(r):\n    return X.objects.visible_to(r.user)\n"
        "def good(r, pk):\n    load(r)\n"
        "def bad(r, pk):\n    X.objects.get(pk=pk)\n"
    )
    assert reaches("good", text, "visible_to")
    assert not reaches("bad", text, "visible_to")


def test_sources_are_where_the_tests_think():
    assert all((sources.ROOT / app / "urls.py").exists() for app in sources.APPS)

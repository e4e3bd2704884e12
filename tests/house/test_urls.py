"""Every address leads to a view in a views/ folder, and all but a named few need a sign-in and start from one's scope."""
import inspect
import uuid
from types import CodeType

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.house import sources

# Everybody may see these without an account; a new one has to be added here on purpose.
PUBLIC = {
    "login", "login_again", "logout", "large_type", "health",
    "showcase", "showcase_item", "showcase_photo", "showcase_bulletin", "board",
    "calendar_feed",  # the token in it is the key; it shows what its owner may see
    "ballot_start", "ballot_paper", "ballot_check", "ballot_cast", "ballot_how", "ballot_receipts",
    "sheet_start", "sheet_open", "sheet_question", "sheet_cast", "sheet_receipts",
    "opinion_write", "opinion_answer", "opinion_again", "opinion_how", "opinion_months",
    "symposium_public",
}
SAMPLES = {
    "IntConverter": 1, "UUIDConverter": uuid.UUID(int=1), "SlugConverter": "x", "StringConverter": "x", "PathConverter": "x",
}
# Every account has these and sees nothing of others there.
FOR_EVERYBODY = {
    "own_data", "own_data_file", "own_data_workbook",
    "second_factor", "second_factor_own", "second_factor_codes", "password_change", "reminder_choice", "quiet_keys",
    "role_switch", "send_again", "help", "definitions", "styleguide",
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


def used_by(code, names):
    """The things a piece of code names: globals of its module, and what it takes out of the modules among them."""
    found = [names[name] for name in code.co_names if name in names]
    inside = [getattr(module, name, None) for module in found if inspect.ismodule(module) for name in code.co_names]
    return found + inside


def codes_of(function):
    """Every piece of code of a function, and of the functions of our own that it uses, by whatever module."""
    waiting, seen = [inspect.unwrap(function)], set()
    while waiting:
        known = waiting.pop()
        codes = [known.__code__]
        while codes:
            code = codes.pop()
            codes += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
            yield code
            for used in used_by(code, known.__globals__):
                used = inspect.unwrap(used) if inspect.isfunction(used) else None
                if used and used not in seen and used.__module__.split(".")[0] in (*sources.APPS, __name__.split(".")[0]):
                    seen.add(used)
                    waiting.append(used)


def reaches(function, wanted):
    """Whether a function, or a function of our own that it uses, uses the name `wanted`."""
    return any(wanted in code.co_names for code in codes_of(function))


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


def test_every_view_has_a_permission():
    """It asks for a verdict, or shows no more than the visitor may see."""
    free = [name for name, entry in named() if name not in PUBLIC | FOR_EVERYBODY
            and not any(reaches(entry.callback, word) for word in ("require", "visible_to"))]
    assert free == []


def test_a_view_with_a_key_starts_from_what_the_user_may_see():
    free = []
    for name, entry in named():
        if name in PUBLIC | OWN_THINGS or not set(entry.pattern.converters) & {"pk", "lineage"}:
            continue
        if not reaches(entry.callback, "visible_to"):
            free.append(name)
    assert free == []


# The rules can refuse -------------------------------------------------------------------------
def _in_scope(model, user):
    return model.objects.visible_to(user)


def _good(model, user):
    return (lambda: _in_scope(model, user))()


def _bad(model, user):
    return model.objects.all()


def test_the_scope_rule_follows_helpers_and_refuses():
    assert reaches(_good, "visible_to")
    assert not reaches(_bad, "visible_to")


def test_sources_are_where_the_tests_think():
    assert all((sources.ROOT / app / "urls.py").exists() for app in sources.APPS)


# How far somebody is: fields of the account, where every page leads then, and the pages that open all the same.
GATES = [
    ({"must_change_password": True}, "/password/", {"password_change", "second_factor"}),
    ({"second_factor_mark": "m" * 32}, "/login/second/?", {"second_factor"}),
    ({}, "/second-factor/", {"password_change", "second_factor", "second_factor_own"}),
]


@pytest.mark.parametrize(("fields", "leads_to", "open_pages"), GATES)
def test_half_a_sign_in_opens_no_page(fields, leads_to, open_pages, system, client_for, settings):
    """A first password, a code not given, a second step not set up: each stops every page but the one that mends it."""
    settings.SECOND_FACTOR = True
    type(system).objects.filter(pk=system.pk).update(**fields)
    browser = client_for(system)
    passed = [
        name for name, entry in named() if name not in PUBLIC | open_pages
        for answer in (browser.get(sample(entry)), browser.post(sample(entry)))
        if answer.status_code != 302 or not answer.url.startswith(leads_to)
    ]
    assert passed == []

"""The domain reads no clock and knows no request; models have no hidden behaviour."""
import ast

import pytest
from django.apps import apps

from tests.house import sources

CLOCKS = {
    "config.kit.clock", "config.kit.clock.now", "config.kit.clock.today", "clock.now", "clock.today", "timezone.now",
    "django.utils.timezone.now", "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time",
}
REQUEST = {"django.http", "django.shortcuts", "django.contrib.messages"}
SIGNALS = {"django.dispatch", "django.db.models.signals", "django.core.signals"}


def is_domain(path):
    return path.parts[0] in sources.APPS and path.parts[1] == "domain"


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in sources.APPS]


def overridden(text, method):
    """Classes of a module that define `method` themselves."""
    return [node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef)
            for part in node.body if isinstance(part, ast.FunctionDef) and part.name == method]


def bare_clock_imports(text):
    """Names taken out of the clock's module: a test could not stop them, and `clock.now()` reads better."""
    return [name for name in sources.names_in(text) if name in {"config.kit.clock.now", "config.kit.clock.today"}]


def test_the_domain_reads_no_clock():
    found = [(str(path), sorted(used)) for path, text in sources.modules(*sources.APPS)
             if is_domain(path) and (used := sources.names_in(text) & (CLOCKS | {"config.kit.clock"}))]
    assert found == []


def test_the_domain_knows_no_request():
    found = [(str(path), sorted(used)) for path, text in sources.modules(*sources.APPS)
             if is_domain(path) and (used := sources.names_in(text) & REQUEST)]
    assert found == []


def test_the_clock_is_read_through_its_module():
    found = [(str(path), names) for path, text in sources.modules(*sources.PRODUCT)
             if (names := bare_clock_imports(text))]
    assert found == []


def test_views_and_tasks_read_only_the_product_clock():
    """With the real clock a page of a demo would speak of today while everything else is in 2011."""
    real = {"timezone.now", "datetime.now", "datetime.today", "date.today", "django.utils.timezone.now"}
    found = [(str(path), sorted(used)) for path, text in sources.modules(*sources.APPS)
             if (used := sources.names_in(text) & real)]
    assert found == []


def test_no_model_overrides_save():
    assert [(str(path), names) for path, text in sources.modules(*sources.APPS)
            if (names := overridden(text, "save"))] == []


def test_no_signals_between_our_own_apps():
    assert [(str(path), sorted(used)) for path, text in sources.modules(*sources.APPS)
            if (used := sources.names_in(text) & SIGNALS)] == []


def test_no_model_has_a_default_order():
    assert [model.__name__ for model in own_models() if model._meta.ordering] == []


def test_every_model_says_what_it_is():
    assert [model.__name__ for model in own_models() if "__str__" not in vars(model)
            and not any("__str__" in vars(base) for base in model.__mro__[1:-1] if base.__module__.split(".")[0] in
                        {*sources.APPS, "config"})] == []


# The rules can refuse -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["from django.utils import timezone\ntimezone.now()", "from config.kit import clock\nclock.today()",
     "from datetime import date\ndate.today()", "from config.kit.clock import now"],
)
def test_the_clock_rule_refuses(text):
    assert sources.names_in(text) & CLOCKS


def test_the_model_rules_refuse():
    assert overridden("class A:\n    def save(self):\n        pass\n", "save") == ["A"]
    assert sources.names_in("from django.dispatch import receiver") & SIGNALS
    assert bare_clock_imports("from config.kit.clock import now") == ["config.kit.clock.now"]

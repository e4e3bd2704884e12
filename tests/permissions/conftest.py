"""One world for all addresses: made once, asked with real sign-ins, and wiped at the end."""
import logging

import pytest
from django.conf import settings
from django.db import transaction
from django.template.base import Template
from django.test import override_settings

from config.kit import clock
from tests.conftest import NOW
from tests.permissions import (
    records_campaign,
    records_evaluations,
    records_polls,
    records_reviews,
    records_shown,
    records_symposiums,
    records_units,
)
from tests.permissions.world import World

RECORDS = (
    records_units, records_campaign, records_shown, records_evaluations, records_polls, records_symposiums, records_reviews,
)


@pytest.fixture(autouse=True)
def _django_db_helper():
    """In place of pytest-django's: no test here has a transaction of its own, all share the world's."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The World. Error pages are blank, templates keep no copies of their context, N+1 is looked for elsewhere."""
    quick = [name for name in settings.MIDDLEWARE if not name.startswith("zeal")]
    with (
        django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic(),
        override_settings(ROOT_URLCONF="tests.permissions.urls", MIDDLEWARE=quick),
    ):
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
        patch.setattr(logging.getLogger("django.request"), "disabled", True)  # a log of refusals keeps every request
        yield World()
        transaction.set_rollback(True)


def pytest_terminal_summary(terminalreporter):
    """How many cells of the matrix were asked, where the run ends."""
    told = (dict(report.user_properties) for report in terminalreporter.stats.get("passed", []))
    cells = [properties["cells"] for properties in told if "cells" in properties]
    if cells:
        terminalreporter.line(
            f"permission matrix: {sum(cells)} cells (a role, a relation, an address) of {len(cells)} addresses"
        )

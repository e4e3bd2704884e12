"""The suite runs on its own settings, also where the runner's imports have named the product's first; what a test commits
is gone for the next one, and what migrations brought is back."""
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from campaign.models import ActivityKind
from tests.factories.units import OrganizationFactory
from tests.house import sources
from units.models import Organization


def test_the_settings_are_the_suites():
    assert settings.SETTINGS_MODULE == os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.test"
    assert "zeal" in settings.INSTALLED_APPS


def test_the_runner_names_its_legs_when_asked_for_another():
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.run", "oracle"], cwd=sources.ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (2, "Name one or both of: sqlite postgres\n")


def test_the_runner_refuses_to_leave_out_what_ci_wants(tmp_path):
    """With CI set, a machine without Chromium is no excuse."""
    env = {**os.environ, "CI": "1", "CHROMIUM": str(tmp_path / "no-chromium")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.run", "sqlite", "--", "--version"],
        cwd=sources.ROOT, env=env, capture_output=True, text=True,
    )
    assert done.returncode == 1
    assert "CI is set and this would be left out: browser tests (no Chromium)" in done.stderr


def test_what_is_left_out_stands_above_the_last_line(tmp_path):
    env = {name: value for name, value in os.environ.items() if name not in {"CI", "DATA_DIR"}}
    env |= {"CHROMIUM": str(tmp_path / "no-chromium")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.run", "sqlite", "--", "tests/e2e/test_login.py",
         "tests/house/test_suite.py::test_the_settings_are_the_suites", "-p", "no:cacheprovider"],
        cwd=sources.ROOT, env=env, capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stdout
    *above, last = done.stdout.strip().splitlines()
    assert "1 passed" in last and "deselected" in last
    assert any("LEFT OUT: browser tests (no Chromium)" in line for line in above)
    assert any("tests, because chromium is not installed" in line for line in above)


def test_the_runner_fails_when_a_leg_fails():
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.run", "sqlite", "--", "tests/no_such_file.py", "-p", "no:cacheprovider"],
        cwd=sources.ROOT, capture_output=True, text=True,
    )
    assert done.returncode == 1
    assert "file or directory not found: tests/no_such_file.py" in done.stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_test_that_commits_finds_all_that_migrations_brought_and_nothing_else(turn):
    """Also in a column that another test changed; what a test leaves is wiped before the next."""
    found = json.loads(connection.creation.serialize_db_to_string())
    assert len(found) > 500 and found == json.loads(connection._test_serialized_contents)
    assert not Organization.objects.exists()
    OrganizationFactory()
    kind = ActivityKind.objects.order_by("pk").first()
    assert ActivityKind.objects.filter(pk=kind.pk).update(title="改过") == 1
    assert ContentType.objects.order_by("pk").first().delete()

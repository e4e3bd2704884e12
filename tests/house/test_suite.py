"""The suite runs on its own settings, also where the runner's imports have named the product's first."""
import os
import subprocess
import sys

from django.conf import settings

from tests.house import sources


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

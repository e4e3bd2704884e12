"""The cast, the stopped clock and the worker that every test may ask for."""
import datetime
import gc
import os
import zoneinfo
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config.kit import clock
from evaluations.models import Questionnaire
from tests.factories.campaign import CampaignFactory, PhaseFactory
from tests.factories.units import enrol, plant, user_with
from tests.services import packages, quick
from tests.services.worker import forget_messages, running_worker
from units.enums import Category, OrganizationKind, Role

NOW = datetime.datetime(2011, 6, 10, 9, 0, tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai"))


# How long an example takes says how busy the machine is and nothing of the property: no test fails of that.
hypothesis_settings.register_profile(
    "suite", parent=hypothesis_settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")


# The database ---------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """What migrations brought, for every connection: a browser's event loop makes Django open another one in this very
    thread, and that one would not know what to put back after a test that commits. What a test committed is wiped table by
    table on SQLite, questionnaires first: as long as they are there, a trigger keeps their questions."""
    wrapper = type(connections["default"])
    kept = getattr(connections["default"], "_test_serialized_contents", None)  # none where no chosen test needs it
    wrapper._test_serialized_contents = kept
    operations = wrapper.ops_class
    flush = operations.sql_flush

    def flush_in_order(self, style, tables, **how):
        return flush(self, style, sorted(tables, key=Questionnaire._meta.db_table.__ne__), **how)

    operations.sql_flush = flush_in_order
    creation = wrapper.creation_class
    one_by_one = creation.deserialize_db_from_string
    creation.deserialize_db_from_string = quick.put_back
    yield
    creation.deserialize_db_from_string = one_by_one
    operations.sql_flush = flush
    del wrapper._test_serialized_contents


# What each test would do again ----------------------------------------------------------------
def pytest_collection_finish(session):
    """All that was imported stays to the end: the collector of garbage need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Run all tests in a roomy frame, as pytest, or a plugin that has its own way, does without this hook."""
    plugins = session.config.pluginmanager
    this = [plugin for plugin in plugins.get_plugins() if getattr(plugin, "pytest_runtestloop", None) is pytest_runtestloop]
    others = plugins.subset_hook_caller("pytest_runtestloop", remove_plugins=this)
    return quick.in_roomy_frame(lambda: others(session=session))


@pytest.fixture(scope="session", autouse=True)
def static_files_listed_once():
    with quick.static_files_listed_once():
        yield


# The clock ------------------------------------------------------------------------------------
@pytest.fixture
def real_clock():
    """Ask for this to leave the clock as the installation has it."""


@pytest.fixture
def demo_clock():
    """The clock of a demo that was started at 2011-06-10 09:00; the worker process sees it too."""
    clock.start_demo(NOW)
    yield clock
    clock.end_demo()


@pytest.fixture(autouse=True)
def stopped_clock(request, monkeypatch):
    """Views and jobs see 2011-06-10 09:00 in every test; returns a function that moves the clock to another moment."""
    moment = [NOW]
    if not {"real_clock", "demo_clock"} & set(request.fixturenames):
        monkeypatch.setattr(clock, "now", lambda: moment[0])

    def move_to(new):
        moment[0] = new

    return move_to


@pytest.fixture
def at():
    """The moment at which the clock stands: 2011-06-10 09:00 in Beijing."""
    return NOW


@pytest.fixture
def today():
    """The day on which the clock stands: 2011-06-10."""
    return NOW.date()


# Organisations --------------------------------------------------------------------------------
@pytest.fixture
def tree(db):
    """A small tree: `root`, below it a unit of each category, branches and their members.

    root 直属机关党委
      organ 办公厅党总支 (机关司局): organ_branch 第一党支部 (5 members, the first is its secretary), organ_branch_2 (3)
      institution 信息中心党委 (直属事业单位): institution_branch (3)
      society 社会工作协会党支部 (部管社会组织), a unit that is itself a branch (3)
    """
    made = SimpleNamespace(**plant(
        {"root": {
            "organ": {"organ_branch": {}, "organ_branch_2": {}}, "institution": {"institution_branch": {}}, "society": {},
        }},
        {
            "root": {"name": "直属机关党委", "kind": OrganizationKind.ORGAN_COMMITTEE, "category": ""},
            "organ": {"name": "办公厅党总支", "kind": OrganizationKind.GENERAL_BRANCH},
            "organ_branch": {"name": "办公厅第一党支部"},
            "organ_branch_2": {"name": "办公厅第二党支部"},
            "institution": {
                "name": "信息中心党委", "kind": OrganizationKind.COMMITTEE, "category": Category.INSTITUTION,
            },
            "institution_branch": {"name": "信息中心第一党支部", "category": Category.INSTITUTION},
            "society": {"name": "社会工作协会党支部", "category": Category.SOCIETY},
        },
    ))
    made.members = enrol([
        (made.organ_branch, 5), (made.organ_branch_2, 3), (made.institution_branch, 3), (made.society, 3)
    ])
    return made


@pytest.fixture
def root(tree):
    return tree.root


@pytest.fixture
def unit(tree):
    """办公厅党总支, the unit above `branch`."""
    return tree.organ


@pytest.fixture
def branch(tree):
    """办公厅第一党支部: five members, the first of them its secretary."""
    return tree.organ_branch


@pytest.fixture
def branch_members(tree):
    """The five members of `branch`; the first is its secretary."""
    return tree.members[tree.organ_branch.pk]


@pytest.fixture
def campaign(root):
    """The open campaign of 2010-2012 with the phase in which the clock stands."""
    campaign = CampaignFactory(organization=root, code="cxzy")
    PhaseFactory(campaign=campaign)
    return campaign


# The cast -------------------------------------------------------------------------------------
@pytest.fixture
def secretary(tree):
    """The secretary of `branch`."""
    return user_with(Role.SECRETARY, tree.organ_branch, member=tree.members[tree.organ_branch.pk][0], name="支部书记")


@pytest.fixture
def committee(tree):
    """The committee of `unit`."""
    return user_with(Role.COMMITTEE, tree.organ, name="单位党委")


@pytest.fixture
def office(tree):
    """The campaign office, over the whole tree."""
    return user_with(Role.OFFICE, tree.root, name="办公室")


@pytest.fixture
def leader(tree):
    """A leader who reads the whole tree."""
    return user_with(Role.LEADER, tree.root, name="部领导")


@pytest.fixture
def inspector(tree):
    return user_with(Role.INSPECTOR, tree.root, name="督查员")


@pytest.fixture
def member(tree):
    """The account of an ordinary member of `branch`."""
    return user_with(Role.MEMBER, tree.organ_branch, member=tree.members[tree.organ_branch.pk][1], name="党员")


@pytest.fixture
def system(db):
    return user_with(Role.SYSTEM, name="系统管理员")


@pytest.fixture
def security(db):
    return user_with(Role.SECURITY, name="安全管理员")


@pytest.fixture
def auditor(db):
    return user_with(Role.AUDIT, name="审计员")


@pytest.fixture
def outsider(tree):
    """Signed in, but in charge of another unit: the secretary of 信息中心第一党支部."""
    return user_with(Role.SECRETARY, tree.institution_branch, name="外单位书记")


@pytest.fixture
def client_for():
    """`client_for(user)` is a browser in which `user` has signed in; `client_for(None)` one in which nobody has."""

    def make(user):
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


# The worker -----------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def worker_process(django_db_setup, django_db_blocker):
    """One Celery worker for the whole run, ended before the test database is dropped."""
    with django_db_blocker.unblock():
        forget_messages()
        with running_worker() as running:
            yield running


@pytest.fixture
def worker(worker_process, transactional_db):
    """The worker at this test's service: it sees committed rows, and is through before they are wiped."""
    forget_messages()
    yield worker_process
    worker_process.settle()


# What is left out is said where everybody looks: above the last line -------------------------------
LEFT_OUT = pytest.StashKey[list]()


def pytest_itemcollected(item):
    """Tests marked `worker` get it; a test that commits wipes the tables, so what migrations bring is put back first.

    The names are added here and not by a fixture, because pytest-django looks at them before any fixture runs.
    """
    marker = item.get_closest_marker("django_db")
    if item.get_closest_marker("worker"):
        item.fixturenames += ["transactional_db", "worker"]
    if marker and marker.kwargs.get("transaction"):
        marker.kwargs["serialized_rollback"] = True  # where there is a marker, only it is asked whether rows are to be kept
    if (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & {*item.fixturenames}:
        item.fixturenames.append("django_db_serialized_rollback")


def pytest_collection_modifyitems(config, items):
    """Tests whose program is not installed are not run; `make test` says so, and CI does not let it pass."""
    gone = {mark: program for mark, program in packages.PROGRAMS.items() if not program.is_there()}
    lost = {item: mark for item in items for mark in gone if item.get_closest_marker(mark)}
    if lost and os.environ.get("CI"):
        pytest.exit(f"CI is set and this is missing: {', '.join(gone[mark].package for mark in set(lost.values()))}", 1)
    config.hook.pytest_deselected(items=list(lost))
    items[:] = [item for item in items if item not in lost]
    config.stash[LEFT_OUT] = [
        f"LEFT OUT: {list(lost.values()).count(mark)} tests, because {gone[mark].package} is not installed"
        for mark in sorted(set(lost.values()))
    ]


def pytest_terminal_summary(terminalreporter, config):
    notes = Path(os.environ["SUITE_NOTES"]) if "SUITE_NOTES" in os.environ else None
    lines = notes.read_text().splitlines() if notes and notes.exists() else []
    lines += config.stash.get(LEFT_OUT, [])
    if lines:
        terminalreporter.section("the whole suite", sep="!" if any("LEFT OUT" in line for line in lines) else "=")
        for line in lines:
            terminalreporter.line(line)
    if notes:
        counted = {word: len(terminalreporter.stats.get(word, [])) for word in ("passed", "failed", "error", "skipped")}
        told = ", ".join(f"{count} {word}" for word, count in counted.items() if count)
        with notes.open("a") as file:
            file.write(f"{os.environ['SUITE_LEG']}: {told}\n")

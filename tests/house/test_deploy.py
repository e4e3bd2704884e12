"""The files for a server do what they say: backups can be restored, the history cannot be bent, units are well formed."""
import importlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg2
import pytest

from tests.house import sources
from tests.services import servers
from units.models import HistoryEntry

DEPLOY = sources.ROOT / "deploy"


@pytest.fixture
def data(tmp_path):
    """A data folder with a key and a picture."""
    folder = tmp_path / "data"
    for name in ("keys", "media/photos"):
        (folder / name).mkdir(parents=True)
    (folder / "keys/history").write_text("ab" * 32)
    (folder / "keys/poll-0123").write_bytes(b"opens the ballots of a poll under way; no backup has it")
    (folder / "media/photos/one.jpg").write_bytes(b"picture")
    return folder


def back_up(data, target, **env):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [DEPLOY / "backup.sh", target], env={**kept, "DATA_DIR": str(data), **env}, capture_output=True, text=True
    )


def members(archive):
    with tarfile.open(archive) as file:
        return {entry.name for entry in file if entry.isfile()}


def test_a_backup_of_sqlite_holds_what_was_committed(data, tmp_path):
    live = sqlite3.connect(data / "db.sqlite3", isolation_level=None)
    live.execute("PRAGMA journal_mode=WAL")
    live.execute("CREATE TABLE fact (word TEXT)")
    live.execute("INSERT INTO fact VALUES ('committed')")
    live.execute("BEGIN IMMEDIATE")
    live.execute("INSERT INTO fact VALUES ('not yet')")  # a writer at work does not hinder the backup
    done = back_up(data, tmp_path / "kept")
    live.close()
    assert done.returncode == 0, done.stderr
    restored = sqlite3.connect(tmp_path / "kept/database.sqlite3")
    assert restored.execute("SELECT word FROM fact").fetchall() == [("committed",)]
    restored.close()
    assert members(tmp_path / "kept/media.tar") == {"media/photos/one.jpg"}
    assert members(tmp_path / "kept/keys.tar") == {"keys/history"}
    assert (tmp_path / "kept/keys.tar").stat().st_mode & 0o077 == 0


def test_a_backup_never_overwrites_another(data, tmp_path):
    sqlite3.connect(data / "db.sqlite3").close()
    assert back_up(data, tmp_path / "kept").returncode == 0
    again = back_up(data, tmp_path / "kept")
    assert again.returncode == 1
    assert "exists already" in again.stderr


@pytest.mark.postgres
def test_a_backup_of_postgresql_can_be_restored(data, tmp_path):
    with servers.postgres() as url:
        run_sql(url, "CREATE TABLE fact (word TEXT)", "INSERT INTO fact VALUES ('committed')")
        done = back_up(data, tmp_path / "kept", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        run_sql(url, "CREATE DATABASE elsewhere")
        elsewhere = f"{url.rsplit('/', 1)[0]}/elsewhere"
        subprocess.run(["pg_restore", "--dbname", elsewhere, tmp_path / "kept/database.dump"], check=True)
        assert run_sql(elsewhere, "SELECT word FROM fact") == [("committed",)]


@pytest.mark.postgres
def test_the_application_can_add_history_and_not_change_it():
    table = HistoryEntry._meta.db_table
    with servers.postgres() as url:
        run_sql(url, f"CREATE TABLE {table} (verb TEXT)", "CREATE TABLE django_migrations (name TEXT)",
                "CREATE TABLE units_member (name TEXT)", "CREATE ROLE campaign LOGIN")
        grants = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-v", "app=campaign", "-f", DEPLOY / "postgresql_grants.sql", url]
        subprocess.run(grants, check=True)
        theirs = url.replace("postgres@", "campaign@")
        run_sql(theirs, f"INSERT INTO {table} VALUES ('create')", "INSERT INTO units_member VALUES ('张三')",
                "UPDATE units_member SET name = '李四'")
        for bending in (f"UPDATE {table} SET verb = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                run_sql(theirs, bending)
        assert run_sql(theirs, f"SELECT verb FROM {table}") == [("create",)]


@pytest.mark.postgres
def test_the_applications_account_cannot_make_a_poll_less_anonymous():
    """Neither by an UPDATE nor by taking the guard away (issue, test 5)."""
    guard = importlib.import_module("evaluations.migrations.0002_poll_guard")
    with servers.postgres() as url:
        run_sql(url, f"CREATE TABLE {HistoryEntry._meta.db_table} (verb TEXT)", "CREATE TABLE django_migrations (name TEXT)",
                "CREATE TABLE evaluations_poll (id INT, title TEXT, is_anonymous BOOLEAN)", guard.POSTGRESQL,
                "INSERT INTO evaluations_poll VALUES (1, 'x', true)", "CREATE ROLE campaign LOGIN")
        grants = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-v", "app=campaign", "-f", DEPLOY / "postgresql_grants.sql", url]
        subprocess.run(grants, check=True)
        theirs = url.replace("postgres@", "campaign@")
        with pytest.raises(psycopg2.errors.IntegrityConstraintViolation, match="is_anonymous of a poll cannot be changed"):
            run_sql(theirs, "UPDATE evaluations_poll SET is_anonymous = false")
        for bending in (
            "ALTER TABLE evaluations_poll DISABLE TRIGGER ALL",
            "DROP TRIGGER evaluations_poll_stays_anonymous ON evaluations_poll",
            "DROP FUNCTION evaluations_poll_stays_anonymous() CASCADE", "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION evaluations_poll_stays_anonymous() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RETURN NEW; END'",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                run_sql(theirs, bending)
        run_sql(theirs, "UPDATE evaluations_poll SET title = 'y'")
        assert run_sql(theirs, "SELECT title, is_anonymous FROM evaluations_poll") == [("y", True)]


def test_the_services_start_programs_that_exist():
    started = {}
    for path in DEPLOY.glob("*.service"):
        (line,) = [line for line in path.read_text().splitlines() if line.startswith("ExecStart=")]
        started[path.stem] = line.split()[2]
    assert started == {
        "campaign-web": "gunicorn", "campaign-ballots": "uvicorn", "campaign-worker": "celery", "campaign-clock": "celery",
    }
    assert all(shutil.which(word, path=str(Path(sys.executable).parent)) for word in started.values())


def test_the_environment_file_names_only_what_the_settings_read():
    settings = (sources.ROOT / "config/settings/base.py").read_text()
    lines = [line.removeprefix("# ") for line in (DEPLOY / "campaign.env").read_text().splitlines()]  # also what is off
    names = [line.split("=")[0] for line in lines if "=" in line[:30]]
    assert [name for name in names if f'"{name}"' not in settings] == []
    assert len(names) > 5


def run_sql(url, *statements):
    """Run statements, each committed; returns the rows of the last one, if it has any."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()

"""`manage.py serve` as a person meets it: an address that answers, plain sentences, and nothing left behind."""
import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import psutil
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests.services.servers import free_port

SENTENCE = "创先争优 is running at"


@pytest.fixture
def serve(transactional_db, tmp_path):
    """`serve(port, folder)` starts the command on the suite's database; yields until the box or the end is printed."""
    started = []

    def start(port, folder=tmp_path, *words):
        env = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "DATA_DIR": str(folder), "PORT": str(port),
            "WORKER_DATABASE": str(connection.settings_dict["NAME"]), "REDIS_URL": own_broker(),
        }
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *words], cwd=settings.BASE_DIR, env=env,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )
        started.append(process)
        told = ""
        for line in process.stdout:
            told += line
            if "Ctrl-C stops everything" in line:
                break
        return process, told

    yield start
    for process in started:
        # Politely, and to the end: a worker that outlives its supervisor would be on the database of the tests that follow.
        if process.poll() is None:
            process.terminate()
        process.wait(20)
        process.stdout.close()


def own_broker():
    """The suite's Redis with another database in it: what this worker takes, the suite's own worker would miss."""
    return settings.REDIS_URL and urllib.parse.urlsplit(settings.REDIS_URL)._replace(path="/7").geturl()


def whole_family(process, patience=20):
    """The processes below `process` once gunicorn and celery have made theirs; the page may answer before that."""
    until = time.monotonic() + patience
    while True:
        family = psutil.Process(process.pid).children(recursive=True)
        if len(family) >= 5:  # gunicorn and its two, celery and its two, the clock
            return family
        assert time.monotonic() < until, family
        time.sleep(0.1)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_leaves_nothing_behind(serve, sign):
    port = free_port()
    process, told = serve(port)
    assert f"{SENTENCE} http://127.0.0.1:{port}/" in told, told
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/login/") as answer:
        assert answer.status == 200
    family = whole_family(process)
    began = time.monotonic()
    process.send_signal(sign)
    assert process.wait(12) == 0
    assert time.monotonic() - began < 10
    assert psutil.wait_procs(family, timeout=1)[1] == []


def test_a_busy_port_and_a_busy_folder_are_said_in_a_sentence(serve, tmp_path):
    port = free_port()
    process, told = serve(port)
    assert SENTENCE in told, told
    (tmp_path / "other").mkdir()
    _second, told = serve(port, tmp_path / "other")
    assert f"Port {port} cannot be used" in told and f"PORT={port + 1} make run" in told
    _third, told = serve(free_port())
    assert f"Already running on this data folder (process {process.pid})" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("port", ["0", "65536", "eight"])
def test_a_senseless_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match="PORT must be a number from 1 to 65535"):
        call_command("serve")

"""A real Celery worker process for the suite, on the test database and the suite's broker."""
import os
import signal
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.celery import app
from config.kit import supervise

PATIENCE = 60.0


class WorkerTrouble(Exception):
    """The worker ended or did not answer in time."""


class Worker:
    """The running worker; one process, one task at a time, first come first served."""

    def __init__(self, child, log):
        self._child = child
        self._log = log

    def settle(self, patience=PATIENCE):
        """Wait until everything sent before has been worked off. Raises WorkerTrouble.

        The filesystem broker takes messages by the millisecond of their sending, and those of one millisecond in any order.
        """
        time.sleep(0.003)
        token = uuid.uuid4().hex
        answer = Path(settings.DATA_DIR) / "pings" / token
        app.send_task("tests.ping", (token,))
        until = time.monotonic() + patience
        while not answer.exists():
            if self._child.process.poll() is not None or time.monotonic() > until:
                raise WorkerTrouble(f"the worker does not answer:\n{self._log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.02)
        answer.unlink()


def forget_messages():
    """Empty the queue of what tests without a worker left in it."""
    app.control.purge()


@contextmanager
def running_worker():
    """Start a worker on the database that the tests use now; yields a Worker."""
    log = Path(settings.DATA_DIR) / "worker.log"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATA_DIR": str(settings.DATA_DIR),
        "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
    }
    words = "--quiet -A tests.services.worker_app worker -c 1 -l INFO --without-gossip --without-mingle"
    with open(log, "ab") as output:
        child = supervise.start(
            "worker", [sys.executable, "-m", "celery", *words.split()], env=env, stdout=output, stderr=output
        )
    try:
        worker = Worker(child, log)
        worker.settle()
        yield worker
    finally:
        supervise.stop([child], sign=signal.SIGKILL)  # all is worked off; a polite end takes celery six seconds

"""Run by test_tally_kill: counts one poll again and again in processes of its own, each killed at a named step.

Arguments: the key of the tally, then steps. A step is a function of the counting; its process dies right after it, or
right before it when the step begins with "before ". Prints nothing; ends with 1 when a process lived.
"""
import os
import signal
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.db import connection  # noqa: E402

from config.kit import jobs  # noqa: E402
from evaluations.domain import poll_keys, tally  # noqa: E402
from evaluations.models import Tally  # noqa: E402

PLACES = {
    "_spent_by_group": tally, "_open_envelopes": tally, "_check": tally, "_write": tally, "destroy_ballots": tally,
    "mark_counted": tally, "finish": jobs, "destroy_key": poll_keys, "unlink": poll_keys.Path,
}


def kill_at(step):
    """Let the named function end this process without a word."""
    name = step.removeprefix("before ")
    works = getattr(PLACES[name], name)

    def die(*words, **named):
        if name == step:
            works(*words, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(PLACES[name], name, die)


def run(key, step):
    """Count in a child that dies at `step`. Returns whether it was killed."""
    pid = os.fork()
    if pid == 0:
        kill_at(step)
        at = datetime.now(UTC)
        tally.count_poll(jobs.claim(Tally, key, at=at), at=at)
        os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def free(key):
    """What the sweep does a minute later; the connection must not live on into the next child."""
    Tally.objects.filter(pk=key, job_state="running").update(job_state="queued", lease=None)
    connection.close()


for step in sys.argv[2:]:
    killed = run(int(sys.argv[1]), step)
    free(int(sys.argv[1]))
    if not killed:
        sys.exit(f"lived through {step}")

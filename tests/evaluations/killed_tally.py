"""Run by test_tally_kill: counts one poll again and again in processes of its own, each killed at a named step.

Arguments: what is counted ("poll" or "questionnaire"), the key of its job, then steps. A step is a function of the
counting; its process dies right after it, or right before it when the step begins with "before ".
Prints nothing; ends with 1 when a process lived.
"""
import os
import signal
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.db import connection  # noqa: E402

from config.kit import jobs  # noqa: E402
from evaluations.domain import poll_keys, questionnaire_counts, tally  # noqa: E402
from evaluations.models import SheetCount, Tally  # noqa: E402

MODULE, COUNT, MODEL = {
    "poll": (tally, "count_poll", Tally), "questionnaire": (questionnaire_counts, "count_questionnaire", SheetCount),
}[sys.argv[1]]
PLACES = {"finish": jobs, "destroy_key": poll_keys, "unlink": poll_keys.Path}


def kill_at(step):
    """Let the named function end this process without a word."""
    name = step.removeprefix("before ")
    place = PLACES.get(name, MODULE)
    works = getattr(place, name)

    def die(*words, **named):
        if name == step:
            works(*words, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(place, name, die)


def run(key, step):
    """Count in a child that dies at `step`. Returns whether it was killed."""
    pid = os.fork()
    if pid == 0:
        kill_at(step)
        at = datetime.now(UTC)
        getattr(MODULE, COUNT)(jobs.claim(MODEL, key, at=at), at=at)
        os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def free(key):
    """What the sweep does a minute later; the connection must not live on into the next child."""
    MODEL.objects.filter(pk=key, job_state="running").update(job_state="queued", lease=None)
    connection.close()


for step in sys.argv[3:]:
    killed = run(int(sys.argv[2]), step)
    free(int(sys.argv[2]))
    if not killed:
        sys.exit(f"lived through {step}")

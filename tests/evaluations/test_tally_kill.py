"""`kill -9` at every step of counting, on a real database: run again, the counts are the same (4-trust §2)."""
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from config.kit import jobs
from evaluations.domain import poll_keys, polls
from evaluations.models import Answer, Envelope, Poll, PollCode, Receipt, Tally
from evaluations.tasks import count_poll, sweep_tallies
from tests.factories.polls import POLL_AT, cast_all, open_poll
from tests.factories.units import UserFactory

BEFORE_COMMIT = ["_spent_by_group", "_open_envelopes", "_check", "_write", "destroy_ballots", "mark_counted", "finish"]


def closed_poll(campaign, branch):
    """A poll with six ballots, closed and not counted: (poll, tally, receipts)."""
    poll, codes = open_poll(campaign, branch)
    receipts = cast_all(codes["members"][:6], [0, 1, 2, 3, None])
    return poll, polls.close_poll(poll, by=UserFactory(), at=POLL_AT), receipts


def kill_while_counting(tally, steps, kind="poll"):
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "DATA_DIR": str(settings.DATA_DIR),
        "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
    }
    argv = [sys.executable, "-m", "tests.evaluations.killed_tally", kind, str(tally.pk), *steps]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def is_whole(poll, receipts):
    """Whether everything is counted once, and what was sealed is gone."""
    found = Counter(Answer.objects.filter(group__poll=poll).values_list("question__position", "choice"))
    assert found == {(0, 0): 6, (1, 1): 6, (2, 2): 6, (3, 3): 6, (4, None): 6}
    assert list(Receipt.objects.filter(poll=poll).order_by("pk").values_list("code", flat=True)) == sorted(receipts)
    assert not Envelope.objects.exists() and not PollCode.objects.exists()
    assert not poll_keys.has_key(poll.public_key)
    assert Poll.objects.get(pk=poll.pk).state == "closed"


@pytest.mark.django_db(transaction=True)
def test_killed_before_the_commit_nothing_has_happened(campaign, branch):
    poll, tally, receipts = closed_poll(campaign, branch)
    kill_while_counting(tally, BEFORE_COMMIT)
    assert (Envelope.objects.count(), Answer.objects.count(), Receipt.objects.count()) == (6, 0, 0)
    assert poll_keys.has_key(poll.public_key)
    Tally.objects.update(attempts=0)  # seven kills in a row are more than a job is tried
    count_poll(tally.pk)
    is_whole(poll, receipts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["before destroy_key", "before unlink"])
def test_killed_after_the_commit_the_sweep_destroys_the_key(campaign, branch, step):
    poll, tally, receipts = closed_poll(campaign, branch)
    kill_while_counting(tally, [step])
    assert Tally.objects.get().job_state == jobs.JobState.DONE and poll_keys.has_key(poll.public_key)
    count_poll(tally.pk)
    sweep_tallies()
    is_whole(poll, receipts)

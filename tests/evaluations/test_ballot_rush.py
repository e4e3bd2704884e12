"""What many do at the same time: one code twenty times at once, and casts that race with the closing of the poll."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from config.kit import jobs
from evaluations.domain import polls, tally
from evaluations.models import Answer, Envelope, Poll, PollCode, Receipt, Tally
from tests.factories.polls import POLL_AT, open_poll
from tests.factories.units import UserFactory

CHOSEN = {f"c{place}": "0" for place in range(5)}


def at_once(calls):
    """Run the calls in threads that start together; returns what they returned. Each has its own connection."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(30)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(60) for future in [pool.submit(run, call) for call in calls]]


def vote(code):
    return Client().post("/v/cast/", {"code": code, **CHOSEN}).status_code


@pytest.mark.django_db(transaction=True)
def test_one_code_twenty_times_at_once_counts_once(campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    answers = at_once([lambda: vote(codes["members"][0])] * 20)
    assert sorted(answers) == [200] + [403] * 19
    assert (Envelope.objects.count(), PollCode.objects.filter(is_spent=True).count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_told_that_the_ballot_is_in_is_counted(campaign, branch):
    """Ten cast while the poll is closed and counted: receipts, answers and accepted ballots are the same number."""
    poll, codes = open_poll(campaign, branch, issued=(20, 0))
    for code in codes["members"][:6]:
        assert vote(code) == 200
    by = UserFactory()

    def close():
        row = polls.close_poll(Poll.objects.get(pk=poll.pk), by=by, at=POLL_AT)
        tally.count_poll(jobs.claim(Tally, row.pk, at=POLL_AT), at=POLL_AT)
        return 0

    answers = at_once([close, *[lambda code=code: vote(code) for code in codes["members"][6:16]]])
    accepted = 6 + answers.count(200)
    assert set(answers) <= {0, 200, 403}
    assert Receipt.objects.filter(poll=poll).count() == accepted
    assert Answer.objects.count() == 5 * accepted
    assert Poll.objects.get().state == "closed" and not Envelope.objects.exists()

"""What many do at the same time: one code twenty times at once, and casts that race with the closing of the poll."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection
from django.test import Client

from config.kit import jobs
from evaluations.domain import ballot_desk, ballots, polls, tally
from evaluations.models import Answer, Envelope, Poll, PollCode, Receipt, Tally
from tests.factories.polls import POLL_AT, cast_all, count, open_poll
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
def test_one_code_at_twenty_desks_at_once_counts_once(campaign, branch, monkeypatch):
    """The server has a desk in each process: all of them have found the code unused before the first one writes."""
    _poll, codes = open_poll(campaign, branch)
    all_found, sealed = Barrier(20), ballot_desk._sealed

    def together(*ballot):
        all_found.wait(30)
        return sealed(*ballot)

    def cast():
        turn = ballots.turn_of(codes["members"][0], [0] * 5)
        try:
            return bool(ballot_desk.Desk().cast(turn))
        except ballot_desk.CodeRefused:
            return False

    monkeypatch.setattr(ballot_desk, "_sealed", together)
    assert sorted(at_once([cast] * 20)) == [False] * 19 + [True]
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


def while_it_comes_in(monkeypatch, holder, send, meanwhile):
    """Sends, and calls `meanwhile` once the row of `holder` is written and before its commit (on SQLite it waits for that).
    Returns what both returned."""
    write, written, go_on = holder.objects.bulk_create, Event(), Event()

    def slowly(rows):
        write(rows)
        written.set()
        go_on.wait(1)

    def other():
        assert written.wait(20)
        return meanwhile()

    monkeypatch.setattr(holder.objects, "bulk_create", slowly)
    return at_once([send, other])


@pytest.mark.django_db(transaction=True)
def test_a_ballot_that_comes_in_while_a_poll_is_voided_is_destroyed_too(campaign, branch, monkeypatch):
    poll, codes = open_poll(campaign, branch)
    by = UserFactory()

    def void():
        polls.void_poll(Poll.objects.get(pk=poll.pk), reason="人数填错了", by=by, at=POLL_AT)

    assert while_it_comes_in(monkeypatch, Envelope, lambda: vote(codes["members"][0]), void) == [200, None]
    assert (Envelope.objects.count(), PollCode.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_ballot_that_comes_in_while_slips_are_printed_anew_is_counted(campaign, branch, monkeypatch):
    poll, codes = open_poll(campaign, branch)
    by = UserFactory()
    cast_all(codes["members"][1:6], [0] * 5)

    def print_anew():
        return [len(made) for _group, made in ballots.print_codes(poll, by=by, at=POLL_AT)]

    assert while_it_comes_in(monkeypatch, Envelope, lambda: vote(codes["members"][0]), print_anew) == [200, [2]]
    assert (PollCode.objects.filter(is_spent=True).count(), PollCode.objects.count(), Envelope.objects.count()) == (6, 8, 6)
    count(poll)
    assert Answer.objects.count() == 30


@pytest.mark.django_db(transaction=True)
def test_the_first_ballot_comes_in_while_slips_are_printed_anew_and_is_told_to_nobody(campaign, branch, monkeypatch):
    poll, codes = open_poll(campaign, branch)
    by = UserFactory()

    def print_anew():
        with pytest.raises(ballots.CodesInUse, match="^有一组已收的还不足 5 份，"):
            ballots.print_codes(poll, by=by, at=POLL_AT)

    assert while_it_comes_in(monkeypatch, Envelope, lambda: vote(codes["members"][0]), print_anew) == [200, None]
    assert (PollCode.objects.filter(is_spent=True).count(), PollCode.objects.count()) == (1, 8)
    assert vote(codes["members"][1]) == 200  # the slips that were printed first go on

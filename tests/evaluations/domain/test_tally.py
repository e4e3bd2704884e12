"""Counting: everything or nothing, no order, and what was sealed is gone afterwards."""
from collections import Counter

import pytest
from django.db import connection

from config.kit import jobs
from evaluations.domain import poll_keys, polls, tally
from evaluations.domain.sealing import KeyIsMissing, TallyDisagrees
from evaluations.models import Answer, Envelope, Poll, PollCode, PollGroup, Receipt, Tally
from tests.factories.polls import POLL_AT, cast_all, count, open_poll


def claimed(poll, by):
    row = polls.close_poll(poll, by=by, at=POLL_AT)
    return jobs.claim(Tally, row.pk, at=POLL_AT)


def test_a_count_holds_every_ballot_once(campaign, branch):
    poll, codes = open_poll(campaign, branch, issued=(8, 6))
    receipts = cast_all(codes["members"][:6], [0, 0, 1, 2, 3]) + cast_all(codes["masses"][:5], [3, None, 3, 3, 4])
    count(poll)
    assert poll.state == "closed"
    assert list(Receipt.objects.order_by("pk").values_list("code", flat=True)) == sorted(receipts)
    assert {g.audience: (g.issued, g.returned) for g in PollGroup.objects.all()} == {"members": (8, 6), "masses": (6, 5)}
    found = Counter(Answer.objects.values_list("group__audience", "question__position", "choice"))
    assert found == {
        ("members", 0, 0): 6, ("members", 1, 0): 6, ("members", 2, 1): 6, ("members", 3, 2): 6, ("members", 4, 3): 6,
        ("masses", 0, 3): 5, ("masses", 1, None): 5, ("masses", 2, 3): 5, ("masses", 3, 3): 5, ("masses", 4, 4): 5,
    }


def test_after_the_count_no_envelope_code_or_key_is_left(campaign, branch):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"], [0] * 5)
    count(poll)
    assert (Envelope.objects.count(), PollCode.objects.count()) == (0, 0)
    assert not poll_keys.has_key(poll.public_key)
    row = Tally.objects.get()
    assert (row.job_state, row.done_units, row.total_units) == ("done", 8, 8)


def test_a_poll_that_nobody_answered_is_counted_too(campaign, branch):
    poll, _codes = open_poll(campaign, branch)
    count(poll)
    assert [group.returned for group in poll.groups.all()] == [0]


def test_answers_lie_in_no_order_of_the_ballots(campaign, branch):
    """Two hundred known voters, one after another: the order of the answers tells no more than guessing (issue, test 1)."""
    poll, codes = open_poll(campaign, branch, issued=(200, 0))
    voted = [place % 4 for place in range(200)]  # a pattern that any order kept would show
    for code, choice in zip(codes["members"], voted, strict=True):
        cast_all([code], [choice] * 5)
    count(poll)
    for question in poll.questions.all():
        stored = list(Answer.objects.filter(question=question).order_by("pk").values_list("choice", flat=True))
        same = sum(one == other for one, other in zip(voted, stored, strict=True))
        assert Counter(stored) == Counter(voted)
        assert same < 85  # guessing finds 50 of 200; 85 is more than five standard deviations away


def test_all_answers_carry_the_mark_of_one_transaction(campaign, branch):
    """PostgreSQL keeps with each row which transaction wrote it; two ballots must not differ in it."""
    poll, codes = open_poll(campaign, branch)
    for code in codes["members"]:
        cast_all([code], [0, 1, 2, 3, None])
    count(poll)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM evaluations_answer")
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT choice FROM evaluations_answer ORDER BY ctid")
            by_place = [choice for (choice,) in cursor.fetchall()]
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT choice FROM evaluations_answer ORDER BY rowid")
            by_place = [choice for (choice,) in cursor.fetchall()]
    assert Counter(by_place) == {0: 8, 1: 8, 2: 8, 3: 8, None: 8}
    assert by_place != [0, 1, 2, 3, None] * 8  # the order of the ballots


def test_a_missing_envelope_stops_the_count_and_destroys_nothing(campaign, branch, secretary):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:6], [0] * 5)
    Envelope.objects.order_by("pk").first().delete()
    row = claimed(poll, secretary)
    sentence = "^用过的投票码 6 个，选票 5 张，两边对不上。计票停下了，什么也没有改动，请联系系统管理员。$"
    with pytest.raises(TallyDisagrees, match=sentence):
        tally.count_poll(row, at=POLL_AT)
    assert (Envelope.objects.count(), PollCode.objects.filter(is_spent=True).count(), Answer.objects.count()) == (5, 6, 0)
    assert Poll.objects.get().state == "closing" and poll_keys.has_key(poll.public_key)


def test_a_job_and_what_stops_it_do_not_tell_a_number_below_the_smallest_group(campaign, branch, secretary, client_for):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:4], [0] * 5)
    row = claimed(poll, secretary)
    assert (row.done_units, row.total_units) == (0, 0)
    Envelope.objects.order_by("pk").first().delete()
    with pytest.raises(TallyDisagrees, match="^用过的投票码和选票对不上。计票停下了，什么也没有改动，请联系系统管理员。$"):
        tally.count_poll(row, at=POLL_AT)
    assert (row.done_units, row.total_units) == (0, 0)
    assert "0/4" not in client_for(secretary).get(poll.get_absolute_url()).content.decode()


def test_a_small_count_does_not_tell_its_number_either(campaign, branch):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:4], [0] * 5)
    count(poll)
    row = Tally.objects.get()
    assert (row.job_state, row.done_units, row.total_units) == ("done", 0, 0)


def test_a_strange_envelope_stops_the_count(campaign, branch, secretary):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:6], [0] * 5)
    Envelope.objects.filter(pk=Envelope.objects.order_by("pk").first().pk).update(sealed=b"x" * 300)
    sentence = "^有一张选票打不开，计票停下了，什么也没有改动。请联系系统管理员。$"
    with pytest.raises(TallyDisagrees, match=sentence):
        tally.count_poll(claimed(poll, secretary), at=POLL_AT)
    assert Envelope.objects.count() == 6


def test_a_missing_key_is_told(campaign, branch, secretary):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:6], [0] * 5)
    poll_keys.destroy_key(poll.public_key)
    with pytest.raises(KeyIsMissing, match="^这台服务器上没有打开选票的密钥，请联系系统管理员恢复密钥后再计票。$"):
        tally.count_poll(claimed(poll, secretary), at=POLL_AT)


def test_a_worker_that_lost_its_lease_changes_nothing(campaign, branch, secretary):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:6], [0] * 5)
    row = claimed(poll, secretary)
    Tally.objects.update(job_state="queued")
    jobs.claim(Tally, row.pk, at=POLL_AT)
    with pytest.raises(jobs.LeaseLost):
        tally.count_poll(row, at=POLL_AT)
    assert (Answer.objects.count(), Receipt.objects.count(), Envelope.objects.count()) == (0, 0, 6)
    assert poll_keys.has_key(poll.public_key)


def test_a_key_left_by_a_killed_worker_is_destroyed(campaign, branch, secretary):
    poll, _codes = open_poll(campaign, branch)
    tally.destroy_left_keys()
    assert poll_keys.has_key(poll.public_key)
    Poll.objects.update(state="closed")
    tally.destroy_left_keys()
    tally.destroy_left_keys()
    assert not poll_keys.has_key(poll.public_key)

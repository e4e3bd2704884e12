"""The guard against floods: one sending per page, a number an hour by each lane, nothing kept of anybody."""
from datetime import timedelta

import pytest
from django.db import transaction

from evaluations.domain import flood_guard
from evaluations.models import FloodHour, SpentChallenge
from tests.factories.opinions import solve


def passes(at, *, proved=True):
    """Go through the guard once, as a sending does."""
    nonce = flood_guard.nonce_of(flood_guard.new_challenge(at=at).token, at=at)
    with transaction.atomic():
        flood_guard.pass_guard(nonce, solve(nonce) if proved else "", at=at)
    return nonce


def test_a_challenge_is_good_once(db, at):
    nonce = passes(at)
    with pytest.raises(flood_guard.AlreadySent, match="^这一页已经交过了。$"), transaction.atomic():
        flood_guard.pass_guard(nonce, solve(nonce), at=at)


@pytest.mark.parametrize("hours", [-1, 4.01])
def test_a_challenge_is_good_for_four_hours(at, hours):
    token = flood_guard.new_challenge(at=at).token
    assert flood_guard.nonce_of(token, at=at + timedelta(hours=3.9))
    with pytest.raises(flood_guard.ChallengeStale, match="^这一页放得太久了。您写的都还在，请再提交一次；附件要重新选。$"):
        flood_guard.nonce_of(token, at=at + timedelta(hours=hours))


@pytest.mark.parametrize("token", ["", "x", "eyJub25jZSI6MX0:forged"])
def test_a_challenge_of_somebody_else_is_stale(at, token):
    with pytest.raises(flood_guard.ChallengeStale):
        flood_guard.nonce_of(token, at=at)


def test_a_solution_begins_with_zero_bits():
    assert flood_guard.is_solved("n", solve("n", bits=12), bits=12)
    assert not flood_guard.is_solved("n", "", bits=0) and not flood_guard.is_solved("n", "1" * 21, bits=0)
    assert [flood_guard.is_solved("n", str(number), bits=8) for number in range(200)].count(True) < 10


def test_each_lane_has_its_number_an_hour(db, at, settings):
    settings.OPINIONS_PER_HOUR, settings.OPINIONS_PER_HOUR_PLAIN = 3, 1
    passes(at, proved=False)
    with pytest.raises(flood_guard.HourIsFull, match="每小时只收 1 条，这个小时已经满了。您写的都还在：请 10 点以后再提交"):
        passes(at, proved=False)
    for _number in range(3):
        passes(at)
    with pytest.raises(
        flood_guard.HourIsFull,
        match="^意见箱每小时最多收 3 条，这个小时已经满了。您写的都还在，请 10 点以后再提交；附件要重新选。$",
    ):
        passes(at)
    passes(at + timedelta(hours=1), proved=False)
    assert FloodHour.objects.count() == 1  # the numbers of the hour before are gone


def test_a_refused_sending_spends_nothing(db, at, settings):
    settings.OPINIONS_PER_HOUR = 0
    with pytest.raises(flood_guard.HourIsFull):
        passes(at)
    assert not SpentChallenge.objects.exists()


def test_hours_and_challenges_are_forgotten(db, at):
    passes(at)
    flood_guard.forget_hours(at=at + timedelta(minutes=50))
    assert (FloodHour.objects.count(), SpentChallenge.objects.count()) == (1, 1)
    flood_guard.forget_hours(at=at + timedelta(hours=1))
    assert (FloodHour.objects.count(), SpentChallenge.objects.count()) == (0, 1)
    flood_guard.forget_hours(at=at + timedelta(days=2))
    assert not SpentChallenge.objects.exists()

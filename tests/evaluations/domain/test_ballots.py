"""Casting: a code once, a ballot in one size, nothing in plain text."""
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.domain import ballot_desk, ballots, polls
from evaluations.domain.ballot_desk import ChoiceWrong, CodeRefused, Turn
from evaluations.domain.ballot_paper import enclose, enclosed, envelope_size
from evaluations.domain.ballots import digest_of
from evaluations.domain.sealing import NotReadable
from evaluations.models import Envelope, PollCode
from tests.factories.polls import cast_all, draft_poll, open_poll

REFUSED = "^这个投票码不能用：可能输错了、已经用过，或者测评已经结束。如果不是您本人用的，请告诉会务人员换发。$"


def test_each_person_asked_gets_a_code_and_none_is_kept(campaign, branch):
    _poll, codes = open_poll(campaign, branch, issued=(5, 3))
    assert {audience: len(made) for audience, made in codes.items()} == {"members": 5, "masses": 3}
    plain = [code for made in codes.values() for code in made]
    assert len(set(plain)) == 8 and {len(code) for code in plain} == {39}
    assert not set(plain) & set(PollCode.objects.values_list("digest", flat=True))


def test_a_code_may_be_typed_with_blanks_and_small_letters(campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    code = codes["members"][0].lower()
    assert ballots.paper_for(f" {code[:4]} {code[4:8]}-{code[8:]}").poll == _poll


def test_printing_again_voids_the_slips_that_were_not_used(campaign, branch, secretary, at):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:5], [0] * 5)
    [(_group, again)] = ballots.print_codes(poll, by=secretary, at=at)
    assert len(again) == 3
    assert PollCode.objects.filter(group__poll=poll).count() == 8
    with pytest.raises(CodeRefused, match=REFUSED):
        ballots.paper_for(codes["members"][5])


@pytest.mark.parametrize("returned", [1, 4])
def test_a_print_that_would_tell_how_few_have_voted_is_refused(campaign, branch, secretary, at, returned):
    poll, codes = open_poll(campaign, branch, issued=(8, 8))
    [(_group, again), _masses] = ballots.print_codes(poll, by=secretary, at=at)  # nobody yet: that is no number
    cast_all(again[:returned], [0] * 5)
    sentence = "^有一组已收的还不足 5 份，现在再打印，数数纸条就知道有几个人投了。请多收几份再打印。$"
    with pytest.raises(ballots.CodesInUse, match=sentence):
        ballots.print_codes(poll, by=secretary, at=at)
    assert PollCode.objects.filter(group__poll=poll).count() == 16 and ballots.paper_for(again[returned])


def test_no_codes_before_the_poll_is_open(campaign, branch, secretary, at):
    with pytest.raises(ballots.CodesInUse, match="^测评开始以后、结束以前才能打印投票码。$"):
        ballots.print_codes(draft_poll(campaign, branch), by=secretary, at=at)


def test_a_cast_ballot_is_sealed_in_the_size_of_all(campaign, branch):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:1], [0] * 5)
    cast_all(codes["members"][1:2], [None, None, None, None, 4])
    sizes = {len(bytes(sealed)) for sealed in Envelope.objects.values_list("sealed", flat=True)}
    assert sizes == {poll.envelope_size + 48}
    assert poll.envelope_size % 64 == 0


def test_a_spent_a_wrong_and_a_late_code_hear_the_same(campaign, branch, secretary, at):
    poll, codes = open_poll(campaign, branch)
    spent, late, *_others = codes["members"]
    cast_all([spent], [0] * 5)
    for code in (spent, "NOSUCHCODE"):
        with pytest.raises(CodeRefused, match=REFUSED):
            ballots.paper_for(code)
    polls.close_poll(poll, by=secretary, at=at)
    with pytest.raises(CodeRefused, match=REFUSED):
        ballots.paper_for(late)


def test_a_code_is_cast_once(campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    ballots.cast(codes["members"][0], [0] * 5)
    with pytest.raises(CodeRefused, match=REFUSED):
        ballots.cast(codes["members"][0], [3] * 5)
    assert Envelope.objects.count() == 1


def test_ballots_that_come_together_are_judged_each_by_itself(campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    first, second, third = (digest_of(code) for code in codes["members"][:3])
    turns = [
        Turn(first, lambda places: [1] * places), Turn(second, lambda places: [9] * places),
        Turn(first, lambda places: [2] * places), Turn(digest_of("NOSUCHCODE"), lambda places: [1] * places),
        Turn(third, lambda places: [3] * places),
    ]
    ballot_desk._write(turns)
    assert [bool(turn.receipt) for turn in turns] == [True, False, False, False, True]
    assert [type(turn.wrong) for turn in turns] == [type(None), ChoiceWrong, CodeRefused, CodeRefused, type(None)]
    assert (Envelope.objects.count(), PollCode.objects.filter(is_spent=True).count()) == (2, 2)


def test_spent_wrong_and_late_codes_cost_the_same_work(campaign, branch, secretary, at):
    """The same questions in the same order, nothing locked and nothing written: so the same time (issue, test 2)."""
    poll, codes = open_poll(campaign, branch)
    spent, late = codes["members"][:2]
    cast_all([spent], [0] * 5)
    heard = {"spent": asked_by(spent), "wrong": asked_by("NOSUCHCODE")}
    polls.close_poll(poll, by=secretary, at=at)
    heard["late"] = asked_by(late)
    assert heard["spent"] == heard["wrong"] == heard["late"]
    assert heard["late"] == ["SELECT evaluations_pollcode", "SELECT evaluations_pollgroup"]


def asked_by(code):
    """What a refused code asks the database, as verb and first table."""
    with CaptureQueriesContext(connection) as context, pytest.raises(CodeRefused, match=REFUSED):
        ballots.cast(code, [0] * 5)
    return [re.sub(r'^(\w+) .*? FROM "(\w+)".*$', r"\1 \2", query["sql"]) for query in context]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ([0] * 4, "^这张票和现在的测评表不一致，请重新打开投票页。$"),
        ([0, 0, 0, 0, 5], "^有一项的选择不在选项里，请重新选。$"),
        ([0, 0, 0, 0, -1], "^有一项的选择不在选项里，请重新选。$"),
        ([None] * 5, "^这张票一项也没有选，请至少选一项。$"),
    ],
)
def test_a_choice_is_one_of_the_options(campaign, branch, choices, sentence):
    _poll, codes = open_poll(campaign, branch)
    with pytest.raises(ChoiceWrong, match=sentence):
        cast_all(codes["members"][:1], choices)
    assert not Envelope.objects.exists() and not PollCode.objects.filter(is_spent=True).exists()


def test_a_ballot_comes_out_as_it_went_in():
    size = envelope_size(2, 3)
    written = enclose(7, "AAAAA-BBBBB", [0, None, 1, 2, 3, None], size=size)
    assert len(written) == size
    assert enclosed(written, places=6) == (7, "AAAAA-BBBBB", [0, None, 1, 2, 3, None])


def test_the_longest_ballot_fits():
    size = envelope_size(4, 60)
    assert len(enclose(2**63, "AAAAA-BBBBB", [None] * 240, size=size)) == size
    with pytest.raises(NotReadable):
        enclose(1, "AAAAA-BBBBB", [None] * 300, size=size)

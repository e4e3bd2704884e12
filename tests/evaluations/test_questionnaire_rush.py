"""Questionnaires under stress: one code twenty times at once, sheets that race with the closing, `kill -9` while counting."""
import pytest
from django.test import Client

from config.kit import jobs
from evaluations.domain import poll_keys, questionnaire_counts, questionnaires
from evaluations.models import (
    AnswerCode,
    AnswerGate,
    Questionnaire,
    SealedSheet,
    SheetAnswer,
    SheetCount,
    SheetReceipt,
)
from evaluations.tasks import count_questionnaire, sweep_tallies
from tests.evaluations.test_ballot_rush import at_once, while_it_comes_in
from tests.evaluations.test_tally_kill import kill_while_counting
from tests.factories.questionnaires import ASKED_AT, answer, count, open_questionnaire, print_codes

pytestmark = pytest.mark.django_db(transaction=True)


def send(**keys):
    return Client().post("/q/cast/", {"a0": "0", **keys}).status_code


def test_one_code_twenty_times_at_once_counts_once(campaign, branch):
    _made, codes = open_questionnaire(campaign, branch)
    answers = at_once([lambda: send(code=codes["members"][0])] * 20)
    assert sorted(answers) == [200] + [403] * 19
    assert (SealedSheet.objects.count(), AnswerCode.objects.filter(is_spent=True).count()) == (1, 1)


def test_one_open_sheet_twenty_times_at_once_counts_once(campaign, branch):
    made, _none = open_questionnaire(campaign, branch, access="open")
    answers = at_once([lambda: send(slug=made.slug, ticket="one")] * 20)
    assert sorted(answers) == [200] + [403] * 19
    assert (SealedSheet.objects.count(), AnswerGate.objects.get().taken) == (1, 1)


def test_an_hour_is_full_for_twenty_at_once_too(campaign, branch):
    made, _none = open_questionnaire(campaign, branch, access="open", hourly_cap=10)
    answers = at_once([lambda ticket=ticket: send(slug=made.slug, ticket=f"t{ticket}") for ticket in range(20)])
    assert sorted(answers) == [200] * 10 + [400] * 10
    assert (SealedSheet.objects.count(), AnswerGate.objects.get().taken) == (10, 10)


@pytest.mark.parametrize("access", ["closed", "open"])
def test_whoever_is_told_that_the_sheet_is_in_is_counted(campaign, branch, access):
    """Ten answer while it is closed and counted: receipts, answers and accepted sheets are the same number."""
    made, codes = open_questionnaire(campaign, branch, access=access, issued=(20, 0))
    keys = [{"code": code} for code in codes["members"]] if codes else [{"slug": made.slug, "ticket": f"t{n}"} for n in range(20)]
    for key in keys[:6]:
        assert send(**key) == 200

    def close():
        row = questionnaires.close_questionnaire(Questionnaire.objects.get(), by=made.made_by, at=ASKED_AT)
        questionnaire_counts.count_questionnaire(jobs.claim(SheetCount, row.pk, at=ASKED_AT), at=ASKED_AT)
        return 0

    answers = at_once([close, *[lambda key=key: send(**key) for key in keys[6:16]]])
    accepted = 6 + answers.count(200)
    assert set(answers) <= {0, 200, 403}
    assert SheetReceipt.objects.count() == SheetAnswer.objects.count() == accepted
    assert Questionnaire.objects.get().state == "closed" and not SealedSheet.objects.exists()


# Killed while counting -------------------------------------------------------------------------
BEFORE_COMMIT = ["_spent_by_group", "_open_sheets", "_check", "_write", "destroy_sheets", "move", "finish"]


def closed_questionnaire(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    receipts = [answer(code) for code in codes["members"][:6]]
    return made, questionnaires.close_questionnaire(made, by=made.made_by, at=ASKED_AT), receipts


def is_whole(made, receipts):
    """Whether everything is counted once, and what was sealed is gone."""
    assert list(SheetReceipt.objects.order_by("pk").values_list("code", flat=True)) == sorted(receipts)
    assert SheetAnswer.objects.count() == 6 * 8  # one, three options, two rows, a number and a text of each
    assert not SealedSheet.objects.exists() and not AnswerCode.objects.exists()
    assert not poll_keys.has_key(made.public_key)
    assert Questionnaire.objects.get().state == "closed"


def test_killed_before_the_commit_nothing_has_happened(campaign, branch):
    made, row, receipts = closed_questionnaire(campaign, branch)
    kill_while_counting(row, BEFORE_COMMIT, kind="questionnaire")
    assert (SealedSheet.objects.count(), SheetAnswer.objects.count(), SheetReceipt.objects.count()) == (6, 0, 0)
    assert poll_keys.has_key(made.public_key)
    SheetCount.objects.update(attempts=0)  # seven kills in a row are more than a job is tried
    count_questionnaire(row.pk)
    is_whole(made, receipts)


def test_killed_after_the_commit_the_sweep_destroys_the_key(campaign, branch):
    made, row, receipts = closed_questionnaire(campaign, branch)
    kill_while_counting(row, ["before destroy_key"], kind="questionnaire")
    assert SheetCount.objects.get().job_state == jobs.JobState.DONE and poll_keys.has_key(made.public_key)
    sweep_tallies()
    is_whole(made, receipts)


def test_a_sheet_that_comes_in_while_it_is_voided_is_destroyed_too(campaign, branch, monkeypatch):
    made, codes = open_questionnaire(campaign, branch)

    def void():
        questionnaires.void_questionnaire(Questionnaire.objects.get(), reason="题目写错了", by=made.made_by, at=ASKED_AT)

    assert while_it_comes_in(monkeypatch, SealedSheet, lambda: send(code=codes["members"][0]), void) == [200, None]
    assert (SealedSheet.objects.count(), AnswerCode.objects.count()) == (0, 0)


def test_a_sheet_that_comes_in_while_slips_are_printed_anew_is_counted(campaign, branch, monkeypatch):
    made, codes = open_questionnaire(campaign, branch)
    for code in codes["members"][1:6]:
        answer(code)

    def print_anew():
        return len(print_codes(made)["members"])

    assert while_it_comes_in(monkeypatch, SealedSheet, lambda: send(code=codes["members"][0]), print_anew) == [200, 2]
    assert (AnswerCode.objects.filter(is_spent=True).count(), AnswerCode.objects.count()) == (6, 8)
    assert SealedSheet.objects.count() == 6 and count(made).state == "closed"

"""Answering: a code once, sheets in one size, an open questionnaire's hour, and nothing in plain text."""
from datetime import timedelta

import pytest

from evaluations.domain import answer_sheets, poll_keys, questionnaires
from evaluations.domain.answers import read_lines
from evaluations.models import AnswerCode, AnswerGate, SealedSheet
from tests.factories.questionnaires import (
    ANSWERED,
    ASKED_AT,
    ENDS_ON,
    answer,
    count,
    draft_questionnaire,
    open_questionnaire,
    sheet_for,
)

REFUSED = "^这份问卷现在不能答：答题码可能输错了、已经用过，或者问卷已经结束。如果不是您本人用的，请告诉发问卷的同志。$"
refused = pytest.raises(answer_sheets.SheetRefused, match=REFUSED)


def test_each_sheet_gets_a_code_and_none_is_kept(campaign, branch):
    _made, codes = open_questionnaire(campaign, branch, issued=(5, 3))
    assert {audience: len(printed) for audience, printed in codes.items()} == {"members": 5, "masses": 3}
    plain = {code for printed in codes.values() for code in printed}
    assert len(plain) == 8 and not plain & set(AnswerCode.objects.values_list("digest", flat=True))


def test_sheets_are_sealed_in_the_size_of_all(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    answer(codes["members"][0])
    answer(codes["members"][1], {"a0": ["0"]})
    sealed = [bytes(row) for row in SealedSheet.objects.values_list("sealed", flat=True)]
    assert {len(row) for row in sealed} == {made.envelope_size + 48}
    assert not any("少跑一趟".encode() in row for row in sealed)


def test_a_spent_a_wrong_and_a_late_code_hear_the_same(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    spent, late, *_others = codes["members"]
    answer(spent)
    for code in (spent, "NOSUCHCODE", ""):
        with refused:
            answer(code)
    with refused:
        answer_sheets.sheet_of_code(late, on=ENDS_ON + timedelta(days=1))
    count(made)
    with refused:
        answer(late)


def test_an_open_one_hears_the_same(campaign, branch):
    made, _none = open_questionnaire(campaign, branch, access="open")
    with refused:
        answer_sheets.sheet_of_slug("NOSUCH22", "t", on=ASKED_AT.date())
    with refused:
        answer_sheets.sheet_of_slug(made.slug, "t", on=ENDS_ON + timedelta(days=1))
    with refused:
        answer(made, ticket="")
    assert sheet_for(made).questionnaire == made


def test_a_draft_and_a_closed_questionnaire_are_not_found_by_address(campaign, branch):
    draft = draft_questionnaire(campaign, branch, access="open")
    closed, _codes = open_questionnaire(campaign, branch)
    for made in (draft, closed):
        with refused:
            sheet_for(made)


def test_a_sheet_sent_twice_counts_once(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    first, second = sheet_for(codes["members"][0]), sheet_for(codes["members"][0])
    put_in = answer_sheets.put_in
    lines = read_lines(first.questions, ANSWERED)
    put_in(first, lines, at=ASKED_AT)
    with refused:
        put_in(second, lines, at=ASKED_AT)
    opened, _none = open_questionnaire(campaign, branch, access="open")
    answer(opened, ticket="one")
    with refused:
        answer(opened, ticket="one")
    assert (SealedSheet.objects.count(), AnswerGate.objects.get().taken) == (2, 1)


def test_an_hour_of_an_open_questionnaire_is_full_for_everybody(campaign, branch):
    made, _none = open_questionnaire(campaign, branch, access="open", hourly_cap=10)
    for _each in range(10):
        answer(made)
    with pytest.raises(answer_sheets.TooManyThisHour, match="^这一小时里交的人太多，请过一会儿再交。填的内容还在这一页。$"):
        answer(made)
    answer(made, at=ASKED_AT + timedelta(hours=1))
    assert (SealedSheet.objects.count(), AnswerGate.objects.get().taken) == (11, 1)


@pytest.mark.parametrize(
    ("posted", "kind", "sentence"),
    [
        ({}, answer_sheets.NothingAnswered, "^一题也没有答，请至少答一题。$"),
        ({"a3": ["99"]}, answer_sheets.AnswerWrong, "^请填 1 到 10 之间的整数。$"),
        ({"a0": ["0"], "a4": ["没有问到这一题"]}, None, ""),
    ],
)
def test_what_is_put_in_was_asked_and_understood(campaign, branch, posted, kind, sentence):
    _made, codes = open_questionnaire(campaign, branch)
    if kind is None:
        answer(codes["members"][0], posted)
        assert SealedSheet.objects.count() == 1
        return
    with pytest.raises(kind, match=sentence):
        answer(codes["members"][0], posted)
    assert not SealedSheet.objects.exists() and not AnswerCode.objects.filter(is_spent=True).exists()


def test_printing_again_voids_the_slips_that_were_not_used(campaign, branch, secretary):
    made, codes = open_questionnaire(campaign, branch)
    for code in codes["members"][:5]:
        answer(code)
    [(_group, again)] = answer_sheets.print_answer_codes(made, by=secretary, at=ASKED_AT)
    assert len(again) == 3
    with refused:
        answer(codes["members"][5])


def test_a_print_that_would_tell_how_few_have_answered_is_refused(campaign, branch, secretary):
    made, codes = open_questionnaire(campaign, branch)
    answer(codes["members"][0])
    sentence = "^有一组已收的还不足 5 份，现在再打印，数数纸条就知道有几个人投了。请多收几份再打印。$"
    with pytest.raises(answer_sheets.AnswerCodesInUse, match=sentence):
        answer_sheets.print_answer_codes(made, by=secretary, at=ASKED_AT)
    answer(codes["members"][1])


def test_codes_are_printed_for_closed_questionnaires_that_take_answers(campaign, branch, secretary):
    for made in (draft_questionnaire(campaign, branch), open_questionnaire(campaign, branch, access="open")[0]):
        with pytest.raises(answer_sheets.AnswerCodesInUse, match="^问卷开始以后、结束以前才能打印答题码。$"):
            answer_sheets.print_answer_codes(made, by=secretary, at=ASKED_AT)


def test_voiding_destroys_sheets_codes_gate_and_key(campaign, branch, django_capture_on_commit_callbacks):
    for access in ("closed", "open"):
        made, codes = open_questionnaire(campaign, branch, access=access)
        answer(codes["members"][0] if codes else made)
        with django_capture_on_commit_callbacks(execute=True):
            questionnaires.void_questionnaire(made, reason="题目写错了", by=made.made_by, at=ASKED_AT)
        assert not poll_keys.has_key(made.public_key)
    assert not (SealedSheet.objects.exists() or AnswerCode.objects.exists() or AnswerGate.objects.exists())


def test_the_number_of_sheets_is_told_from_five_up(campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    for code in codes["members"][:4]:
        answer(code)
    assert questionnaires.returned_so_far(made) is None
    answer(codes["members"][4])
    assert questionnaires.returned_so_far(made) == 5

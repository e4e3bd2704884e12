"""A questionnaire's steps and terms: each refusal in its words, copies and templates, rehearsals wiped with proof."""
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from evaluations.domain import answer_sheets, poll_keys, questionnaires, rehearsals
from evaluations.domain.answers import read_lines
from evaluations.domain.questionnaire_templates import TEMPLATES
from evaluations.models import AnswerCode, AnswerGate, Questionnaire, QuestionnaireCell, SealedSheet, SheetReceipt
from tests.factories.questionnaires import (
    ANSWERED,
    ASKED_AT,
    answer,
    count,
    draft_questionnaire,
    open_questionnaire,
    print_codes,
    sheet_for,
    terms,
)


def test_too_few_sheets_are_refused(campaign, branch):
    with pytest.raises(questionnaires.QuestionnaireTooSmall, match="^发的份数合计不足 5，结果不能公布。$"):
        draft_questionnaire(campaign, branch, issued=(4, 0))


def test_a_day_that_has_passed_is_refused(campaign, branch, secretary):
    with pytest.raises(questionnaires.QuestionnaireOver, match="^答到哪天不能早于今天。$"):
        draft_questionnaire(campaign, branch, ends_on=ASKED_AT.date() - timedelta(days=1))
    made = draft_questionnaire(campaign, branch)
    with pytest.raises(questionnaires.QuestionnaireOver, match="^“答到哪天”已经过了，请先改日期。$"):
        questionnaires.open_questionnaire(made, by=secretary, at=ASKED_AT + timedelta(days=30))


def test_an_empty_one_is_not_opened_and_leaves_no_key(campaign, branch, secretary, settings):
    made = draft_questionnaire(campaign, branch, asked=False)
    keys = set((settings.DATA_DIR / "keys").glob("poll-*"))
    with pytest.raises(questionnaires.QuestionnaireEmpty, match="^还没有题目，请先加题。$"):
        questionnaires.open_questionnaire(made, by=secretary, at=ASKED_AT)
    assert set((settings.DATA_DIR / "keys").glob("poll-*")) == keys


def test_terms_change_in_a_draft_only(campaign, branch, secretary):
    made = draft_questionnaire(campaign, branch)
    changed = questionnaires.change_terms(made, terms(access="open", title="新名称"), by=secretary, at=ASKED_AT)
    assert (changed.title, [group.audience for group in changed.groups.all()]) == ("新名称", [""])
    questionnaires.open_questionnaire(changed, by=secretary, at=ASKED_AT)
    with pytest.raises(questionnaires.QuestionnaireHasMoved, match="^问卷开始以后不能再改。$"):
        questionnaires.change_terms(changed, terms(), by=secretary, at=ASKED_AT)


def test_a_step_is_taken_once(campaign, branch, secretary):
    made, _codes = open_questionnaire(campaign, branch)
    for step in (questionnaires.open_questionnaire, rehearsals.start_rehearsal, rehearsals.end_rehearsal):
        with pytest.raises(questionnaires.QuestionnaireHasMoved, match="^这一步已经办过了，请看最新的情况。$"):
            step(made, by=secretary, at=ASKED_AT)
    count(made)
    with pytest.raises(questionnaires.QuestionnaireHasMoved):
        questionnaires.void_questionnaire(made, reason="晚了", by=secretary, at=ASKED_AT)


def test_voiding_needs_a_reason(campaign, branch, secretary):
    made = draft_questionnaire(campaign, branch)
    with pytest.raises(questionnaires.QuestionnaireReasonMissing, match="^请写一句作废的原因。$"):
        questionnaires.void_questionnaire(made, reason=" ", by=secretary, at=ASKED_AT)


def test_a_copy_has_the_questions_and_their_conditions(campaign, branch, secretary):
    earlier, _codes = open_questionnaire(campaign, branch)
    made = questionnaires.new_questionnaire(
        campaign=campaign, organization=branch, terms=terms(), copy_of=earlier, by=secretary, at=ASKED_AT
    )
    rows = list(made.questions.order_by("position"))
    assert [row.title for row in rows] == [row.title for row in earlier.questions.order_by("position")]
    assert rows[5].shown_after == rows[0] and rows[5].shown_for == [1, 2]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_can_be_answered_as_it_is(campaign, branch, template):
    made, codes = open_questionnaire(campaign, branch, template=template)
    assert answer(codes["members"][0], {f"a{place}": ["1"] for place in range(5)} | {"a0_0": ["0"]})
    assert made.questions.count() == len(TEMPLATES[template].questions)


@pytest.mark.parametrize("access", ["closed", "open"])
def test_a_rehearsal_is_wiped_with_proof(campaign, branch, secretary, access, django_capture_on_commit_callbacks):
    made = draft_questionnaire(campaign, branch, access=access)
    rehearsals.start_rehearsal(made, by=secretary, at=ASKED_AT)
    codes = print_codes(made)
    for place in range(3):
        answer(codes["members"][place] if codes else made)
    assert SealedSheet.objects.filter(is_trial=True).count() == 3
    key = made.public_key
    with django_capture_on_commit_callbacks(execute=True):
        assert rehearsals.end_rehearsal(made, by=secretary, at=ASKED_AT) == 3
    proof = rehearsals.last_proof(made)
    assert (proof.sheets, proof.codes, proof.sheets_left, proof.codes_left) == (3, 8 if codes else 3, 0, 0)
    assert not (SealedSheet.objects.exists() or AnswerCode.objects.exists() or AnswerGate.objects.exists())
    assert not SheetReceipt.objects.exists() and not poll_keys.has_key(key)
    assert made.state == "draft" and made.public_key is None


def test_a_sheet_between_rehearsal_and_opening_is_sealed_to_the_new_key(campaign, branch, secretary):
    """Somebody loaded the page on trial and sent it after the opening: it counts as what it is then, and can be opened."""
    made = draft_questionnaire(campaign, branch, access="open")
    rehearsals.start_rehearsal(made, by=secretary, at=ASKED_AT)
    old = sheet_for(made)
    rehearsals.end_rehearsal(made, by=secretary, at=ASKED_AT)
    questionnaires.open_questionnaire(made, by=secretary, at=ASKED_AT)
    answer_sheets.put_in(old, read_lines(old.questions, ANSWERED), at=ASKED_AT)
    assert SealedSheet.objects.get().is_trial is False
    count(made)
    assert made.receipts.count() == 1


def test_the_database_keeps_small_cells_and_small_groups_out(campaign, branch):
    made = draft_questionnaire(campaign, branch)
    question = made.questions.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionnaireCell.objects.create(questionnaire=made, question=question, answered=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Questionnaire.objects.filter(pk=made.pk).update(smallest_group=4)



"""Counting a questionnaire as polls are counted (tally.py): open, check, shuffle, write in one transaction, then destroy.

Killed at any step and run again, it ends with the same counts. What one person answered is taken apart: a row says only
that somebody of a group answered one question so (docs/decisions/0004).
"""
import random
import secrets
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit import jobs
from evaluations.domain import poll_keys, questions
from evaluations.domain.ballot_paper import enclosed
from evaluations.domain.questionnaires import destroy_sheets, move
from evaluations.domain.sealing import TallyDisagrees, open_all, told
from evaluations.enums import QUESTIONNAIRE_COUNTED, QuestionKind, QuestionnaireState
from evaluations.models import (
    AnswerCode,
    AnswerGate,
    Questionnaire,
    QuestionnaireGroup,
    SealedSheet,
    SheetAnswer,
    SheetReceipt,
)

BATCH = 2000


def count_questionnaire(job, *, at):
    """Count the questionnaire of a claimed SheetCount row. Raises TallyDisagrees, KeyIsMissing, jobs.LeaseLost."""
    questionnaire = job.questionnaire
    with transaction.atomic():
        spent = _spent_by_group(questionnaire)
        asked, sheets = _open_sheets(questionnaire)
        _check(spent, sheets, questionnaire.smallest_group)
        _write(questionnaire, asked, sheets, spent)
        destroy_sheets(questionnaire)
        move(questionnaire, "count", at=at, closed_at=at)
        units = told(len(sheets), questionnaire.smallest_group) or 0
        jobs.finish(job, at=at, done_units=units, total_units=units)
    poll_keys.destroy_key(questionnaire.public_key)


def destroy_left_keys():
    """Remove the keys of questionnaires that a process counted or voided and was killed right after its commit."""
    ended = Questionnaire.objects.filter(
        state__in=[*QUESTIONNAIRE_COUNTED, QuestionnaireState.VOID], public_key__isnull=False
    )
    for key in ended.values_list("public_key", flat=True):
        poll_keys.destroy_key(key)


def _spent_by_group(questionnaire):
    """{group: spent codes}. Gate and codes are locked first: what was under way is in, what comes later finds neither."""
    list(AnswerGate.objects.select_for_update().filter(questionnaire=questionnaire).values_list("pk", flat=True))
    codes = AnswerCode.objects.filter(group__in=list(questionnaire.groups.values_list("pk", flat=True)))
    list(codes.select_for_update().order_by("pk").values_list("pk", flat=True))
    return Counter(codes.filter(is_spent=True).values_list("group_id", flat=True))


def _open_sheets(questionnaire):
    """(questions, [(group, receipt, values)]). Raises KeyIsMissing, TallyDisagrees."""
    asked = questions.asked(questionnaire)
    sealed = SealedSheet.objects.filter(questionnaire=questionnaire).values_list("sealed", flat=True)
    return asked, open_all(questionnaire.public_key, sealed, lambda written: enclosed(written, places=len(asked)))


def _check(spent, sheets, smallest_group):
    if Counter(group for group, _receipt, _values in sheets) != spent:
        said = {"codes": sum(spent.values()), "sheets": len(sheets)}
        if not all(told(number, smallest_group) for number in said.values()):
            raise TallyDisagrees(_("用过的答题码和答卷对不上。统计停下了，什么也没有改动，请联系系统管理员。"))
        raise TallyDisagrees(
            _("用过的答题码 %(codes)s 个，答卷 %(sheets)s 份，两边对不上。统计停下了，什么也没有改动，请联系系统管理员。") % said
        )


def _write(questionnaire, asked, sheets, spent):
    """Receipts in alphabetical order; answers cut loose from their sheets and shuffled, new keys and one moment for all."""
    SheetReceipt.objects.bulk_create(
        [SheetReceipt(questionnaire=questionnaire, code=receipt) for receipt in sorted(one[1] for one in sheets)],
        batch_size=BATCH,
    )
    answers = [
        SheetAnswer(group_id=group, question=question, **columns)
        for group, _receipt, values in sheets for question, value in zip(asked, values, strict=True)
        for columns in _columns(question, value)
    ]
    random.Random(secrets.randbits(256)).shuffle(answers)
    SheetAnswer.objects.bulk_create(answers, batch_size=BATCH)
    groups = list(questionnaire.groups.all())
    for group in groups:
        group.returned = spent.get(group.pk, 0)
    QuestionnaireGroup.objects.bulk_update(groups, ["returned"])


def _columns(question, value):
    """[{column: value}] of one answer; each choice by itself, nothing for a question that was skipped."""
    if value is None:
        return []
    if question.kind == QuestionKind.MULTIPLE:
        return [{"row": place, "choice": int(place in value)} for place in range(len(question.options))]
    if question.kind == QuestionKind.MATRIX:
        return [{"row": row, "choice": place} for row, place in enumerate(value) if place is not None]
    return [{{QuestionKind.SINGLE: "choice", QuestionKind.NUMBER: "number"}.get(question.kind, "text"): value}]

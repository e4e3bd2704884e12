"""A questionnaire from its draft to its count: one table of moves, one function that moves; frozen when answers come in."""
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.kit.jobs import JobState
from config.kit.refusal import Refusal
from evaluations.domain import poll_keys, questions
from evaluations.domain.answers import sheet_size
from evaluations.domain.ballot_paper import RECEIPT_ALPHABET
from evaluations.domain.questionnaire_templates import TEMPLATES
from evaluations.domain.sealing import told
from evaluations.enums import QUESTIONNAIRE_MOVES, QuestionKind, QuestionnaireAccess, QuestionnaireState
from evaluations.models import (
    AnswerCode,
    AnswerGate,
    Question,
    Questionnaire,
    QuestionnaireGroup,
    SealedSheet,
    SheetCount,
    SlipPrint,
)
from units.domain.history import record

SLUG_LENGTH = 8


class QuestionnaireEmpty(Refusal):
    """Nothing is asked."""


class QuestionnaireTooSmall(Refusal):
    """So few are asked that no result could be shown."""


class QuestionnaireOver(Refusal):
    """Its last day has passed."""

    field = "ends_on"


class QuestionnaireHasMoved(Refusal):
    """The step was taken already, or is not the next one."""


class QuestionnaireReasonMissing(Refusal):
    """Whoever voids a questionnaire says why."""

    field = "reason"


@dataclass(frozen=True)
class Terms:
    """What is said of a questionnaire beside its questions. `issued` is {audience: sheets}, for a closed one."""

    title: str
    about: str
    access: str
    ends_on: object
    issued: dict
    hourly_cap: int


@transaction.atomic
def new_questionnaire(*, campaign, organization, terms, template="", copy_of=None, by, at):
    """Write a draft, with the questions of a template (a key of TEMPLATES) or of an earlier questionnaire.

    Raises QuestionnaireTooSmall, QuestionnaireOver.
    """
    made = Questionnaire(campaign=campaign, organization=organization, slug=_new_slug(), made_by=by, made_at=at)
    _write_terms(made, terms, on=localdate(at))
    if copy_of is not None:
        questions.copy_questions(copy_of, made)
    elif template:
        Question.objects.bulk_create(
            Question(questionnaire=made, position=place, **content) for place, content in enumerate(TEMPLATES[template].questions)
        )
    record(made, "write", by=by, at=at, organization=organization)
    return made


@transaction.atomic
def change_terms(questionnaire, terms, *, by, at):
    """Write the terms of a draft anew. Raises QuestionnaireHasMoved, QuestionnaireTooSmall, QuestionnaireOver."""
    held = Questionnaire.objects.select_for_update().filter(pk=questionnaire.pk, state=QuestionnaireState.DRAFT).first()
    if held is None:
        raise QuestionnaireHasMoved(_("问卷开始以后不能再改。"))
    _write_terms(held, terms, on=localdate(at))
    record(held, "change", by=by, at=at, organization=held.organization)
    return held


def _write_terms(questionnaire, terms, *, on):
    if terms.ends_on < on:
        raise QuestionnaireOver(_("答到哪天不能早于今天。"))
    issued = {audience: number for audience, number in terms.issued.items() if number}
    if terms.access == QuestionnaireAccess.CLOSED and sum(issued.values()) < questionnaire.smallest_group:
        raise QuestionnaireTooSmall(
            _("发的份数合计不足 %(k)s，结果不能公布。") % {"k": questionnaire.smallest_group}, field="members"
        )
    for name in ("title", "about", "access", "ends_on", "hourly_cap"):
        setattr(questionnaire, name, getattr(terms, name))
    questionnaire.save()
    questionnaire.groups.all().delete()
    wanted = {"": 0} if questionnaire.is_open_to_all else issued
    QuestionnaireGroup.objects.bulk_create(
        QuestionnaireGroup(questionnaire=questionnaire, audience=audience, issued=number) for audience, number in wanted.items()
    )


def _new_slug():
    return "".join(secrets.choice(RECEIPT_ALPHABET) for _each in range(SLUG_LENGTH))


@transaction.atomic
def open_questionnaire(questionnaire, *, by, at):
    """Freeze it and take answers. Raises QuestionnaireEmpty, QuestionnaireOver, QuestionnaireHasMoved."""
    if questionnaire.ends_on < localdate(at):
        raise QuestionnaireOver(_("“答到哪天”已经过了，请先改日期。"))
    take_answers(questionnaire, "open", at=at, opened_at=at)
    record(questionnaire, "open", by=by, at=at, organization=questionnaire.organization)


def take_answers(questionnaire, verb, *, at, **changes):
    """Let sheets come in, inside the caller's transaction. Raises QuestionnaireEmpty, QuestionnaireHasMoved."""
    if not questionnaire.questions.exclude(kind=QuestionKind.SECTION).exists():
        raise QuestionnaireEmpty(_("还没有题目，请先加题。"))
    move(questionnaire, verb, at=at, public_key=poll_keys.make_key(), **changes)
    # Only now: from here on the questions stand still.
    questionnaire.envelope_size = sheet_size(questions.asked(questionnaire))
    questionnaire.save(update_fields=["envelope_size"])
    if questionnaire.is_open_to_all:
        AnswerGate.objects.create(questionnaire=questionnaire)


@transaction.atomic
def close_questionnaire(questionnaire, *, by, at):
    """Take no more answers and queue the count. Returns the SheetCount. Raises QuestionnaireHasMoved."""
    move(questionnaire, "close", at=at)
    record(questionnaire, "stop_answers", by=by, at=at, organization=questionnaire.organization)
    return SheetCount.objects.create(
        questionnaire=questionnaire, queued_at=at, total_units=returned_so_far(questionnaire) or 0
    )


@transaction.atomic
def count_again(questionnaire, *, at):
    """Queue a count that failed once more. Returns the SheetCount. Raises QuestionnaireHasMoved."""
    failed = SheetCount.objects.filter(questionnaire=questionnaire, job_state__in=[JobState.FAILED, JobState.DEAD])
    if not failed.update(job_state=JobState.QUEUED, attempts=0, lease=None, queued_at=at, ended_at=None, error=""):
        raise QuestionnaireHasMoved(_("这一步已经办过了，请看最新的情况。"))
    return SheetCount.objects.get(questionnaire=questionnaire)


@transaction.atomic
def void_questionnaire(questionnaire, *, reason, by, at):
    """Call it off: codes and sheets are destroyed unread. Raises QuestionnaireReasonMissing, QuestionnaireHasMoved."""
    if not reason.strip():
        raise QuestionnaireReasonMissing(_("请写一句作废的原因。"))
    key = questionnaire.public_key
    move(questionnaire, "void", at=at)
    destroy_sheets(questionnaire)
    record(questionnaire, "void", by=by, at=at, detail={"reason": reason.strip()}, organization=questionnaire.organization)
    if key:
        transaction.on_commit(lambda: poll_keys.destroy_key(key))


def destroy_sheets(questionnaire):
    """Remove every code, slips that wait to be fetched, the gate and every sealed sheet, inside the caller's transaction.
    Returns (codes, sheets).

    The gate goes first: a sheet that is coming in waits for its row, and finds it gone.
    """
    AnswerGate.objects.filter(questionnaire=questionnaire).delete()
    SlipPrint.objects.of(questionnaire).update(sealed=None)
    codes, _each = AnswerCode.objects.filter(group__questionnaire=questionnaire).delete()
    sheets, _each = SealedSheet.objects.filter(questionnaire=questionnaire).delete()
    return codes, sheets


def move(questionnaire, verb, *, at, **changes):
    """The only place that writes `state`. Raises QuestionnaireHasMoved."""
    starts_from, leads_to = QUESTIONNAIRE_MOVES[verb]
    if not Questionnaire.objects.filter(pk=questionnaire.pk, state__in=starts_from).update(state=leads_to, **changes):
        raise QuestionnaireHasMoved(_("这一步已经办过了，请看最新的情况。"))
    questionnaire.refresh_from_db()


def returned_so_far(questionnaire):
    """How many sheets are in; None while a number so small could point at somebody."""
    spent = AnswerCode.objects.filter(group__questionnaire=questionnaire, is_spent=True).count()
    return told(spent, questionnaire.smallest_group)


def counted_of(questionnaire):
    """How many a list says were counted, of a row that carries the sum as `returned`; None before, and for too few."""
    return told(questionnaire.returned or 0, questionnaire.smallest_group)

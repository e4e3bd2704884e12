"""Answering: what a code or an open address may answer, and putting a sheet in; no person, address or moment comes near."""
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain import questions
from evaluations.domain.ballot_paper import enclose, new_receipt
from evaluations.domain.ballots import CODE_BYTES, digest_of, new_code, refuse_telling
from evaluations.domain.questionnaire_steps import in_order
from evaluations.domain.sealing import seal
from evaluations.enums import QUESTIONNAIRE_TAKES, QuestionnaireAccess, QuestionnaireState
from evaluations.models import AnswerCode, AnswerGate, Questionnaire, QuestionnaireGroup, SealedSheet
from units.domain.history import record

REFUSED = _("这份问卷现在不能答：答题码可能输错了、已经用过，或者问卷已经结束。如果不是您本人用的，请告诉发问卷的同志。")
FULL = _("这一小时里交的人太多，请过一会儿再交。填的内容还在这一页。")


class SheetRefused(Refusal):
    """The code or address is wrong, spent or late: which of them is not said."""


class NothingAnswered(Refusal):
    """Every question was skipped."""


class AnswerWrong(Refusal):
    """An answer cannot be read; `line` says which."""

    def __init__(self, line):
        super().__init__(line.error)
        self.line = line


class TooManyThisHour(Refusal):
    """An open questionnaire took as many as it takes in an hour, from everybody together."""


class AnswerCodesInUse(Refusal):
    """Codes are printed only while answers are taken, for closed questionnaires."""


@dataclass(frozen=True)
class AnswerSheet:
    """What may be answered. `code` is the row of a closed questionnaire; of an open one None, and `ticket` names the sheet."""

    questionnaire: Questionnaire
    group: QuestionnaireGroup
    questions: list
    code: AnswerCode | None = None
    ticket: str = ""

    @property
    def has_conditions(self):
        return any(question.shown_after_id for question in self.questions)


def new_ticket():
    """What an open sheet carries along, so that sending it twice counts once; it is drawn anew for every start."""
    return secrets.token_hex(CODE_BYTES)


def sheet_of_code(code, *, on):
    """The AnswerSheet that `code` opens on day `on`. Raises SheetRefused."""
    row = (
        AnswerCode.objects.select_related("group__questionnaire__organization")
        .filter(
            digest=digest_of(code), is_spent=False, group__questionnaire__access=QuestionnaireAccess.CLOSED,
            group__questionnaire__state__in=QUESTIONNAIRE_TAKES,
        ).first()
    )
    if row is None or _is_late(row.group.questionnaire, on):
        raise SheetRefused(REFUSED)
    questionnaire = row.group.questionnaire
    return AnswerSheet(questionnaire, row.group, questions.asked(questionnaire), code=row)


def sheet_of_slug(slug, ticket, *, on):
    """The AnswerSheet of the open questionnaire at `slug`. Raises SheetRefused."""
    group = (
        QuestionnaireGroup.objects.select_related("questionnaire__organization")
        .filter(
            questionnaire__slug=slug.upper(), questionnaire__access=QuestionnaireAccess.OPEN,
            questionnaire__state__in=QUESTIONNAIRE_TAKES,
        ).first()
    )
    if group is None or _is_late(group.questionnaire, on):
        raise SheetRefused(REFUSED)
    return AnswerSheet(group.questionnaire, group, questions.asked(group.questionnaire), ticket=ticket)


def _is_late(questionnaire, on):
    return questionnaire.state == QuestionnaireState.OPEN and questionnaire.ends_on < on


@transaction.atomic
def put_in(sheet, lines, *, at):
    """Put the answered sheet in. Returns its receipt.

    Raises AnswerWrong, NothingAnswered, SheetRefused (one of two at the same time), TooManyThisHour.
    """
    wrong = next((line for line in lines if line.error), None)
    if wrong:
        raise AnswerWrong(wrong)
    values = [line.value for line in lines]
    if all(value is None for value in values):
        raise NothingAnswered(_("一题也没有答，请至少答一题。"))
    receipt, questionnaire = new_receipt(), sheet.questionnaire
    _spend(sheet, at=at)
    # Between opening the page and here a rehearsal may have ended: what is sealed belongs to the key of this moment.
    questionnaire.refresh_from_db(fields=["state", "public_key", "envelope_size"])
    written = enclose(sheet.group.pk, receipt, values, size=questionnaire.envelope_size)
    sealed = seal(questionnaire.public_key, written)
    SealedSheet.objects.bulk_create(
        [SealedSheet(questionnaire=questionnaire, sealed=sealed, is_trial=questionnaire.is_trial)]
    )
    return receipt


def _spend(sheet, *, at):
    """One row and no join: of two at once the second one finds the code spent, or its ticket used."""
    if sheet.code is not None:
        if not AnswerCode.objects.filter(pk=sheet.code.pk, is_spent=False).update(is_spent=True):
            raise SheetRefused(REFUSED)
        return
    _pass_gate(sheet.questionnaire, at=at)
    digest = digest_of(f"{sheet.questionnaire.slug}{sheet.ticket}")
    if not sheet.ticket or AnswerCode.objects.filter(digest=digest).exists():
        raise SheetRefused(REFUSED)
    AnswerCode.objects.create(group=sheet.group, digest=digest, is_spent=True)


def _pass_gate(questionnaire, *, at):
    """Count one more in this hour. Everybody passes one after another, so the ticket's check above cannot be overtaken."""
    hour = int(at.timestamp()) // 3600
    gate = AnswerGate.objects.filter(questionnaire=questionnaire)
    if gate.filter(~Q(hour=hour)).update(hour=hour, taken=1):
        return
    if gate.filter(hour=hour, taken__lt=questionnaire.hourly_cap).update(taken=F("taken") + 1):
        return
    raise TooManyThisHour(FULL) if gate.exists() else SheetRefused(REFUSED)


def lock_for_codes(questionnaire, *, at):
    """Inside the caller's transaction: nobody opens, closes or prints it meanwhile; no_key as for ballots. Raises
    AnswerCodesInUse."""
    taking = Questionnaire.objects.select_for_update(no_key=True).filter(
        pk=questionnaire.pk, access=QuestionnaireAccess.CLOSED, state__in=QUESTIONNAIRE_TAKES, ends_on__gte=localdate(at)
    )
    if not taking.exists():
        raise AnswerCodesInUse(_("问卷开始以后、结束以前才能打印答题码。"))
    refuse_telling(questionnaire, AnswerCodesInUse)


@transaction.atomic
def print_answer_codes(questionnaire, *, by, at):
    """Make a code for each sheet of each group that is not in yet. Returns [(QuestionnaireGroup, [code])]; digests are kept.

    Slips printed earlier and not used become void. Raises AnswerCodesInUse.
    """
    lock_for_codes(questionnaire, at=at)
    groups = list(in_order(questionnaire.groups.all()))
    # No join, as when ballots are printed (ballots.py): a sheet that is coming in meanwhile keeps its code.
    AnswerCode.objects.filter(group__in=groups, is_spent=False).delete()
    refuse_telling(questionnaire, AnswerCodesInUse)
    printed, rows = [], []
    for group in groups:
        codes = [new_code() for _each in range(group.issued - group.codes.count())]
        rows += [AnswerCode(group=group, digest=digest_of(code)) for code in codes]
        printed.append((group, codes))
    secrets.SystemRandom().shuffle(rows)
    AnswerCode.objects.bulk_create(rows, batch_size=1000)
    record(
        questionnaire, "print_codes", by=by, at=at, organization=questionnaire.organization, detail={"codes": len(rows)}
    )
    return printed

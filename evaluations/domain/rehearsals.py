"""Rehearsal (试填): a questionnaire is answered to try it out; what came in is marked, never opened, and wiped with proof."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evaluations.domain import poll_keys
from evaluations.domain.questionnaires import destroy_sheets, move, take_answers
from evaluations.models import AnswerCode, SealedSheet
from units.domain.history import record
from units.models import HistoryEntry


@dataclass(frozen=True)
class Proof:
    """What the last rehearsal wiped, and what the tables hold of trials at this moment."""

    at: object
    sheets: int
    codes: int
    sheets_left: int
    codes_left: int


@transaction.atomic
def start_rehearsal(questionnaire, *, by, at):
    """Take answers on trial; the questions stand still meanwhile. Raises QuestionnaireEmpty, QuestionnaireHasMoved."""
    take_answers(questionnaire, "rehearse", at=at)
    record(questionnaire, "rehearse", by=by, at=at, organization=questionnaire.organization)


@transaction.atomic
def end_rehearsal(questionnaire, *, by, at):
    """Wipe what came in on trial, its codes and its key; a draft again. Raises QuestionnaireHasMoved."""
    key = questionnaire.public_key
    move(questionnaire, "end_rehearsal", at=at, public_key=None, envelope_size=0)
    codes, sheets = destroy_sheets(questionnaire)
    note = _("清除试填答卷 %(sheets)s 份、答题码 %(codes)s 个，密钥已销毁") % {"sheets": sheets, "codes": codes}
    record(
        questionnaire, "wipe_trial", by=by, at=at, organization=questionnaire.organization,
        detail={"note": str(note), "sheets": sheets, "codes": codes},
    )
    transaction.on_commit(lambda: poll_keys.destroy_key(key))
    return sheets


def last_proof(questionnaire):
    """The Proof of the last rehearsal that ended, or None."""
    entry = HistoryEntry.objects.of(questionnaire).filter(verb="wipe_trial").order_by("-sequence").first()
    if entry is None:
        return None
    left = SealedSheet.objects.filter(questionnaire=questionnaire, is_trial=True).count()
    # Codes have no mark of their own: before the opening every code was one of a rehearsal.
    codes = 0 if questionnaire.opened_at else AnswerCode.objects.filter(group__questionnaire=questionnaire).count()
    return Proof(entry.at, entry.detail["sheets"], entry.detail["codes"], left, codes)

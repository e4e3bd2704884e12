"""Casting: a code is spent and a sealed ballot put in, both or neither. No person, address or moment comes near (4-trust §2)."""
import base64
import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain.ballot_paper import new_receipt, write_ballot
from evaluations.domain.sealing import seal
from evaluations.enums import PollState
from evaluations.models import Envelope, Poll, PollCode, PollGroup
from units.domain.history import record

CODE_BYTES = 24
REFUSED = _("这个投票码不能用：可能输错了、已经用过，或者测评已经结束。如果不是您本人用的，请告诉会务人员换发。")


class CodeRefused(Refusal):
    """The code is wrong, spent or late: which of them is not said."""


class ChoiceWrong(Refusal):
    """A choice is none of the options."""


class CodesInUse(Refusal):
    """Codes are printed only while ballots are taken."""


@dataclass(frozen=True)
class Paper:
    """What the holder of a code may answer. `code` is the row, `poll`, `subjects` and `questions` what is asked."""

    code: PollCode
    poll: Poll
    subjects: list
    questions: list

    @property
    def places(self):
        """[(subject, question)] in the order of the choices."""
        return [(subject, question) for subject in self.subjects for question in self.questions]


def digest_of(code):
    """What is stored of a code; blanks, dashes and small letters that a person types make no difference."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def new_code():
    """24 random bytes as 39 letters and digits."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=")


@transaction.atomic
def print_codes(poll, *, by, at):
    """Make a code for each ballot of each group that is not in yet. Returns [(PollGroup, [code])]; only digests are kept.

    Slips printed earlier and not used become void, so that there are never more than people. Raises CodesInUse.
    """
    if not Poll.objects.select_for_update().filter(pk=poll.pk, state=PollState.OPEN).exists():
        raise CodesInUse(_("测评开始以后、结束以前才能打印投票码。"))
    PollCode.objects.filter(group__poll=poll, is_spent=False).delete()
    printed, rows = [], []
    for group in PollGroup.objects.filter(poll=poll).select_related("organization").order_by("pk"):
        codes = [new_code() for _each in range(group.issued - group.codes.count())]
        rows += [PollCode(group=group, digest=digest_of(code)) for code in codes]
        printed.append((group, codes))
    secrets.SystemRandom().shuffle(rows)
    PollCode.objects.bulk_create(rows, batch_size=1000)
    record(poll, "print_codes", by=by, at=at, organization=poll.organization, detail={"codes": len(rows)})
    return printed


def paper_for(code):
    """The Paper that `code` opens. Raises CodeRefused."""
    row = (
        PollCode.objects.select_related("group__poll__organization")
        .filter(digest=digest_of(code), is_spent=False, group__poll__state=PollState.OPEN).first()
    )
    if row is None:
        raise CodeRefused(REFUSED)
    poll = row.group.poll
    subjects = list(poll.subjects.select_related("member", "organization").order_by("position"))
    return Paper(row, poll, subjects, list(poll.questions.order_by("position")))


def check_choices(paper, choices):
    """Raises ChoiceWrong unless there is one choice or None (弃权) for each place."""
    if len(choices) != len(paper.places):
        raise ChoiceWrong(_("这张票和现在的测评表不一致，请重新打开投票页。"))
    for (_subject, question), choice in zip(paper.places, choices, strict=True):
        if choice is not None and not 0 <= choice < len(question.options):
            raise ChoiceWrong(_("有一项的选择不在选项里，请重新选。"))
    if all(choice is None for choice in choices):
        raise ChoiceWrong(_("这张票一项也没有选，请至少选一项。"))


@transaction.atomic
def cast(paper, choices):
    """Put the ballot in. Returns its receipt. Raises ChoiceWrong, CodeRefused (one of two at the same time)."""
    check_choices(paper, choices)
    receipt, poll = new_receipt(), paper.poll
    written = write_ballot(paper.code.group_id, receipt, choices, size=poll.envelope_size)
    sealed = seal(poll.public_key, written)
    # One row and no join: of two requests at once the second one finds the code spent.
    if not PollCode.objects.filter(pk=paper.code.pk, is_spent=False).update(is_spent=True):
        raise CodeRefused(REFUSED)
    Envelope.objects.bulk_create([Envelope(poll=poll, sealed=sealed)])
    return receipt

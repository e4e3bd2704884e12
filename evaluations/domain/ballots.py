"""Codes and papers: what is printed for whom, and what a code opens. No person, address or moment comes near (4-trust §2)."""
import base64
import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain.ballot_desk import DESK, REFUSED, CodeRefused, Turn
from evaluations.enums import PollState
from evaluations.models import Poll, PollCode, PollGroup
from units.domain.history import record

CODE_BYTES = 24
TELLS_TOO_FEW = _("有一组已收的还不足 %(k)s 份，现在再打印，数数纸条就知道有几个人投了。请多收几份再打印。")


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

    @property
    def options(self):
        """[number of options] of the places."""
        return [len(question.options) for _subject, question in self.places]


def digest_of(code):
    """What is stored of a code; blanks, dashes and small letters that a person types make no difference."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def new_code():
    """24 random bytes as 39 letters and digits."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=")


def lock_for_codes(poll):
    """Inside the caller's transaction: nobody opens, closes or prints it meanwhile. Raises CodesInUse.

    no_key: at its commit a ballot that is coming in asks that its poll is there, and must not wait for the printing.
    """
    if not Poll.objects.select_for_update(no_key=True).filter(pk=poll.pk, state=PollState.OPEN).exists():
        raise CodesInUse(_("测评开始以后、结束以前才能打印投票码。"))
    refuse_telling(poll, CodesInUse)


def refuse_telling(asked, refusal):
    """A new print has a slip for each answer that is not in, so its number tells how many are. Raises `refusal` while in a group
    that is more than none and less than may be known (4-trust §2)."""
    answered = asked.groups.annotate(spent=Count("codes", filter=Q(codes__is_spent=True)))
    if answered.filter(spent__gt=0, spent__lt=asked.smallest_group).exists():
        raise refusal(TELLS_TOO_FEW % {"k": asked.smallest_group})


@transaction.atomic
def print_codes(poll, *, by, at):
    """Make a code for each ballot of each group that is not in yet. Returns [(PollGroup, [code])]; only digests are kept.

    Slips printed earlier and not used become void, so that there are never more than people. Raises CodesInUse.
    """
    lock_for_codes(poll)
    groups = list(PollGroup.objects.filter(poll=poll).select_related("organization").order_by("pk"))
    # No join: a code that a ballot is spending just now is looked at again once the ballot is in, and then it stays.
    PollCode.objects.filter(group__in=groups, is_spent=False).delete()
    refuse_telling(poll, CodesInUse)  # again, for the deletion has waited for ballots that were coming in
    printed, rows = [], []
    for group in groups:
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


def cast(code, choices):
    """Put the ballot of `code` in. Returns its receipt. Raises ChoiceWrong, CodeRefused.

    `choices` is the list, or a function that gives it for a number of places, for only the code tells how many there are.
    """
    return DESK.cast(turn_of(code, choices))


def turn_of(code, choices):
    """The ballot of `code` on its way to a desk; `choices` as for `cast`."""
    return Turn(digest_of(code), choices if callable(choices) else lambda _places: list(choices))

"""Judging many promises fit at one sitting: each is made public or given back with a sentence, the rest wait on."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.commitments import CannotMove, publish_commitment, return_commitment
from campaign.enums import CommitmentShown
from campaign.models import Commitment
from config.kit.refusal import Refusal


class NothingDecided(Refusal):
    """A sitting decides at least one promise."""


@dataclass(frozen=True)
class Decision:
    """What the level above decided about one promise: `verb` is "publish" or "return", `note` goes with the latter,
    `shown` (CommitmentShown) with the former."""

    commitment: Commitment
    verb: str
    note: str = ""
    shown: str = CommitmentShown.INSIDE


@dataclass(frozen=True)
class Sitting:
    """How many promises were made public, how many given back, and how many somebody else had decided meanwhile."""

    published: int
    returned: int
    missed: int


@transaction.atomic
def decide_many(decisions, *, by, at):
    """Take every decision that still can be taken. Returns the Sitting. Raises NothingDecided, NoteMissing."""
    if not decisions:
        raise NothingDecided(_("还没有选。请在要办的承诺旁边选“公示”或“退回”。"))
    counts = {"publish": 0, "return": 0, "missed": 0}
    for decision in decisions:
        try:
            with transaction.atomic():
                if decision.verb == "return":
                    return_commitment(decision.commitment, note=decision.note, by=by, at=at)
                else:
                    publish_commitment(decision.commitment, shown=decision.shown, by=by, at=at)
        except CannotMove:
            counts["missed"] += 1
        else:
            counts[decision.verb] += 1
    return Sitting(counts["publish"], counts["return"], counts["missed"])

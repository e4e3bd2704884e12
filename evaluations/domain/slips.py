"""Slips to print: a code in words and as a picture, in an order that says nothing; made in memory and kept nowhere."""
import secrets
from dataclasses import dataclass
from textwrap import wrap

from config.kit.qr import picture
from evaluations.domain.slip_prints import print_codes


@dataclass(frozen=True)
class Slip:
    """One slip: the code in groups of four, and the picture that opens the voting page with it."""

    code: str
    picture: str


def slips(poll, *, start_url, by, at):
    """[(PollGroup, [Slip])]; the code stands in the fragment of `start_url`. Raises CodesInUse."""
    printed = []
    for group, codes in print_codes(poll, by=by, at=at):
        secrets.SystemRandom().shuffle(codes)
        printed.append((group, [Slip(" ".join(wrap(code, 4)), picture(f"{start_url}#{code}")) for code in codes]))
    return [(group, made) for group, made in printed if made]


"""What is inside an envelope: group, receipt and choices, written in one size so that its length tells nothing.

Layout: JSON `[group, receipt, [choice or null, …]]`, choices by subject and then by question, padded with spaces.
"""
import json
import secrets

from evaluations.domain.sealing import NotReadable, padded, rounded

RECEIPT_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I, L, O, 0, 1: they are read wrong on paper
RECEIPT_LENGTH = 10


class NotABallot(NotReadable):
    """An envelope does not hold what its poll asks for."""


def new_receipt():
    """Ten random characters in two halves, such as `KD4P7-XW2MA`."""
    drawn = "".join(secrets.choice(RECEIPT_ALPHABET) for _each in range(RECEIPT_LENGTH))
    return f"{drawn[:5]}-{drawn[5:]}"


def envelope_size(questions, subjects):
    """Bytes of every ballot of a poll: the longest one (a null for each choice), rounded up."""
    longest = len(json.dumps([2**63, "X" * (RECEIPT_LENGTH + 1), [None] * (questions * subjects)]).encode())
    return rounded(longest)


def write_ballot(group, receipt, choices, *, size):
    """The ballot as exactly `size` bytes."""
    return padded(json.dumps([group, receipt, choices]).encode(), size)


def read_ballot(written, *, choices):
    """(group, receipt, [choice]) of the bytes in an envelope; `choices` is how many there have to be. Raises NotABallot."""
    try:
        group, receipt, chosen = json.loads(written)
    except ValueError as reason:
        raise NotABallot("not readable") from reason
    if len(chosen) != choices:
        raise NotABallot("not the questions of this poll")
    return group, receipt, chosen

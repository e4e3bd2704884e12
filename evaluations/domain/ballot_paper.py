"""What is inside an envelope, of a poll or of a questionnaire: group, receipt and what was chosen, in one size so that its
length tells nothing.

Layout: JSON `[group, receipt, [answer, …]]`, padded with spaces. A poll's answers are choices or null, by subject and then
by question; a questionnaire's are described in answers.py.
"""
import json
import secrets

from evaluations.domain.sealing import NotReadable, padded, rounded

RECEIPT_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I, L, O, 0, 1: they are read wrong on paper
RECEIPT_LENGTH = 10


def new_receipt():
    """Ten random characters in two halves, such as `KD4P7-XW2MA`."""
    drawn = "".join(secrets.choice(RECEIPT_ALPHABET) for _each in range(RECEIPT_LENGTH))
    return f"{drawn[:5]}-{drawn[5:]}"


def size_for(longest, *, more=0):
    """Bytes of every envelope whose answers are written no longer than `longest` and `more` bytes, rounded up."""
    return rounded(len(_written(2**63, "X" * (RECEIPT_LENGTH + 1), longest)) + more)


def envelope_size(questions, subjects):
    """Bytes of every ballot of a poll: the longest one has a null for each choice."""
    return size_for([None] * (questions * subjects))


def enclose(group, receipt, answers, *, size):
    """The content of an envelope as exactly `size` bytes. Raises NotReadable when it is longer."""
    return padded(_written(group, receipt, answers), size)


def enclosed(written, *, places):
    """(group, receipt, [answer]) of the bytes in an envelope, with an answer for each of `places`. Raises NotReadable."""
    try:
        group, receipt, answers = json.loads(written)
        if len(answers) == places:
            return group, receipt, answers
    except (TypeError, ValueError) as reason:
        raise NotReadable("not readable") from reason
    raise NotReadable("not what is asked")


def _written(*content):
    return json.dumps(content, ensure_ascii=False).encode()


write_ballot = enclose  # the word of the ballot desk

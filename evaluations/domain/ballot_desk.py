"""Casting: a code is spent and a sealed ballot put in, both or neither; ballots that come together share one commit.

Whoever comes while another ballot is being written waits for the desk; the next one in takes everything that waits along.
Nobody waits for company: alone, a ballot is written at once. No person, address or moment comes near (4-trust §2).
`Desk` is for threads, as the web server has them; `evaluations/ballot_service.py` keeps the same queue in an event loop.
"""
import threading
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain.ballot_paper import new_receipt, write_ballot
from evaluations.domain.sealing import seal
from evaluations.enums import PollState
from evaluations.models import Envelope, Poll, PollCode, PollGroup

MOST_AT_ONCE = 64
REFUSED = _("这个投票码不能用：可能输错了、已经用过，或者测评已经结束。如果不是您本人用的，请告诉会务人员换发。")


class CodeRefused(Refusal):
    """The code is wrong, spent or late: which of them is not said."""


class ChoiceWrong(Refusal):
    """A choice is none of the options."""


@dataclass
class Turn:
    """One ballot at the desk: `choices` gives the list for a number of places; ends with a receipt or what was wrong."""

    digest: str
    choices: object
    receipt: str = ""
    wrong: Exception | None = None
    is_over: bool = False
    called: threading.Event = field(default_factory=threading.Event)


class Desk:
    """Takes ballots of all threads of this process; between processes the locks of the database decide."""

    def __init__(self):
        self._guard, self._waiting, self._is_busy = threading.Lock(), deque(), False

    def cast(self, turn):
        """The receipt of the ballot. Raises CodeRefused, ChoiceWrong."""
        with self._guard:
            self._waiting.append(turn)
            has_to_wait, self._is_busy = self._is_busy, True
        if has_to_wait:
            turn.called.wait()
        if not turn.is_over:
            self._serve()
        if turn.wrong is not None:
            raise turn.wrong
        return turn.receipt

    def _serve(self):
        """Take everything that waits, the own turn first of all; then call the next one to do the same."""
        with self._guard:
            turns = [self._waiting.popleft() for _each in range(min(len(self._waiting), MOST_AT_ONCE))]
        try:
            take(turns)
        finally:
            with self._guard:
                self._is_busy = bool(self._waiting)
                following = [self._waiting[0]] if self._waiting else []
            for turn in (*following, *turns):
                turn.called.set()


DESK = Desk()


def take(turns):
    """Write the ballots of `turns` in one commit: each gets its receipt or what was wrong, and is over."""
    try:
        _write(turns)
    except DatabaseError as reason:  # one of them, or a lock that met a printing: each alone, nobody for the others
        for turn in turns:
            try:
                if len(turns) == 1:
                    raise reason
                _write([turn])
            except DatabaseError as still:
                turn.wrong = still
    except Exception as reason:
        for turn in turns:
            turn.wrong = reason
    for turn in turns:
        turn.is_over = True


def _write(turns):
    """Spend the codes and put the envelopes in, in one transaction; each turn gets its receipt or its refusal."""
    asked = {}
    for turn in turns:
        turn.receipt, turn.wrong = "", CodeRefused(REFUSED)
        asked.setdefault(turn.digest, turn)  # the same code twice: the first one
    ready = {}
    for pk, digest, group, form in _found(asked):
        turn = asked[digest]
        try:
            ready[pk] = (turn, *_sealed(form, group, turn.choices(len(form.options))))
        except ChoiceWrong as reason:
            turn.wrong = reason
    if not ready:
        return
    with transaction.atomic():
        mine = PollCode.objects.select_for_update().filter(pk__in=ready, is_spent=False).order_by("pk")
        taken = list(mine.values_list("pk", flat=True))
        PollCode.objects.filter(pk__in=taken).update(is_spent=True)
        Envelope.objects.bulk_create([ready[pk][2] for pk in taken])
    for pk in taken:
        turn, receipt, _envelope = ready[pk]
        turn.receipt, turn.wrong = receipt, None


def _found(digests):
    """[(key of the code, digest, group, _Form)] of the codes that can be used.

    Whether a code is wrong, spent or late, the same two questions are asked and nothing is locked or written, so all three
    take the same time. No join: the digest alone leads to the row, whatever the database knows of a table filled just now.
    """
    codes = PollCode.objects.filter(digest__in=digests, is_spent=False).values_list("pk", "digest", "group_id")
    codes = list(codes)
    groups = {0, *(group for _pk, _digest, group in codes)}  # 0, so that the question is asked in any case
    taking = PollGroup.objects.filter(pk__in=groups, poll__state=PollState.OPEN).values_list("pk", "poll__public_key")
    forms = {group: _form(bytes(key)) for group, key in taking}
    return [(pk, digest, group, forms[group]) for pk, digest, group in codes if group in forms]


@dataclass(frozen=True)
class _Form:
    """What a ballot of an open poll has to look like: `options` is how many each place has."""

    poll: int
    public_key: bytes
    size: int
    options: tuple


@lru_cache(maxsize=64)
def _form(public_key):
    """The _Form of the open poll with this key; it stays as it is, for a poll is frozen when it gets its key."""
    poll = Poll.objects.get(public_key=public_key)
    questions = [len(question.options) for question in poll.questions.order_by("position")]
    return _Form(poll.pk, public_key, poll.envelope_size, tuple(questions * poll.subjects.count()))


def _sealed(form, group, choices):
    """(receipt, Envelope) of one ballot. Raises ChoiceWrong."""
    check_choices(form.options, choices)
    receipt = new_receipt()
    written = write_ballot(group, receipt, choices, size=form.size)
    return receipt, Envelope(poll_id=form.poll, sealed=seal(form.public_key, written))


def check_choices(options, choices):
    """Raises ChoiceWrong unless there is one choice or None (弃权) for each place, and one choice at least."""
    if len(choices) != len(options):
        raise ChoiceWrong(_("这张票和现在的测评表不一致，请重新打开投票页。"))
    for most, choice in zip(options, choices, strict=True):
        if choice is not None and not 0 <= choice < most:
            raise ChoiceWrong(_("有一项的选择不在选项里，请重新选。"))
    if all(choice is None for choice in choices):
        raise ChoiceWrong(_("这张票一项也没有选，请至少选一项。"))

"""Counting a poll: open, check, shuffle, write everything in one transaction, then destroy what was sealed and its key.

Killed at any step and run again, it ends with the same counts: before the commit nothing has happened, after it only
the key file may be left, and whoever comes next removes it.
"""
import random
import secrets
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit import jobs
from evaluations.domain import poll_keys
from evaluations.domain.ballot_paper import enclosed
from evaluations.domain.polls import destroy_ballots, mark_counted
from evaluations.domain.sealing import TallyDisagrees, open_all, told
from evaluations.enums import POLL_ENDED
from evaluations.models import Answer, Envelope, Poll, PollCode, PollGroup, Receipt

BATCH = 2000


def count_poll(tally, *, at):
    """Count the poll of a claimed Tally row. Raises TallyDisagrees, KeyIsMissing, jobs.LeaseLost."""
    poll = tally.poll
    with transaction.atomic():
        spent = _spent_by_group(poll)
        ballots = _open_envelopes(poll)
        _check(spent, ballots, poll.smallest_group)
        _write(poll, ballots, spent)
        destroy_ballots(poll)
        mark_counted(poll, at=at)
        units = told(len(ballots), poll.smallest_group) or 0
        jobs.finish(tally, at=at, done_units=units, total_units=units)
    poll_keys.destroy_key(poll.public_key)


def destroy_left_keys():
    """Remove the keys of polls that were counted or voided by a process that was killed right after its commit."""
    ended = Poll.objects.filter(state__in=POLL_ENDED, public_key__isnull=False)
    for key in ended.values_list("public_key", flat=True):
        poll_keys.destroy_key(key)


def _spent_by_group(poll):
    """{group: spent codes}. The codes are locked first: a cast that was under way is in, a later one finds no code."""
    list(PollCode.objects.select_for_update().filter(group__poll=poll).order_by("pk").values_list("pk", flat=True))
    return Counter(PollCode.objects.filter(group__poll=poll, is_spent=True).values_list("group_id", flat=True))


def _open_envelopes(poll):
    """[(group, receipt, choices)] of every envelope. Raises KeyIsMissing, TallyDisagrees."""
    choices = poll.questions.count() * poll.subjects.count()
    sealed = Envelope.objects.filter(poll=poll).values_list("sealed", flat=True)
    return open_all(poll.public_key, sealed, lambda written: enclosed(written, places=choices))


def _check(spent, ballots, smallest_group):
    found = Counter(group for group, _receipt, _choices in ballots)
    if found != spent:
        said = {"codes": sum(spent.values()), "ballots": len(ballots)}
        if not all(told(number, smallest_group) for number in said.values()):
            raise TallyDisagrees(_("用过的投票码和选票对不上。计票停下了，什么也没有改动，请联系系统管理员。"))
        raise TallyDisagrees(
            _("用过的投票码 %(codes)s 个，选票 %(ballots)s 张，两边对不上。计票停下了，什么也没有改动，请联系系统管理员。") % said
        )


def _write(poll, ballots, spent):
    """Receipts in alphabetical order; answers cut loose from their ballots and shuffled, new keys and one moment for all."""
    Receipt.objects.bulk_create(
        [Receipt(poll=poll, code=receipt) for receipt in sorted(receipt for _group, receipt, _choices in ballots)],
        batch_size=BATCH,
    )
    questions = list(poll.questions.order_by("position").values_list("pk", flat=True))
    subjects = list(poll.subjects.order_by("position").values_list("pk", flat=True))
    places = [(subject, question) for subject in subjects for question in questions]
    answers = [
        Answer(group_id=group, subject_id=subject, question_id=question, choice=choice)
        for group, _receipt, choices in ballots for (subject, question), choice in zip(places, choices, strict=True)
    ]
    random.Random(secrets.randbits(256)).shuffle(answers)
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    groups = list(PollGroup.objects.filter(poll=poll))
    for group in groups:
        group.returned = spent.get(group.pk, 0)
    PollGroup.objects.bulk_update(groups, ["returned"])

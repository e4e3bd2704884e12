"""The one release of a poll: what may be shown is written down once, and for the standard sheets becomes an appraisal."""
from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.timezone import localdate

from evaluations.domain.appraisal_figures import ANSWERS
from evaluations.domain.disclosure import published
from evaluations.domain.low_items import raise_low_items
from evaluations.domain.poll_results import RATED_OPTIONS, WHOLE, group_tree
from evaluations.domain.polls import mark_released
from evaluations.enums import PollSheet
from evaluations.models import Answer, Appraisal, AppraisalCount, AppraisalTurnout, PollCell
from units.domain.history import record


@transaction.atomic
def release_poll(poll, *, by, at):
    """Write the published cells, and an Appraisal for every organisation asked. Raises PollHasMoved."""
    mark_released(poll, at=at)
    cells = _cells(poll)
    PollCell.objects.bulk_create(cells, batch_size=1000)
    if poll.sheet in (PollSheet.ORGANIZATION, PollSheet.MEMBER):
        _write_appraisal(poll, by=by, at=at)
    record(poll, "release", by=by, at=at, organization=poll.organization, detail={"cells": len(cells)})


def _cells(poll):
    """The PollCell rows that may be shown, not saved yet; the counting is the database's."""
    options = {question.pk: len(question.options) for question in poll.questions.all()}
    rows = (
        Answer.objects.filter(group__poll=poll)
        .values_list("subject_id", "question_id", "group__audience", "group__organization_id", "choice")
        .annotate(answers=Count("pk"))
    )
    counts = defaultdict(lambda: defaultdict(Counter))
    for subject, question, audience, organization, choice, answers in rows:
        for key in (WHOLE, (audience, None), (audience, organization)):
            counts[subject, question][key][choice] += answers
    return [
        PollCell(
            poll=poll, subject_id=subject, question_id=question, audience=key[0], organization_id=key[1],
            counts=[groups[key][choice] for choice in [*range(options[question]), None]],
        )
        for (subject, question), groups in counts.items()
        for key in sorted(_shown(groups, poll.smallest_group), key=str)
    ]


def _shown(groups, k):
    """The groups of one question to publish: enough ballots (a cell counts 弃权 too), enough answers, and enough of them a
    grade, all three also for what is left over."""
    return set.intersection(*(published(_tree(groups, counts), k) for counts in (is_cast, is_given, is_grade)))


def is_cast(choice):
    """Whatever is on it, 弃权 too."""
    return True


def is_given(choice):
    """弃权 is no answer."""
    return choice is not None


def is_grade(choice):
    """Neither 弃权 nor 不了解."""
    return choice is not None and choice < RATED_OPTIONS


def _tree(groups, counts):
    """The Group tree of one question; its sizes are the answers whose choice `counts`."""
    return group_tree({
        key: sum(number for choice, number in found.items() if counts(choice))
        for key, found in groups.items() if key[1] is not None
    })


def _write_appraisal(poll, *, by, at):
    """The counts by audience that scores read; every page about an appraisal hides what is small by itself.

    The count needs no second person to confirm it: nobody typed it.
    """
    appraisal = Appraisal.objects.create(
        campaign=poll.campaign, organization=poll.organization, title=poll.title, sheet=poll.sheet, poll=poll,
        happened_on=localdate(poll.opened_at), recorded_at=at, recorded_by=by, confirmed_at=at,
    )
    turnouts = poll.groups.values("audience").annotate(sent=Sum("issued"), back=Sum("returned")).order_by("audience")
    AppraisalTurnout.objects.bulk_create(
        AppraisalTurnout(appraisal=appraisal, audience=row["audience"], issued=row["sent"], returned=row["back"])
        for row in turnouts
    )
    counts = (
        Answer.objects.filter(group__poll=poll)
        .values("subject__member_id", "question__item", "group__audience")
        .annotate(**{name: Count("pk", filter=Q(choice=place)) for place, name in enumerate(ANSWERS)})
        .order_by("subject__member_id", "question__item", "group__audience")
    )
    AppraisalCount.objects.bulk_create(
        AppraisalCount(
            appraisal=appraisal, member_id=row["subject__member_id"], item=row["question__item"],
            audience=row["group__audience"], **{name: row[name] for name in ANSWERS},
        )
        for row in counts
    )
    raise_low_items(appraisal, by=by, at=at)

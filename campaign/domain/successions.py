"""What an organisation that ends leaves open goes on with its heir, and a transferred member's promises go along (S6, S21).

Whose an item or an organisation's own commitment was stays on record (FormerPlace): what was due by that day counts there. A
member's commitments count by membership on the day they are due, so only their place in lists changes.
"""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from campaign.domain.commitments import move_commitment
from campaign.domain.rectifications import DAYS_TO_MEND
from campaign.domain.task_successions import foresee_tasks, hand_over_tasks
from campaign.enums import COMMITMENT_EDITABLE, DESIGNATION_WAITING, CommitmentState, DesignationState
from campaign.models import Commitment, Designation, FormerDeadline, FormerPlace, Rectification
from units.domain.history import record_many

UNDECIDED = COMMITMENT_EDITABLE | {CommitmentState.SUBMITTED}
BATCH = 500


def foresee(succession, *, on):
    """What `settle` would do, one sentence for each kind that there is; at most six queries."""
    if succession.member:
        return _counted([(_promises_along(succession), _("承诺 %(n)s 条一起转到“%(heir)s”。"))], succession)
    return [
        *foresee_tasks(succession),
        *_counted([
            (_own_promises(succession), _("践诺中的承诺 %(n)s 条由“%(heir)s”接着兑现。")),
            (_promises_along(succession), _("党员没有评定的承诺 %(n)s 条一起转到“%(heir)s”。")),
            (_items(succession), _("没有销号的整改 %(n)s 项由“%(heir)s”接着整改，已经过期的给一个月的新期限。")),
            (_designations(succession), _("先锋岗和示范窗口 %(n)s 个归“%(heir)s”。")),
        ], succession),
    ]


def _counted(kinds, succession):
    counts = [(rows.count(), words) for rows, words in kinds]
    return [words % {"n": count, "heir": succession.heir} for count, words in counts if count]


@transaction.atomic
def settle(succession, *, by, at, on):
    """Hand over what is open: a member's commitments alone, or everything of an organisation that ends."""
    _take_along(_promises_along(succession), succession, by=by, at=at)
    if succession.member:
        return
    hand_over_tasks(succession, by=by, at=at)
    for draft in Commitment.objects.filter(organization=succession.source, member__isnull=True, state__in=UNDECIDED):
        move_commitment(draft, "withdraw", by=by, at=at, note=succession.reason)
    _keep_places(_take_along(_own_promises(succession), succession, by=by, at=at), "commitment", succession, at)
    items = _take_along(_items(succession), succession, by=by, at=at)
    _keep_places(items, "rectification", succession, at)
    _give_time([item for item in items if item.due_on < on], due_on=on + timedelta(days=DAYS_TO_MEND), at=at)
    _take_along(_designations(succession), succession, by=by, at=at)


# What goes over -------------------------------------------------------------------------------
def _own_promises(succession):
    """The organisation's own that are public and not judged."""
    return Commitment.objects.in_progress().filter(organization=succession.source, member__isnull=True)


def _promises_along(succession):
    """Those of the members who go: what is not decided yet, and what is public and not judged. Of one member who is
    transferred, what was due before that day stays to be judged by those who saw it."""
    rows = Commitment.objects.filter(organization=succession.source, member__isnull=False)
    rows = rows.filter(pk__in=Commitment.objects.in_progress().values("pk")) | rows.filter(state__in=UNDECIDED)
    return rows.filter(member=succession.member, due_on__gte=succession.starts_on) if succession.member else rows


def _items(succession):
    return Rectification.objects.unfinished().filter(organization=succession.source)


def _designations(succession):
    states = DESIGNATION_WAITING | {DesignationState.AWARDED}
    return Designation.objects.filter(organization=succession.source, state__in=states)


# How it goes over -----------------------------------------------------------------------------
def _take_along(rows, succession, *, by, at):
    """The rows themselves change place, locked, so that nobody closes one meanwhile. Returns them as they were."""
    moved = list(rows.select_for_update(of=("self",)))
    rows.model.objects.filter(pk__in=[row.pk for row in moved]).update(organization=succession.heir)
    record_many([(row, "hand_over", {"note": succession.reason}, succession.heir) for row in moved], by=by, at=at)
    return moved


def _keep_places(rows, name, succession, at):
    until = succession.starts_on - timedelta(days=1)
    FormerPlace.objects.bulk_create(
        [FormerPlace(**{name: row}, organization=succession.source, until=until, moved_at=at) for row in rows], batch_size=BATCH
    )


def _give_time(items, *, due_on, at):
    """What is overdue when it is handed over gets as long as something new."""
    FormerDeadline.objects.bulk_create(
        [FormerDeadline(rectification=item, due_on=item.due_on, moved_at=at) for item in items], batch_size=BATCH
    )
    Rectification.objects.filter(pk__in=[item.pk for item in items]).update(due_on=due_on)

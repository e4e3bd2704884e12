"""Rectification: a problem gets an owner and a day, is reported done, and closed by somebody who was not at it."""
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from campaign.enums import RECTIFICATION_MOVES
from campaign.models import FormerDeadline, Rectification, RectificationClosing
from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units.domain.history import record
from units.enums import LEADS_BRANCH
from units.models import Post

DAYS_TO_MEND = 30  # what every source of an item proposes, or takes where nobody names a day


class CannotMoveRectification(Refusal):
    """The item is not in a state that this step starts from: somebody else was first."""


class DueTooEarly(Refusal):
    """An item cannot be due before it was raised, nor a new day lie in the past."""

    field = "due_on"


class WordsMissing(Refusal):
    """Reporting says what was done; giving back and opening again say why."""


class OwnWork(Refusal):
    """Nobody verifies what they put right or reported themselves."""


class OwnerElsewhere(Refusal):
    """Whoever puts a problem right belongs to the organisation."""

    field = "owner"


def secretary_of(organization, *, on):
    """The member who is its secretary on day `on`, or None."""
    post = (
        Post.objects.standing().on(on).filter(organization=organization, kind__in=LEADS_BRANCH)
        .select_related("member").order_by("-starts_on", "-pk").first()
    )
    return post.member if post else None


@transaction.atomic
def raise_rectification(*, campaign, organization, owner, source, problem, due_on, verifier=None, broken=None, by, at, on):
    """Raise an item on day `on`. `verifier`: the account that alone (beside the office) closes it; `broken`: the commitment
    that was not kept.

    Raises DueTooEarly, OwnerElsewhere, OwnWork.
    """
    if due_on < on:
        raise DueTooEarly(_("整改期限不能早于提出的那天。"))
    if owner is not None and not organization.contains(owner.organization) and owner != secretary_of(organization, on=on):
        raise OwnerElsewhere(_("责任人要是本单位的党员。"))
    if owner is not None and verifier is not None and verifier.member_id == owner.pk:
        raise OwnWork(_("责任人不能验收自己的整改。"), field="owner")
    item = Rectification.objects.create(
        campaign=campaign, organization=organization, owner=owner, source=source, problem=problem, due_on=due_on,
        opened_on=on, recorded_at=at, verifier=verifier, broken=broken, moved_at=at,
    )
    detail = {"note": str(_("责任人%(owner)s，期限 %(due)s") % {"owner": owner or "—", "due": due_on.isoformat()})}
    record(item, "raise", by=by, at=at, detail=detail, organization=organization)
    return item


@transaction.atomic
def move_rectification(item, verb, *, by, at, note="", **changes):
    """Take one step; the only place that writes `state`. `changes` go into the same UPDATE.

    Raises CannotMoveRectification.
    """
    starts_from, leads_to = RECTIFICATION_MOVES[verb]
    changes |= {"state": leads_to, "moved_at": at}
    here = Rectification.objects.filter(pk=item.pk, state__in=starts_from, carried_to__isnull=True)
    if not Rectification.objects.filter(pk__in=here.values("pk")).update(**changes):
        raise CannotMoveRectification(_("整改的状态已经变了，请刷新页面再看。"))
    item.refresh_from_db(fields=list(changes))
    record(item, verb, by=by, at=at, detail={"note": note} if note else {}, organization=item.organization)
    return item


def report_rectification(item, *, measures, by, at):
    """Say what was done. Raises WordsMissing, CannotMoveRectification."""
    if not measures.strip():
        raise WordsMissing(_("请写一句怎样改的，改到什么程度。"), field="measures")
    return move_rectification(
        item, "report", by=by, at=at, note=measures.strip(), measures=measures.strip(), reported_by=by
    )


def send_back_rectification(item, *, note, due_on=None, by, at, on):
    """Not done yet: back to its owner with one sentence, with another day if need be.

    Raises WordsMissing, DueTooEarly, OwnWork, CannotMoveRectification.
    """
    _check_not_own(item, by)
    return _reopen_with("send_back", item, note, due_on, by, at, on, {})


def call_off_rectification(item, *, note, by, at):
    """It was raised for nothing: it counts neither as done nor as due. Raises WordsMissing, OwnWork, CannotMoveRectification."""
    _check_not_own(item, by)
    if not note.strip():
        raise WordsMissing(_("请写一句为什么撤销。"), field="note")
    return move_rectification(item, "call_off", by=by, at=at, note=note.strip())


@transaction.atomic
def verify_rectification(item, *, note="", by, at, on):
    """Close it on day `on`. Returns the RectificationClosing. Raises OwnWork, CannotMoveRectification."""
    _check_not_own(item, by)
    move_rectification(item, "verify", by=by, at=at, note=note.strip())
    return RectificationClosing.objects.create(
        rectification=item, happened_on=on, note=note.strip(), recorded_at=at, recorded_by=by
    )


@transaction.atomic
def reopen_rectification(item, *, note, due_on, by, at, on):
    """It was not done after all: the closing stands no longer, the owner gets a new day.

    Raises WordsMissing, DueTooEarly, OwnWork, CannotMoveRectification.
    """
    _check_not_own(item, by)
    _reopen_with("reopen", item, note, due_on, by, at, on, {"times_reopened": F("times_reopened") + 1})
    for closing in RectificationClosing.objects.standing().filter(rectification=item):
        supersede(closing, at=at)
    return item


@transaction.atomic
def _reopen_with(verb, item, note, due_on, by, at, on, changes):
    note, before = note.strip(), item.due_on
    if not note:
        raise WordsMissing(_("请写一句还差什么。"), field="note")
    if due_on is not None:
        if due_on < on:
            raise DueTooEarly(_("新的期限不能早于今天。"))
        if due_on != item.due_on:
            changes |= {"due_on": due_on}
            note += str(_("（期限改到 %(due)s）") % {"due": due_on.isoformat()})
    moved = move_rectification(item, verb, by=by, at=at, note=note, **changes)
    if item.due_on != before:
        FormerDeadline.objects.create(rectification=item, due_on=before, moved_at=at)
    return moved


def _check_not_own(item, by):
    """Reads the row again, so that a report made meanwhile counts."""
    owner, reporter = Rectification.objects.values_list("owner_id", "reported_by_id").get(pk=item.pk)
    if by is not None and by.is_oneself(account=reporter, member=owner):
        raise OwnWork(_("责任人和报完成的人不能验收。"))

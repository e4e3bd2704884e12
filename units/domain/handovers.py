"""Handovers between secretaries: begun when the new one is registered, received by that person and nobody else."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.refusal import Refusal
from units.domain.history import record
from units.enums import LEADS_BRANCH
from units.models import Handover, Post


class NotWaiting(Refusal):
    """It was received before, or a later change took its place."""


class NotTheReceiver(Refusal):
    """The incoming secretary confirms, nobody in his or her place."""


def begin_handover(post, *, by, at):
    """A sheet for the holder of `post`, a new secretary's; None where nobody was secretary before, or the same person."""
    before = Post.objects.standing().filter(
        organization=post.organization, kind__in=LEADS_BRANCH, ends_on__lt=post.starts_on
    ).order_by("-ends_on", "-pk").first()
    if before is None or before.member_id == post.member_id:
        return None
    Handover.objects.waiting().filter(organization=post.organization).update(dropped_at=at)
    handover = Handover.objects.create(
        organization=post.organization, outgoing=before.member, incoming=post.member, starts_on=post.starts_on, made_at=at
    )
    record(handover, "begin_handover", by=by, at=at, organization=post.organization, detail={"note": _told(handover)})
    return handover


@transaction.atomic
def receive_handover(handover, contents, *, by, at):
    """The incoming secretary has gone through `contents` and receives them; they are kept as they were.

    Raises NotTheReceiver, NotWaiting.
    """
    if by.member_id != handover.incoming_id:
        raise NotTheReceiver(_("交接单由接收人本人确认。"))
    changed = Handover.objects.waiting().filter(pk=handover.pk).update(received_at=at, received_by=by, contents=contents)
    if not changed:
        raise NotWaiting(_("这份交接单已经接收，或有了新的一份。"))
    handover.refresh_from_db()
    record(handover, "receive_handover", by=by, at=at, organization=handover.organization, detail={"note": _told(handover)})


def _told(handover):
    return _("%(old)s → %(new)s，%(day)s") % {
        "old": handover.outgoing.name, "new": handover.incoming.name, "day": chinese_date(handover.starts_on),
    }

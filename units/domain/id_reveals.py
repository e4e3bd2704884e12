"""Showing a full ID number: only on purpose, with a reason, and on record (4-trust §3)."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.id_numbers import unseal


class NoIdNumber(Refusal):
    """The roster has no ID number of this person."""


class RevealReasonMissing(Refusal):
    """Whoever asks says what for."""

    field = "reason"


@transaction.atomic
def reveal_id_number(member, *, reason, by, at):
    """The number in full. The history keeps who saw it and why, never the number. Raises NoIdNumber, RevealReasonMissing."""
    if not member.id_number_sealed:
        raise NoIdNumber(_("名册里没有%(name)s的证件号码。") % {"name": member.name})
    if not reason.strip():
        raise RevealReasonMissing(_("请写一句用来做什么。"))
    record(member, "reveal_id", by=by, at=at, detail={"reason": reason.strip()}, organization=member.organization)
    return unseal(member.id_number_sealed)

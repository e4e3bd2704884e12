"""Designations: 申报 by a member or the branch → 支部审 → 授牌 by the office; looked at again after a year, or withdrawn."""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaign.enums import DESIGNATION_MOVES, DesignationKind
from campaign.models import Designation
from config.kit.refusal import Refusal
from units.domain.history import record

LOOK_AGAIN_AFTER = timedelta(days=365)


class HolderMissing(Refusal):
    """A post without its member, or with one of another organisation."""

    field = "holder"


class CannotMove(Refusal):
    """The step does not fit the state; somebody else was faster."""


class PlaqueTaken(Refusal):
    """The plaque's number stands on another one, or was left out."""

    field = "plaque"


class ReasonMissing(Refusal):
    """Returned or withdrawn without a word why."""

    field = "reason"


@transaction.atomic
def apply_for_designation(organization, *, kind, title, text, holder=None, by, at):
    """Returns the Designation, for the branch to judge. Raises HolderMissing."""
    if kind == DesignationKind.POST and (holder is None or holder.organization_id != organization.pk):
        raise HolderMissing(_("先锋岗要写明是本支部的哪位党员。"))
    designation = Designation.objects.create(
        organization=organization, kind=kind, title=title, text=text, moved_at=at, applied_by=by, applied_at=at,
        holder=holder if kind == DesignationKind.POST else None,
    )
    record(designation, "ask", by=by, at=at, organization=organization)
    return designation


def endorse_designation(designation, *, by, at):
    """The branch agrees and hands it on. Raises CannotMove."""
    _move(designation, "endorse", by=by, at=at)


def award_designation(designation, *, plaque, by, at, on):
    """The office awards it with the number of a plaque. Raises PlaqueTaken, CannotMove."""
    if not plaque.strip():
        raise PlaqueTaken(_("授牌时要写牌号。"))
    try:
        _move(designation, "award", by=by, at=at, plaque=plaque.strip(), awarded_on=on)
    except IntegrityError as reason:
        raise PlaqueTaken(_("牌号“%(plaque)s”已经用过，请换一个。") % {"plaque": plaque.strip()}) from reason


def return_designation(designation, *, reason, by, at):
    """Not this time, with a sentence why. Raises ReasonMissing, CannotMove."""
    _move(designation, "return", by=by, at=at, reason=_said(reason))


def withdraw_designation(designation, *, reason, by, at):
    """Take the plaque back, with a sentence why; its number is not given again. Raises ReasonMissing, CannotMove."""
    _move(designation, "withdraw", by=by, at=at, reason=_said(reason))


@transaction.atomic
def look_again(designation, *, by, at, on):
    """The yearly look found it as it should be. Raises CannotMove."""
    if not Designation.objects.awarded().filter(pk=designation.pk).update(looked_on=on):
        raise CannotMove(_("它现在不在授牌状态，请看最新的情况。"))
    designation.looked_on = on
    record(designation, "look_again", by=by, at=at, organization=designation.organization)


def look_due_on(designation):
    """The day by which it is looked at again."""
    return (designation.looked_on or designation.awarded_on) + LOOK_AGAIN_AFTER


def _said(reason):
    if not reason.strip():
        raise ReasonMissing(_("请写一句原因。"))
    return reason.strip()


@transaction.atomic
def _move(designation, verb, *, by, at, **changes):
    """Take one step; the only place that writes `state`."""
    starts_from, leads_to = DESIGNATION_MOVES[verb]
    moved = Designation.objects.filter(pk=designation.pk, state__in=starts_from)
    if not moved.update(state=leads_to, moved_at=at, **changes):
        raise CannotMove(_("已经有人办过这一步，请看最新的情况。"))
    designation.refresh_from_db()
    detail = {name: str(value) for name, value in changes.items()}
    told = "take_plaque" if verb == "withdraw" else verb  # elsewhere to withdraw is to take back what one handed in
    record(designation, told, by=by, at=at, detail=detail, organization=designation.organization)

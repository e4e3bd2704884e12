"""Transfers between two branches of the system: the sender proposes, the receiver accepts or declines with a sentence."""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.memberships import DayCannotBe, end_posts, move_membership, must_be_past, open_membership
from units.domain.roles import revoke_all
from units.domain.successions import Succession, settle
from units.enums import TRANSFER_MOVES, OrganizationKind, Role, TransferState
from units.models import RoleGrant, Transfer


class CannotTransfer(Refusal):
    """The receiver cannot take members, or the member is under way already."""


class CannotMoveTransfer(Refusal):
    """Somebody else answered or withdrew it first."""


class AnswersOwn(Refusal):
    """Whoever proposed does not answer."""


@transaction.atomic
def propose(member, receiver, *, reason, by, at):
    """Ask `receiver` to take the member. Returns the Transfer. Raises CannotTransfer, HasNoMembership."""
    sender = open_membership(member).organization
    if receiver.kind != OrganizationKind.BRANCH or receiver.dissolved_on:
        raise CannotTransfer(_("组织关系转到党支部，%(name)s不是党支部。") % {"name": receiver}, field="receiver")
    if receiver.pk == sender.pk:
        raise CannotTransfer(_("%(name)s现在就在这个支部。") % {"name": member.name}, field="receiver")
    try:
        with transaction.atomic():
            transfer = Transfer.objects.create(
                member=member, sender=sender, receiver=receiver, reason=reason, proposed_by=by, proposed_at=at
            )
    except IntegrityError as refused:
        raise CannotTransfer(_("这名党员已经有一条等待接收的转接，请先等对方答复或撤回。")) from refused
    record(transfer, "propose", by=by, at=at, detail={"note": f"{sender} → {receiver}"}, organization=sender)
    return transfer


@transaction.atomic
def accept(transfer, *, moves_on, by, at, on):
    """Take the member in from `moves_on`: membership, posts and roles follow. Returns the Transfer.

    Raises AnswersOwn, CannotMoveTransfer, CannotTransfer, DayCannotBe, HasNoMembership.
    """
    _must_be_another(transfer, by)
    must_be_past(moves_on, on=on, field="moves_on", word=_("转入日期"))
    _move(transfer, "accept", by=by, at=at, moves_on=moves_on)
    member, membership = transfer.member, open_membership(transfer.member)
    if membership.organization_id != transfer.sender_id:
        raise CannotTransfer(_("%(name)s已经不在%(sender)s，这条转接不能再接收。") % {
            "name": member.name, "sender": transfer.sender,
        })
    if moves_on <= membership.starts_on:
        raise DayCannotBe(
            _("转入日期要晚于%(day)s，那天才到转出支部。") % {"day": chinese_date(membership.starts_on)}, field="moves_on"
        )
    words = _("转到%(receiver)s") % {"receiver": transfer.receiver}
    new = move_membership(member, transfer.receiver, starts_on=moves_on, reason=words, by=by, at=at)
    last_day = moves_on - timedelta(days=1)
    ended = end_posts(member, last_day=last_day, reason=words, by=by, at=at, stays_in=transfer.receiver)
    _let_roles_follow(transfer, by=by, at=at, on=on)
    settle(succession_of(transfer, moves_on=moves_on), by=by, at=at, on=on)
    record(member, "transfer", by=by, at=at, organization=transfer.receiver, detail={
        "note": f"{transfer.sender} → {transfer.receiver}", "from": new.starts_on,
        "posts": [post.get_kind_display() for post in ended],
    })
    return transfer


def succession_of(transfer, *, moves_on):
    """What goes along with the member from `moves_on` on."""
    reason = _("%(name)s转到%(receiver)s") % {"name": transfer.member.name, "receiver": transfer.receiver}
    return Succession(transfer.sender, transfer.receiver, moves_on, reason, member=transfer.member)


def _let_roles_follow(transfer, *, by, at, on):
    """Roles over the sender end; who was a member there with an account is a member here."""
    grants = RoleGrant.objects.filter(user__member=transfer.member, organization=transfer.sender).exclude(user=by)
    for grant in revoke_all(grants, by=by, at=at):
        held = RoleGrant.objects.filter(
            user=grant.user, role=Role.MEMBER, organization=transfer.receiver, revoked_at__isnull=True
        )
        if grant.role == Role.MEMBER and not held.exists():
            RoleGrant.objects.create(
                user=grant.user, role=Role.MEMBER, organization=transfer.receiver, starts_on=on, granted_by=by, granted_at=at
            )
            record(grant.user, "grant", by=by, at=at, organization=transfer.receiver,
                   detail={"role": grant.role, "note": f"{grant.get_role_display()} · {transfer.receiver}"})


@transaction.atomic
def decline(transfer, *, answer, by, at):
    """Say no, with a sentence. Raises AnswersOwn, CannotTransfer, CannotMoveTransfer."""
    _must_be_another(transfer, by)
    if not answer:
        raise CannotTransfer(_("不接收要写一句原因。"), field="answer")
    _move(transfer, "decline", by=by, at=at, answer=answer)
    return transfer


@transaction.atomic
def withdraw(transfer, *, by, at):
    """Take the proposal back. Raises CannotMoveTransfer."""
    _move(transfer, "withdraw", by=by, at=at)
    return transfer


def _must_be_another(transfer, by):
    if by.is_oneself(account=transfer.proposed_by_id):
        raise AnswersOwn(_("您提出的转接要由接收的一方答复。"))
    if by.is_oneself(member=transfer.member_id):
        raise AnswersOwn(_("转的是您本人，要由别人接收。"))


def _move(transfer, verb, *, by, at, **fields):
    """The only place that writes the state."""
    starts_from, leads_to = TRANSFER_MOVES[verb]
    found = Transfer.objects.filter(pk=transfer.pk, state__in=starts_from)
    if not found.update(state=leads_to, answered_by=by, answered_at=at, **fields):
        now = Transfer.objects.get(pk=transfer.pk)
        raise CannotMoveTransfer(_("这条转接%(state)s，不能再办。") % {"state": TransferState(now.state).label})
    transfer.refresh_from_db(fields=["state", "answered_by", "answered_at", "answer", "moves_on"])
    record(transfer, verb, by=by, at=at, detail={"note": fields.get("answer", "")}, organization=transfer.receiver)

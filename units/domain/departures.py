"""How a member leaves the system, and how one comes back whose departure was written down by mistake."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units.domain.accounts import set_active
from units.domain.history import record
from units.domain.memberships import end_membership, end_posts, must_be_past, open_membership
from units.domain.roles import revoke_all
from units.enums import Departure, ProbationOutcome, TransferState
from units.models import Member, Membership, ProbationDecision, Transfer, User


class DepartureIncomplete(Refusal):
    """The way of leaving asks for more words."""

    field = "note"


class IsHere(Refusal):
    """The member never left, or is back already."""


@transaction.atomic
def let_go(member, *, how, happened_on, note="", by, at, on):
    """The member's last day in the organisation is `happened_on`; posts, the account and its roles end too. Returns the Member.

    Raises DayCannotBe, DepartureIncomplete, HasNoMembership.
    """
    must_be_past(happened_on, on=on, field="happened_on", word=_("离开日期"))
    if how != Departure.DIED and not note:
        raise DepartureIncomplete(_("请写一句：转到哪里，或者依据什么文件。"))
    words = _("%(how)s：%(note)s") % {"how": Departure(how).label, "note": note} if note else str(Departure(how).label)
    end_membership(open_membership(member), last_day=happened_on, reason=words, by=by, at=at)
    end_posts(member, last_day=happened_on, reason=words, by=by, at=at)
    Member.objects.filter(pk=member.pk).update(left_on=happened_on, left_as=how)
    member.left_on, member.left_as = happened_on, how
    Transfer.objects.filter(member=member).waiting().update(
        state=TransferState.WITHDRAWN, answered_by=by, answered_at=at, answer=words[:200]
    )
    account = User.objects.filter(member=member).first()
    if account is not None and account.pk != by.pk:
        set_active(account, False, by=by, at=at)
        revoke_all(account.grants.all(), by=by, at=at)
    record(member, "let_go", by=by, at=at, detail={"how": how, "day": happened_on, "note": words},
           organization=member.organization)
    return member


@transaction.atomic
def take_back(member, *, reason, by, at):
    """Undo a departure that was a mistake: the membership goes on as if it had never ended. Returns the Member.

    Posts, the account and its roles stay ended; they are given anew by those who give them. Raises IsHere, DepartureIncomplete.
    """
    if not reason:
        raise DepartureIncomplete(_("请写一句为什么恢复。"), field="reason")
    held = Member.objects.select_for_update().get(pk=member.pk)
    if held.is_present:
        raise IsHere(_("%(name)s还在%(organization)s，不用恢复。") % {"name": held.name, "organization": held.organization})
    last = Membership.objects.standing().filter(member=held).order_by("-ends_on", "-pk").first()
    if last is not None:
        supersede(last, at=at, replacement=Membership(
            member=held, organization_id=last.organization_id, starts_on=last.starts_on, recorded_by=by,
            change_reason=reason[:200],
        ))
    Member.objects.filter(pk=held.pk).update(left_on=None, left_as="")
    held.left_on, held.left_as = None, ""
    ProbationDecision.objects.standing().filter(member=held, outcome=ProbationOutcome.CANCELLED).update(superseded_at=at)
    record(held, "take_back", by=by, at=at, detail={"reason": reason}, organization=held.organization)
    return held


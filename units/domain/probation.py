"""The end of the probation: the branch meeting makes a full member, extends it, or cancels the membership (党章第七条).

The Party standing counts from the day on which the probation ended, also when the meeting came later; it is extended
once, by half a year at least and a year at most.
"""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date, months_after
from config.kit.refusal import Refusal
from units.domain.departures import let_go
from units.domain.history import record
from units.domain.memberships import HasNoMembership, must_be_past
from units.enums import Departure, MemberStatus, ProbationOutcome
from units.models import Member, ProbationDecision

EXTENSIONS_IN_MONTHS = (6, 12)


class IsNotOnProbation(Refusal):
    """A full member, somebody who left, or somebody whose day of joining nobody wrote down."""


class ProbationNotOver(Refusal):
    """The meeting came before the day."""

    field = "happened_on"


class DecisionIncomplete(Refusal):
    """The outcome asks for more words, or was taken before."""


@transaction.atomic
def decide(member, *, outcome, happened_on, months=None, reason="", by, at, on):
    """Write down what the meeting of `happened_on` decided; `months` (6 or 12) with an extension. Returns the decision.

    Raises IsNotOnProbation, ProbationNotOver, DecisionIncomplete, DayCannotBe.
    """
    held = Member.objects.select_for_update().select_related(None).get(pk=member.pk)
    due = held.probation_ends_on
    if not held.is_present:
        raise HasNoMembership(_("%(name)s现在不在任何党组织，不能办理。") % {"name": held.name})
    if due is None:
        raise IsNotOnProbation(_("%(name)s不是预备党员，或者没有登记入党时间。") % {"name": held.name})
    must_be_past(happened_on, on=on, field="happened_on", word=_("会议日期"))
    if happened_on < due and outcome != ProbationOutcome.CANCELLED:
        raise ProbationNotOver(_("预备期到%(day)s满，满了以后才能开会讨论。") % {"day": chinese_date(due)})
    decision = _decision(held, due, outcome, happened_on, months, reason, by, at)
    if outcome == ProbationOutcome.FULL:
        held.status, held.full_on = MemberStatus.FULL, due
    elif outcome == ProbationOutcome.EXTENDED:
        held.probation_extended_to = decision.until
    held.save(update_fields=["status", "full_on", "probation_extended_to"])
    record(held, f"probation_{outcome}", by=by, at=at, organization=held.organization,
           detail={"meeting": happened_on, "until": decision.until, "reason": reason})
    if outcome == ProbationOutcome.CANCELLED:
        let_go(held, how=Departure.CANCELLED, happened_on=happened_on, note=reason, by=by, at=at, on=on)
    return decision


def _decision(member, due, outcome, happened_on, months, reason, by, at):
    until = None
    if outcome != ProbationOutcome.FULL and not reason:
        raise DecisionIncomplete(_("延长或取消要写明原因。"), field="reason")
    if outcome == ProbationOutcome.EXTENDED:
        if member.probation_extended_to:
            raise DecisionIncomplete(_("预备期已经延长过一次，不能再延长。"), field="outcome")
        if months not in EXTENSIONS_IN_MONTHS:
            raise DecisionIncomplete(_("请选延长半年还是一年。"), field="months")
        until = months_after(due, months)
    return ProbationDecision.objects.create(
        member=member, organization_id=member.organization_id, outcome=outcome, happened_on=happened_on, until=until,
        reason=reason, recorded_at=at, recorded_by=by,
    )


"""Branch meetings of the year that made full members; a few wait for theirs. All persons are invented."""
from datetime import date, timedelta

from demo.chance import Chance
from units.enums import MemberStatus, ProbationOutcome
from units.models import Member, ProbationDecision

SEED = 20101001
FIRST = date(2010, 7, 1)  # the ledger of June 2010 shows how things stood before
WAITING_SINCE = timedelta(days=45)  # of those whose day is no longer ago, the branches have yet to decide


def write_probations(people, *, now):
    """Nearly everybody whose probation ended before the last weeks became a full member at a meeting soon after."""
    chance = Chance(SEED)
    members, decisions = [], []
    for member in Member.objects.present().filter(status=MemberStatus.PROBATIONARY).order_by("pk"):
        due = member.probation_ends_on
        if due is None or due > now.date() - WAITING_SINCE or chance.happens(1):
            continue
        met_on = chance.workday(max(due, FIRST), max(due, FIRST) + timedelta(days=25))
        member.status, member.full_on = MemberStatus.FULL, due
        members.append(member)
        decisions.append(ProbationDecision(
            member=member, organization_id=member.organization_id, outcome=ProbationOutcome.FULL, happened_on=met_on,
            recorded_at=chance.recorded(met_on, now), recorded_by=people.secretaries.get(member.organization_id),
        ))
    ProbationDecision.objects.bulk_create(decisions, batch_size=400)
    Member.objects.bulk_update(members, ["status", "full_on"], batch_size=400)

"""Invented commitments of organisations and members for two years; those due were judged, mostly as kept."""
from datetime import date, timedelta

from campaign.enums import CommitmentShown, CommitmentState
from campaign.models import Commitment, CommitmentOutcome, CommitmentProgress
from demo.texts import EVIDENCE, EXCUSES, MEMBER_COMMITMENTS, ORGANIZATION_COMMITMENTS, PROGRESS

OUTCOMES = {"kept": 80, "partly": 11, "excused": 4, "broken": 5}
YEARS = [  # when promised, when due
    ((date(2010, 7, 5), date(2010, 8, 10)), [date(2010, 12, 20), date(2010, 12, 31)]),
    ((date(2011, 1, 20), date(2011, 3, 10)), [date(2011, 5, 31), date(2011, 6, 30), date(2011, 12, 31)]),
]


def write_commitments(cast, campaign, chance, *, now):
    """About 1.4 a year for an organisation and 1.1 for a member (the field's usual density). Returns how many."""
    rows = []
    for span in YEARS:
        for organization in [*cast.leaves, *[unit for unit in cast.units if unit not in cast.leaves]]:
            for _turn in range(2 if chance.happens(40) else 1):
                rows.append(_commitment(organization, None, span, cast, campaign, chance, now))
            for member in cast.rosters[organization.pk]:
                for _turn in range(0 if member.is_exempt else 2 if chance.happens(10) else 1):
                    rows.append(_commitment(organization, member, span, cast, campaign, chance, now))
    Commitment.objects.bulk_create(rows, batch_size=400)
    _judge([row for row in rows if row.state == CommitmentState.JUDGED], cast, chance, now)
    going_on = [row for row in rows if row.state == CommitmentState.PUBLISHED and chance.happens(35)]
    CommitmentProgress.objects.bulk_create(
        [
            CommitmentProgress(
                commitment=row, text=chance.choice(PROGRESS), happened_on=date(2011, 5, 20),
                recorded_at=chance.recorded(date(2011, 5, 20), now), recorded_by=row.created_by,
            )
            for row in going_on
        ],
        batch_size=900,
    )
    return len(rows)


def _commitment(organization, member, span, cast, campaign, chance, now):
    promised, due_days = span
    choices = MEMBER_COMMITMENTS if member else ORGANIZATION_COMMITMENTS
    kind, text, baseline, target = chance.choice(choices)
    n, m = chance.randrange(8, 38), chance.randrange(2, 7)
    published = chance.moment(chance.workday(*promised))
    due_on = chance.choice(due_days)
    state = CommitmentState.PUBLISHED
    days_past = (now.date() - due_on).days
    if days_past > 30 or (days_past > 5 and chance.happens(96)):
        state = CommitmentState.JUDGED
    elif due_on > now.date() and chance.happens(2):
        state = CommitmentState.SUBMITTED
    return Commitment(
        campaign=campaign, organization=organization, member=member, kind=kind, text=text.format(n=n, m=m),
        baseline=baseline.format(n=n, m=m), target=target.format(n=n, m=m), due_on=due_on, state=state, moved_at=published,
        published_at=None if state == CommitmentState.SUBMITTED else published, shown=_shown(member, state),
        created_by=cast.secretaries.get(organization.pk),
    )


def _shown(member, state):
    """Organisations' promises stand on the board, of members' every third, half of them without the name."""
    if state == CommitmentState.SUBMITTED or member and member.pk % 3:
        return CommitmentShown.INSIDE
    return CommitmentShown.NAMELESS if member and member.pk % 2 else CommitmentShown.NAMED


def _judge(commitments, cast, chance, now):
    """Judged by the office or the unit within two weeks of the due day."""
    outcomes = []
    for commitment in commitments:
        outcome = chance.weighted(OUTCOMES)
        happened_on = min(commitment.due_on + timedelta(days=chance.randrange(1, 5)), now.date())
        judged_at = chance.recorded(happened_on, now)
        commitment.moved_at = judged_at
        outcomes.append(CommitmentOutcome(
            commitment=commitment, outcome=outcome, evidence=chance.choice(EVIDENCE), happened_on=happened_on,
            explanation=chance.choice(EXCUSES) if outcome == "excused" else "", recorded_at=judged_at, recorded_by=cast.office,
        ))
    CommitmentOutcome.objects.bulk_create(outcomes, batch_size=400)
    Commitment.objects.bulk_update(commitments, ["moved_at"], batch_size=400)

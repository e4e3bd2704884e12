"""A meeting at which one unit's secretaries were reviewed, and reviews that were circulated."""
from datetime import timedelta

from demo.texts import DIRECTIONS, PROBLEMS, STRENGTHS
from evaluations.domain.review_circulations import circulate
from evaluations.domain.review_meetings import Row, hold_meeting, secretaries_below
from evaluations.models import Review

MOST = 10


def write_meetings(cast, campaign, *, now):
    """Through the product's own functions: the first unit's secretary reviews those below; the leader circulates two reviews."""
    at = now - timedelta(days=2)
    for unit in (cast.units[0], max(cast.units, key=lambda unit: len(secretaries_below(unit, on=at.date())))):
        head = cast.secretaries.get(unit.pk)
        people = [(o, m) for o, m in secretaries_below(unit, on=at.date()) if head and m.pk != head.member_id][:MOST]
        if people and head:
            hold_meeting(
                campaign=campaign, organization=unit, occasion="organization_life", held_on=at.date(), place="三楼会议室",
                rows=[_row(place, *person, at) for place, person in enumerate(people)], with_organizations=True, by=head,
                at=at, on=at.date(),
            )
    leader = cast.leaders[0]
    for review, chosen in zip(Review.objects.filter(member=None, reviewer=leader).order_by("-happened_on", "-pk")[:2],
                              ("category", "all"), strict=False):
        circulate(review, range=chosen, by=leader, at=now - timedelta(days=1), on=(now - timedelta(days=1)).date())


def _row(place, organization, member, at):
    due_on = at.date() + timedelta(days=30) if place % 3 == 0 else None
    return Row(
        organization, member, STRENGTHS[place % len(STRENGTHS)], PROBLEMS[place % len(PROBLEMS)][0],
        DIRECTIONS[place % len(DIRECTIONS)], due_on,
    )

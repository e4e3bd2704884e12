"""A meeting at which one unit's secretaries were reviewed, and reviews that were circulated."""
from datetime import timedelta

from demo.texts import DIRECTIONS, PROBLEMS, STRENGTHS
from evaluations.domain.review_circulations import circulate
from evaluations.domain.review_meetings import Row, hold_meeting, secretaries_below
from evaluations.models import Review

MOST = 10


def meeting_units(cast):
    """The unit of the accounts that one looks round with, and the one with the most branches."""
    return [cast.units[0], max(cast.units, key=lambda unit: sum(leaf.parent_id == unit.pk for leaf in cast.leaves))]


def write_meetings(cast, campaign, *, now):
    """Through the product's own functions: two units review the secretaries below, a leader the ten of the own charge.

    The leader as whom one looks round has the own ten still to review, and lets two reviews be read by others.
    """
    at = now - timedelta(days=2)
    for unit in meeting_units(cast):
        head = cast.secretaries.get(unit.pk)
        people = [(o, m) for o, m in secretaries_below(unit, on=at.date()) if head and m.pk != head.member_id]
        if people and head:
            _hold(campaign, unit, people, head, at, occasion="organization_life", place="三楼会议室")
    chair = cast.leaders[1]
    ten = secretaries_below(cast.root, on=at.date(), leader=chair)
    _hold(campaign, cast.root, ten, chair, at, occasion="briefing", place="第一会议室")
    leader = cast.leaders[0]
    for review, chosen in zip(Review.objects.filter(member=None, reviewer=leader).order_by("-happened_on", "-pk")[:2],
                              ("category", "all"), strict=False):
        circulate(review, range=chosen, by=leader, at=now - timedelta(days=1), on=(now - timedelta(days=1)).date())


def _hold(campaign, organization, people, by, at, **said):
    hold_meeting(
        campaign=campaign, organization=organization, held_on=at.date(), by=by, at=at, on=at.date(), with_organizations=True,
        rows=[_row(place, *person, at) for place, person in enumerate(people[:MOST])], **said,
    )


def _row(place, organization, member, at):
    due_on = at.date() + timedelta(days=30) if place % 3 == 0 else None
    return Row(
        organization, member, STRENGTHS[place % len(STRENGTHS)], PROBLEMS[place % len(PROBLEMS)][0],
        DIRECTIONS[place % len(DIRECTIONS)], due_on,
    )

"""What units and branches owed and did: meetings with the secretaries below, reviews of members, one unit without a leader.

All invented, with dice of its own, so that nothing else of the demo changes.
"""
from datetime import date, datetime, time

from demo.chance import BEIJING
from demo.texts import DIRECTIONS, STRENGTHS
from evaluations.models import Review, ReviewMeeting
from units.domain.charges import divide_work

# First and last day, how many of a hundred units held a meeting, and how many of its secretaries were reviewed at it.
MEETINGS = [(date(2010, 11, 15), date(2010, 12, 24), 92, 94), (date(2011, 4, 11), date(2011, 6, 3), 58, 88)]
MEMBERS = (date(2010, 10, 11), date(2010, 12, 24), 80, 96)  # the same for branches and their members
ALSO_THE_SECRETARY = 86
LEFT_ON = date(2011, 6, 1)
FIELDS = {"form": "focused", "occasion": "organization_life"}


def meetings_of_units(cast, campaign, chance, *, present):
    """Reviews, not saved yet, that units gave of their branches and their secretaries at meetings, which are saved.

    `present`: units whose meeting of this half-year is written elsewhere.
    """
    reviews = []
    for first, last, held, reviewed in MEETINGS:
        for unit in cast.units:
            head, day = cast.secretaries.get(unit.pk), chance.workday(first, last)
            below = [leaf for leaf in cast.leaves if leaf.parent_id == unit.pk and leaf.pk in cast.secretary_members]
            if not head or not below or not chance.happens(held) or (unit.pk in present and day.year == 2011):
                continue
            meeting = ReviewMeeting.objects.create(
                campaign=campaign, organization=unit, occasion=FIELDS["occasion"], held_on=day, place="二楼会议室",
                recorded_at=_evening(day), recorded_by=head,
            )
            for branch in below:
                if chance.happens(reviewed) and cast.secretary_members[branch.pk] != head.member_id:
                    said = {"meeting": meeting, "strengths": chance.choice(STRENGTHS), "direction": chance.choice(DIRECTIONS)}
                    secretary = cast.secretary_members[branch.pk]
                    reviews += [_review(branch, person, head, day, campaign, **said) for person in (secretary, None)]
    return reviews


def secretaries_of_units(cast, campaign, chance, *, along):
    """Reviews, not saved yet, that leaders gave of a unit's secretary on most of the days on which they reviewed the unit."""
    reviews = []
    for review in along:
        head = cast.secretary_members.get(review.organization.pk)
        if review.member is None and head and chance.happens(ALSO_THE_SECRETARY):
            said = {"strengths": chance.choice(STRENGTHS), "direction": chance.choice(DIRECTIONS)}
            reviews.append(_review(review.organization, head, review.reviewer, review.happened_on, campaign, **said))
    return reviews


def members_of_branches(cast, campaign, chance, *, without):
    """Reviews, not saved yet, of the year 2010 in most branches that gave none; `without`: the reviews that are there."""
    first, last, branches, members = MEMBERS
    there = {review.organization.pk for review in without if review.member and review.happened_on.year == first.year}
    reviews = []
    for branch in cast.leaves:
        head = cast.secretaries.get(branch.pk)
        if not head or branch.pk in there or not chance.happens(branches):
            continue
        for member in cast.rosters[branch.pk]:
            if member.pk != cast.secretary_members.get(branch.pk) and not member.is_exempt and chance.happens(members):
                day = chance.workday(first, last)
                said = {"strengths": chance.choice(STRENGTHS), "direction": chance.choice(DIRECTIONS)}
                reviews.append(_review(branch, member.pk, head, day, campaign, **said))
    return reviews


def _review(organization, member, reviewer, day, campaign, **said):
    return Review(
        campaign=campaign, organization=organization, member_id=member, reviewer=reviewer, happened_on=day,
        recorded_at=_evening(day), recorded_by=reviewer, **FIELDS, **said,
    )


def _evening(day):
    return datetime.combine(day, time(17, 20), BEIJING)


def leave_one_uncovered(cast, campaign):
    """The leader of the last unit that is still to be reviewed went elsewhere; nobody has taken it over."""
    this_year = Review.objects.filter(campaign=campaign, member=None, happened_on__gte=date(2011, 1, 1))
    reviewed = set(this_year.values_list("organization", flat=True))
    unit = next((unit for unit in reversed(cast.units) if unit.pk not in reviewed), None)
    if unit is None:
        return
    leader = cast.in_charge[unit.pk]
    kept = [one for one in cast.units if cast.in_charge[one.pk] == leader and one != unit]
    divide_work(leader, kept, within=cast.root, happened_on=LEFT_ON, by=cast.office, at=_evening(LEFT_ON), on=LEFT_ON)

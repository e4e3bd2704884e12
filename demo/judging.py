"""Invented reviews with their rectification, appraisals and assessors' marks."""
from datetime import date, timedelta

from campaign.models import Rectification, RectificationClosing
from demo import review_duties
from demo.review_meetings import meeting_units, write_meetings
from demo.review_replies import write_replies
from demo.texts import DIRECTIONS, PROBLEMS, STRENGTHS
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, Audience
from evaluations.models import (
    Appraisal,
    AppraisalCount,
    AppraisalTurnout,
    Mark,
    Marking,
    Review,
    ReviewProblem,
    SheetItem,
)

HALVES = [(date(2010, 9, 6), date(2010, 12, 24), 96), (date(2011, 1, 17), date(2011, 6, 8), 80)]
GOOD_WILL = {"organ": 80, "institution": 74, "society": 68}  # percent of 满意; the next grade takes most of the rest


def write_reviews(cast, campaign, chance, aside, *, now):
    """Leaders review units in both half-years, not all of them; units their branches, secretaries members. Returns how many.

    `aside`: the dice of what was added later.
    """
    reviews, problems = [], []
    for first, last, covered in HALVES:
        for unit in cast.units:
            if chance.happens(covered):
                day = chance.workday(first, last)
                reviews.append(_review(unit, None, cast.in_charge[unit.pk], day, campaign, chance, now))
        for branch in cast.leaves:
            if branch.pk in cast.secretaries and chance.happens(covered - 40):
                for member in cast.rosters[branch.pk]:
                    if member.pk != cast.secretary_members.get(branch.pk) and chance.happens(70):
                        day = chance.workday(first, last)
                        reviews.append(_review(branch, member, cast.secretaries[branch.pk], day, campaign, chance, now))
    more = review_duties.meetings_of_units(cast, campaign, aside, present=[unit.pk for unit in meeting_units(cast)])
    more += review_duties.secretaries_of_units(cast, campaign, aside, along=reviews)
    more += review_duties.members_of_branches(cast, campaign, aside, without=reviews)
    Review.objects.bulk_create([*reviews, *more], batch_size=400)
    for review in reviews:
        if review.member is None and chance.happens(55):
            problems.append((review, *chance.choice(PROBLEMS)))
    _rectify(problems, cast, campaign, chance, now)
    raised = {found[0] for found in problems}
    _only_named([*(review for review in reviews if review not in raised), *more])
    write_replies(cast, now=now)
    write_meetings(cast, campaign, now=now)
    review_duties.leave_one_uncovered(cast, campaign)
    return len(reviews) + len(more)


def _only_named(reviews):
    """A problem for each review, without an item: no review is accepted without one."""
    ReviewProblem.objects.bulk_create(
        [ReviewProblem(review=review, text=PROBLEMS[place % len(PROBLEMS)][0]) for place, review in enumerate(reviews)],
        batch_size=900,
    )


def _review(organization, member, reviewer, day, campaign, chance, now):
    recorded_at = chance.recorded(day, now)
    return Review(
        campaign=campaign, reviewer=reviewer, organization=organization, member=member,
        form=chance.weighted({"focused": 3, "anytime": 3, "on_site": 3, "one_to_one": 1}),
        occasion=chance.choice(["organization_life", "symposium", "briefing"]), strengths=chance.choice(STRENGTHS),
        direction=chance.choice(DIRECTIONS), happened_on=day, recorded_at=recorded_at, recorded_by=reviewer,
    )


def _rectify(problems, cast, campaign, chance, now):
    """Each problem becomes an item; most are verified by their day, a few late, some still open."""
    items = []
    for review, problem, measures in problems:
        due_on = review.happened_on + timedelta(days=30)
        state = "verified" if due_on < now.date() and chance.happens(86) else "reported" if chance.happens(25) else "open"
        items.append(Rectification(
            campaign=campaign, organization=review.organization, owner_id=cast.secretary_members.get(review.organization_id),
            source="review", problem=problem, due_on=due_on, opened_on=review.happened_on, recorded_at=review.recorded_at,
            verifier=review.reviewer, state=state, moved_at=review.recorded_at, measures=measures if state != "open" else "",
            reported_by=cast.secretaries.get(review.organization_id) if state != "open" else None,
        ))
    Rectification.objects.bulk_create(items)
    closings = []
    for item in items:
        if item.state == "verified":
            late = chance.randrange(1, 12) if chance.happens(12) else -chance.randrange(9)
            day = min(item.due_on + timedelta(days=late), now.date())
            closings.append(RectificationClosing(
                rectification=item, happened_on=day, recorded_at=chance.recorded(day, now), recorded_by=item.verifier,
                note="到现场看过，属实。",
            ))
    RectificationClosing.objects.bulk_create(closings)
    ReviewProblem.objects.bulk_create(
        ReviewProblem(review=review, text=problem, rectification=item)
        for (review, problem, _measures), item in zip(problems, items, strict=True)
    )


def write_appraisals(cast, campaign, chance, *, now):
    """The annual appraisal of every organisation in December 2010, a second one of most units in June 2011; members by branch."""
    sheets = []

    def add(title, kind, day):
        sheets.append(_sheet(organization, title, kind, day, cast, chance, now, campaign))

    for organization in [*cast.units, *[leaf for leaf in cast.leaves if leaf not in cast.units]]:
        add("2010年度群众评议", AppraisalSheet.ORGANIZATION, date(2010, 12, 6))
        if organization in cast.leaves and cast.rosters[organization.pk]:
            add("2010年度党员评议", AppraisalSheet.MEMBER, date(2010, 12, 10))
        if organization in cast.units and chance.happens(72):
            add("“七一”前群众评议", AppraisalSheet.ORGANIZATION, date(2011, 5, 16))
    Appraisal.objects.bulk_create(sheets, batch_size=400)
    turnouts, counts = [], []
    for sheet in sheets:
        people = sum(len(cast.rosters[leaf.pk]) for leaf in cast.leaves if leaf.path.startswith(sheet.organization.path))
        for audience, issued in ((Audience.MEMBERS, max(people, 8)), (Audience.MASSES, max(people * 3 // 5, 12))):
            returned = issued - issued * chance.choices([3, 8, 14, 26], [40, 35, 18, 7])[0] // 100
            turnouts.append(AppraisalTurnout(appraisal=sheet, audience=audience, issued=issued, returned=returned))
            counts += _counts(sheet, audience, returned, cast, chance)
    AppraisalTurnout.objects.bulk_create(turnouts, batch_size=900)
    AppraisalCount.objects.bulk_create(counts, batch_size=3000)
    return len(sheets)


def _sheet(organization, title, kind, day, cast, chance, now, campaign):
    day = day + timedelta(days=chance.randrange(12))
    typed = chance.recorded(day, now)
    waits = day.year == 2011 and chance.happens(12)
    return Appraisal(
        campaign=campaign, organization=organization, title=title, sheet=kind, happened_on=day, recorded_at=typed,
        recorded_by=cast.secretaries.get(organization.pk, cast.leaders[0]), confirmed_by=None if waits else cast.office,
        confirmed_at=None if waits else min(typed + timedelta(hours=20), now),
    )


def _counts(sheet, audience, returned, cast, chance):
    subjects = [None] if sheet.sheet == AppraisalSheet.ORGANIZATION else cast.rosters[sheet.organization_id]
    liking = GOOD_WILL[sheet.organization.category] + chance.randrange(-12, 16)
    for member in subjects:
        for item in SHEET_ITEMS[sheet.sheet]:
            unknown = min(returned, chance.randrange(0, 3))
            liked = min(99, liking + chance.randrange(-4, 6))
            satisfied = (returned - unknown) * liked // 100
            rest = returned - unknown - satisfied
            fairly = rest * chance.randrange(55, 86) // 100
            basically = (rest - fairly) * chance.randrange(60, 100) // 100
            yield AppraisalCount(
                appraisal=sheet, member=member, item=item, audience=audience, satisfied=satisfied, fairly=fairly,
                basically=basically, dissatisfied=rest - fairly - basically, unknown=unknown,
            )


def write_marks(cast, campaign, chance, *, now):
    """The office's assessment of every organisation and member at the end of 2010, and of units again in May 2011."""
    organization_items = list(SheetItem.objects.standing().filter(campaign=campaign, track="organization"))
    member_items = list(SheetItem.objects.standing().filter(campaign=campaign, track="member"))
    assessors = [cast.office, *cast.leaders]
    markings, marks = [], []

    def add(organization, member, day, items):
        marking = Marking(
            campaign=campaign, organization=organization, member=member, assessor=chance.choice(assessors), happened_on=day,
            recorded_at=chance.recorded(day, now), recorded_by=cast.office,
        )
        markings.append(marking)
        marks.extend(_mark(marking, item, chance) for item in items)

    for organization in {o.pk: o for o in [*cast.units, *cast.leaves]}.values():
        add(organization, None, chance.workday(date(2010, 12, 13), date(2010, 12, 24)), organization_items)
        if organization in cast.units:
            add(organization, None, chance.workday(date(2011, 5, 9), date(2011, 5, 31)), organization_items)
        for member in cast.rosters[organization.pk]:
            add(organization, member, chance.workday(date(2010, 12, 13), date(2010, 12, 24)), member_items)
    Marking.objects.bulk_create(markings, batch_size=400)
    Mark.objects.bulk_create(marks, batch_size=900)
    return len(markings)


def _mark(marking, item, chance):
    steps = chance.choices([0, 2, 4, 5, 8], [52, 20, 14, 9, 5])[0]
    deduction = min(item.maximum, steps * 10_000)
    bonus = item.bonus_cap if item.bonus_cap and chance.happens(10) else 0
    reason = "核实时发现记录不全。" if deduction else "受到上级通报表扬。" if bonus else ""
    return Mark(
        marking=marking, item_code=item.code, deduction=deduction, bonus=bonus, reason=reason,
        self_points=item.maximum - chance.choice([0, 0, 1, 2]) * 10_000,
    )

"""Facts of every kind as plain values that hypothesis can draw, shuffle and leave out, and the writing of them."""
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from hypothesis import strategies as st

from campaign.models import ActivityPart, Plan
from evaluations.enums import SHEET_ITEMS, Audience
from evaluations.models import AppraisalCount, AppraisalTurnout, Mark
from tests.factories.campaign import (
    ActivityFactory,
    ActivityKindFactory,
    CommitmentFactory,
    CommitmentOutcomeFactory,
    PlanFactory,
    TaskFactory,
    TaskResultFactory,
    noon,
)
from tests.factories.evaluations import POINT, AppraisalFactory, MarkingFactory

AS_OF = date(2011, 6, 10)
RECORDED = noon(date(2011, 6, 1))
KINDS = ("theme_day", "party_lecture", "theme_practice", "study", "volunteer", "other")
PLACES = ("organ", "organ_branch", "organ_branch_2", "institution_branch", "society")

places = st.sampled_from(PLACES)
days = st.integers(-200, 20)  # around the day of the run; the phase began 160 days before it


@dataclass(frozen=True)
class Spec:
    """One fact: what it is, where, how many days from the run's day, and its numbers."""

    kind: str
    place: str
    day: int
    member: int | None
    numbers: tuple
    identity: int = field(default=0)

    @property
    def on(self):
        return AS_OF + timedelta(days=self.day)

    @property
    def lineage(self):
        return uuid.UUID(int=self.identity)


def spec(kind, numbers, member=None):
    of_member = st.none() if member is None else member
    return st.builds(Spec, st.just(kind), places, days, of_member, numbers, st.integers(1, 2**100))


anyone = st.one_of(st.none(), st.integers(0, 2))
grades = st.tuples(*[st.integers(0, 12)] * 4)
facts = st.one_of(
    spec("activity", st.tuples(
        st.sampled_from(KINDS), st.integers(0, 4), st.integers(0, 4), st.booleans(),
        st.sets(st.sampled_from(("G1", "G4", "G5"))).map(sorted).map(tuple),
        st.one_of(st.none(), st.tuples(places, st.booleans())),
    )),
    spec("commitment", st.tuples(st.sampled_from((None, "kept", "partly", "excused", "broken")), st.integers(-5, 5)), anyone),
    spec("task", st.tuples(st.sampled_from((None, "done", "dropped")), st.integers(-9, 9)), anyone),
    spec("appraisal", st.tuples(
        st.sampled_from(Audience.values), st.integers(8, 12), st.integers(8, 16), st.integers(0, 7), grades, grades), anyone),
    spec("marking", st.tuples(*[st.integers(0, 60)] * 4, st.integers(0, 9)), anyone),
)
worlds = st.lists(facts, min_size=1, max_size=12, unique_by=lambda fact: fact.identity)


class World:
    """The suite's tree and a campaign with the template's rules; `write` records a spec and returns the fact."""

    def __init__(self, tree, campaign):
        self.tree, self.campaign = tree, campaign

    def write(self, fact, *, recorded_at=RECORDED):
        organization = getattr(self.tree, fact.place)
        members = self.tree.members.get(organization.pk, [])
        member = members[fact.member] if fact.member is not None and members else None
        return getattr(self, f"_{fact.kind}")(fact, organization, member, members, recorded_at)

    def _activity(self, fact, organization, member, members, recorded_at):
        kind, expected, present, named, codes, *joint = fact.numbers
        people = {"expected": expected, "present": min(expected, present)}
        if named and members:
            people = {"roster": {m: place < present for place, m in enumerate(members[: max(1, expected)])}}
        made = ActivityFactory(
            campaign=self.campaign, organization=organization, kind=ActivityKindFactory(code=kind), happened_on=fact.on,
            recorded_at=recorded_at, lineage=fact.lineage, codes=codes, **people,
        )
        for place, confirmed in filter(None, joint):
            if getattr(self.tree, place) != organization:
                ActivityPart.objects.create(
                    activity=made, organization=getattr(self.tree, place), expected=expected, present=min(expected, present),
                    confirmed_at=recorded_at if confirmed else None,
                )
        return made

    def _commitment(self, fact, organization, member, members, recorded_at):
        outcome, delay = fact.numbers
        made = CommitmentFactory(
            campaign=self.campaign, organization=organization, member=member, due_on=fact.on, published_at=recorded_at,
            moved_at=recorded_at,
        )
        if outcome:
            CommitmentOutcomeFactory(
                commitment=made, outcome=outcome, happened_on=fact.on + timedelta(days=delay), recorded_at=recorded_at
            )
        return made

    def _task(self, fact, organization, member, members, recorded_at):
        plan = Plan.objects.filter(campaign=self.campaign, organization=organization).first()
        plan = plan or PlanFactory(
            campaign=self.campaign, organization=organization, moved_at=recorded_at, approved_at=recorded_at
        )
        made = TaskFactory(
            plan=plan, owner=member, due_on=fact.on, recorded_at=recorded_at, lineage=fact.lineage,
            kind=ActivityKindFactory(code="other"),
        )
        outcome, delay = fact.numbers
        if outcome:
            TaskResultFactory(
                task=made, outcome=outcome, happened_on=fact.on + timedelta(days=delay), recorded_at=recorded_at
            )
        return made

    def _appraisal(self, fact, organization, member, members, recorded_at):
        audience, returned, issued, others, *two = fact.numbers
        sheet = "member" if member else "organization"
        made = AppraisalFactory(
            campaign=self.campaign, organization=organization, sheet="member", happened_on=fact.on, recorded_at=recorded_at,
            lineage=fact.lineage,
        )
        AppraisalTurnout.objects.filter(appraisal=made).delete()
        AppraisalTurnout.objects.create(
            appraisal=made, audience=audience, issued=max(issued, returned), returned=returned
        )
        names = ("satisfied", "fairly", "basically", "dissatisfied")
        AppraisalCount.objects.bulk_create(
            AppraisalCount(appraisal=made, member=member, item=item, audience=audience, unknown=1,
                           **dict(zip(names, two[number % 2], strict=True)))
            for number, item in enumerate(SHEET_ITEMS[sheet])
        )
        other = next(value for value in Audience.values if value != audience)
        AppraisalCount.objects.bulk_create(
            AppraisalCount(appraisal=made, member=member, item=item, audience=other, satisfied=others)
            for item in SHEET_ITEMS[sheet]
        )
        return made

    def _marking(self, fact, organization, member, members, recorded_at):
        made = MarkingFactory(
            campaign=self.campaign, organization=organization, member=member, happened_on=fact.on,
            recorded_at=recorded_at, lineage=fact.lineage,
        )
        codes = ["M1"] if member else ["O1", "O2", "O3", "O4"]
        Mark.objects.bulk_create(
            Mark(marking=made, item_code=code, deduction=taken * POINT, bonus=fact.numbers[4] * POINT, reason="按表")
            for code, taken in zip(codes, fact.numbers, strict=False)
        )
        return made


@contextmanager
def forgotten():
    """What is written inside is gone afterwards, so that one example of hypothesis does not see another's rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

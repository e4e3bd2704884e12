"""Makers of rules, reviews, appraisals, marks, runs and award rounds; points are in ten-thousandths where models say so."""
import datetime

import factory

from campaign.enums import Track
from evaluations.enums import (
    AppraisalItem,
    AppraisalSheet,
    Audience,
    AwardKind,
    GateEffect,
    MeasureName,
    NominationState,
    QuotaBasis,
    ReplySide,
    ReviewForm,
    RoundState,
    Source,
)
from evaluations.models import (
    Appraisal,
    AppraisalCount,
    AppraisalTurnout,
    AwardRound,
    Band,
    Gate,
    Indicator,
    Mark,
    Marking,
    Nomination,
    Quota,
    Review,
    ReviewCirculation,
    ReviewMeeting,
    ReviewProblem,
    ReviewReply,
    ScoringRun,
    SheetItem,
)
from tests.factories.campaign import DAY, CampaignFactory, noon
from tests.factories.units import UserFactory
from units.enums import Category

POINT = 10_000  # ten-thousandths
RULES_AT = noon(datetime.date(2010, 6, 1))


class IndicatorFactory(factory.django.DjangoModelFactory):
    """A common indicator with all the points of its criterion: four activities earn everything."""

    class Meta:
        model = Indicator

    campaign = factory.SubFactory(CampaignFactory)
    track = Track.ORGANIZATION
    criterion_code = "G1"
    code = factory.Sequence(lambda n: f"I{n}")
    title = "开展活动"
    points = 100
    source = Source.RESULTS
    measure = MeasureName.REACHED
    parameters = factory.LazyAttribute(lambda made: {"target": 4} if made.measure == MeasureName.REACHED else {})
    position = factory.Sequence(lambda n: n)
    recorded_at = RULES_AT


class SheetItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SheetItem

    campaign = factory.SubFactory(CampaignFactory)
    track = Track.ORGANIZATION
    code = factory.Sequence(lambda n: f"S{n}")
    title = "落实“三会一课”"
    maximum = 100 * POINT
    position = factory.Sequence(lambda n: n)
    recorded_at = RULES_AT


class GateFactory(factory.django.DjangoModelFactory):
    """满意率 below 80 % bars from awards."""

    class Meta:
        model = Gate

    campaign = factory.SubFactory(CampaignFactory)
    track = Track.ORGANIZATION
    code = factory.Sequence(lambda n: f"gate-{n}")
    title = "群众满意率低于 80%"
    measure = MeasureName.SATISFIED
    minimum = 8_000
    effect = GateEffect.BAR
    recorded_at = RULES_AT


class BandFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Band

    campaign = factory.SubFactory(CampaignFactory)
    code = "good"
    title = "好"
    minimum = 90 * POINT
    position = 0
    recorded_at = RULES_AT


def standard_bands(campaign):
    """好 from 90, 较好 from 80, 一般 from 60, 较差 from 0, best first."""
    named = (("good", "好", 90), ("fair", "较好", 80), ("plain", "一般", 60), ("poor", "较差", 0))
    return [
        BandFactory(campaign=campaign, code=code, title=title, minimum=points * POINT, position=place)
        for place, (code, title, points) in enumerate(named)
    ]


class ReviewFactory(factory.django.DjangoModelFactory):
    """A written review of an organisation; with `member`, of that member."""

    class Meta:
        model = Review

    campaign = factory.SubFactory(CampaignFactory)
    reviewer = factory.SubFactory(UserFactory)
    recorded_by = factory.SelfAttribute("reviewer")
    member = None
    organization = factory.LazyAttribute(
        lambda made: made.member.organization if made.member else made.campaign.organization
    )
    form = ReviewForm.FOCUSED
    strengths = "走访群众扎实。"
    direction = "把好做法写成制度。"
    happened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.happened_on))


class ReviewProblemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewProblem

    review = factory.SubFactory(ReviewFactory)
    text = "会议偏多。"


class ReviewReplyFactory(factory.django.DjangoModelFactory):
    """An answer of the reviewed side."""

    class Meta:
        model = ReviewReply

    review = factory.SubFactory(ReviewFactory)
    side = ReplySide.REVIEWED
    text = "下月起每周少开一个会。"
    happened_on = DAY
    recorded_at = noon(DAY)
    first_at = factory.SelfAttribute("recorded_at")


class ReviewMeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewMeeting

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    occasion = "briefing"
    held_on = DAY
    recorded_at = noon(DAY)
    recorded_by = factory.SubFactory(UserFactory)


class ReviewCirculationFactory(factory.django.DjangoModelFactory):
    """To all secretaries below the reviewed organisation."""

    class Meta:
        model = ReviewCirculation

    review = factory.SubFactory(ReviewFactory)
    within = factory.SelfAttribute("review.organization")
    happened_on = DAY
    recorded_at = noon(DAY)


class AppraisalFactory(factory.django.DjangoModelFactory):
    """A confirmed appraisal of an organisation: ten members returned ten sheets, nine 满意 and one 比较满意 on each item."""

    class Meta:
        model = Appraisal
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    title = "年中评议"
    sheet = AppraisalSheet.ORGANIZATION
    happened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.happened_on))
    recorded_by = factory.SubFactory(UserFactory)
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyAttribute(lambda made: made.recorded_at if made.confirmed_by else None)

    @factory.post_generation
    def turnout(self, create, numbers):
        issued, returned = numbers or (10, 10)
        AppraisalTurnout.objects.create(appraisal=self, audience=Audience.MEMBERS, issued=issued, returned=returned)

    @factory.post_generation
    def grades(self, create, grades):
        """`grades`: counts of 满意, 比较满意, 基本满意, 不满意, 不了解 of every item."""
        names = ("satisfied", "fairly", "basically", "dissatisfied", "unknown")
        counts = dict(zip(names, grades or (9, 1, 0, 0, 0), strict=True))
        items = [item for item in AppraisalItem if item.value.startswith("org_")]
        if self.sheet == AppraisalSheet.ORGANIZATION:
            AppraisalCount.objects.bulk_create(
                AppraisalCount(appraisal=self, item=item, audience=Audience.MEMBERS, **counts) for item in items
            )


class MarkingFactory(factory.django.DjangoModelFactory):
    """A sheet about an organisation; `deductions` is {item code: ten-thousandths taken off}."""

    class Meta:
        model = Marking
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    assessor = factory.SubFactory(UserFactory)
    happened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.happened_on))
    recorded_by = factory.SelfAttribute("assessor")

    @factory.post_generation
    def deductions(self, create, deductions):
        Mark.objects.bulk_create(
            Mark(marking=self, item_code=code, deduction=taken, reason="记录不全" if taken else "")
            for code, taken in (deductions or {}).items()
        )


class ScoringRunFactory(factory.django.DjangoModelFactory):
    """A run that waits for a worker."""

    class Meta:
        model = ScoringRun

    campaign = factory.SubFactory(CampaignFactory)
    as_of = datetime.date(2011, 6, 9)
    known_at = noon(datetime.date(2011, 6, 9))
    queued_at = factory.SelfAttribute("known_at")
    occurrence = factory.Sequence(lambda n: f"asked:{n}")


class AwardRoundFactory(factory.django.DjangoModelFactory):
    """A round that takes nominations."""

    class Meta:
        model = AwardRound

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"round-{n}")
    title = "七一表彰"
    cutoff_on = datetime.date(2011, 3, 31)
    nominations_due_on = datetime.date(2011, 6, 15)
    state = RoundState.OPEN
    moved_at = noon(datetime.date(2011, 6, 1))


class QuotaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Quota

    round = factory.SubFactory(AwardRoundFactory)
    kind = AwardKind.MEMBER
    category = Category.ORGAN
    basis = QuotaBasis.NUMBER
    value = 1


class NominationFactory(factory.django.DjangoModelFactory):
    """The branch of `member` puts the member forward; without `member`, the organisation itself."""

    class Meta:
        model = Nomination

    round = factory.SubFactory(AwardRoundFactory)
    member = None
    kind = factory.LazyAttribute(lambda made: AwardKind.MEMBER if made.member else AwardKind.ORGANIZATION)
    organization = factory.LazyAttribute(
        lambda made: made.member.organization if made.member else made.round.campaign.organization
    )
    nominating_organization = factory.SelfAttribute("organization")
    meeting_on = datetime.date(2011, 6, 3)
    expected = 5
    present = 5
    approving = 4
    story = "立足岗位，服务群众。"
    state = NominationState.SUBMITTED
    moved_at = noon(datetime.date(2011, 6, 3))
    nominated_by = factory.SubFactory(UserFactory)
    nominated_at = factory.SelfAttribute("moved_at")

"""Makers of the campaign and of what branches record in it; all of them in the campaign of 2010-2012.

`recorded_at` of a fact is noon of the day on which it happened, so a run with an earlier `known_at` is blind to it.
"""
import datetime
import zoneinfo

import factory

from campaign.enums import (
    CampaignState,
    CommitmentKind,
    CommitmentOutcomeKind,
    CommitmentState,
    PhaseWork,
    PlanState,
    RectificationSource,
    ReminderChannel,
    TaskOutcome,
    Track,
)
from campaign.models import (
    Activity,
    ActivityCriterion,
    ActivityKind,
    Campaign,
    Commitment,
    CommitmentOutcome,
    Criterion,
    Expectation,
    Milestone,
    Participation,
    Phase,
    PhasePermission,
    Plan,
    Rectification,
    RectificationClosing,
    Reminder,
    Step,
    Task,
    TaskCriterion,
    TaskResult,
)
from tests.factories.units import OrganizationFactory, UserFactory

BEIJING = zoneinfo.ZoneInfo("Asia/Shanghai")
DAY = datetime.date(2011, 5, 10)  # a month before the day on which the suite's clock stands


def noon(day):
    """Noon of `day` in Beijing."""
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=BEIJING)


class CampaignFactory(factory.django.DjangoModelFactory):
    """An open campaign of a root organisation."""

    class Meta:
        model = Campaign

    code = factory.Sequence(lambda n: f"campaign-{n}")
    title = "创先争优活动"
    organization = factory.SubFactory(OrganizationFactory)
    requirement = "组织创先进，党员争优秀。"
    theme = "以民为本、为民解困、为民服务"
    vehicle = "做为民先锋，促科学发展"
    starts_on = datetime.date(2010, 6, 1)
    ends_on = datetime.date(2012, 11, 8)
    state = CampaignState.OPEN


class StepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Step

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"step-{n}")
    title = "全面争创"
    starts_on = factory.SelfAttribute("campaign.starts_on")
    ends_on = factory.SelfAttribute("campaign.ends_on")
    position = factory.Sequence(lambda n: n)


class PhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phase

    campaign = factory.SubFactory(CampaignFactory)
    step = factory.SubFactory(StepFactory, campaign=factory.SelfAttribute("..campaign"))
    title = "迎接建党90周年"
    starts_on = datetime.date(2011, 1, 1)
    ends_on = datetime.date(2011, 7, 1)
    position = factory.Sequence(lambda n: n)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    campaign = factory.SubFactory(CampaignFactory)
    title = "建党90周年"
    on = datetime.date(2011, 7, 1)


class ExpectationFactory(factory.django.DjangoModelFactory):
    """What a whole step expects of the ministry's own departments."""

    class Meta:
        model = Expectation

    campaign = factory.SubFactory(CampaignFactory)
    step = factory.SubFactory(StepFactory, campaign=factory.SelfAttribute("..campaign"))
    category = "organ"
    text = "公开岗位承诺。"


class PhasePermissionFactory(factory.django.DjangoModelFactory):
    """Nominations while a step runs."""

    class Meta:
        model = PhasePermission

    step = factory.SubFactory(StepFactory)
    campaign = factory.SelfAttribute("step.campaign")
    work = PhaseWork.NOMINATION


class CriterionFactory(factory.django.DjangoModelFactory):
    """One of the organisations' criteria, carrying the whole weight of its track."""

    class Meta:
        model = Criterion

    campaign = factory.SubFactory(CampaignFactory)
    track = Track.ORGANIZATION
    code = factory.Sequence(lambda n: f"G{n % 1000}")
    title = "领导班子好"
    text = "领导班子团结、务实、廉洁。"
    weight = 100
    position = factory.Sequence(lambda n: n)
    recorded_at = noon(datetime.date(2010, 6, 1))


class ActivityKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActivityKind
        django_get_or_create = ("code",)

    code = "theme_day"  # one of those that the migrations bring
    title = "主题党日"


class PlanFactory(factory.django.DjangoModelFactory):
    """An approved plan for the whole campaign."""

    class Meta:
        model = Plan

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    title = "创先争优活动方案"
    theme = "服务群众，争当先锋"
    state = PlanState.APPROVED
    moved_at = noon(datetime.date(2010, 6, 20))
    approved_at = factory.LazyAttribute(lambda made: made.moved_at if made.state == PlanState.APPROVED else None)


class TaskFactory(factory.django.DjangoModelFactory):
    """A task that one activity closes; with `codes` it serves those criteria."""

    class Meta:
        model = Task
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    organization = factory.SelfAttribute("plan.organization")
    title = factory.Sequence(lambda n: f"开展第{n}次主题党日")
    kind = factory.SubFactory(ActivityKindFactory)
    due_on = datetime.date(2011, 6, 30)
    recorded_at = noon(datetime.date(2010, 6, 20))

    @factory.post_generation
    def codes(self, create, codes):
        TaskCriterion.objects.bulk_create(TaskCriterion(task=self, code=code) for code in codes or ())


class TaskResultFactory(factory.django.DjangoModelFactory):
    """The task was done, for a reason written down instead of an activity."""

    class Meta:
        model = TaskResult

    task = factory.SubFactory(TaskFactory)
    outcome = TaskOutcome.DONE
    reason = "随其他工作一并完成"
    happened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.happened_on))


class ActivityFactory(factory.django.DjangoModelFactory):
    """A standing activity of three expected and present members, without names.

    `codes` are the criteria it serves; `roster` is {member: was_present} and sets the counts as well.
    """

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    roster = None
    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    kind = factory.SubFactory(ActivityKindFactory)
    title = factory.Sequence(lambda n: f"第{n}次主题党日")
    text = "到社区走访困难群众，办成三件实事。"
    place = "社区服务站"
    happened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.happened_on))
    expected = factory.LazyAttribute(lambda made: len(made.roster) if made.roster else 3)
    present = factory.LazyAttribute(lambda made: sum(made.roster.values()) if made.roster else made.expected)
    has_roster = factory.LazyAttribute(lambda made: bool(made.roster))

    @classmethod
    def _create(cls, model_class, *args, roster=None, **fields):
        activity = super()._create(model_class, *args, **fields)
        Participation.objects.bulk_create(
            Participation(activity=activity, member=member, was_present=came) for member, came in (roster or {}).items()
        )
        return activity

    @factory.post_generation
    def codes(self, create, codes):
        ActivityCriterion.objects.bulk_create(ActivityCriterion(activity=self, code=code) for code in codes or ())


class CommitmentFactory(factory.django.DjangoModelFactory):
    """A published commitment of an organisation; with `member`, of that member."""

    class Meta:
        model = Commitment

    campaign = factory.SubFactory(CampaignFactory)
    member = None
    organization = factory.LazyAttribute(
        lambda made: made.member.organization if made.member else made.campaign.organization
    )
    kind = CommitmentKind.DEED
    text = factory.Sequence(lambda n: f"为群众办第{n}件实事")
    baseline = "群众办证要跑三趟"
    target = "群众办证最多跑一趟"
    due_on = datetime.date(2011, 5, 31)
    state = CommitmentState.PUBLISHED
    moved_at = noon(datetime.date(2010, 7, 1))
    published_at = factory.LazyAttribute(
        lambda made: made.moved_at if made.state in {CommitmentState.PUBLISHED, CommitmentState.JUDGED} else None
    )


class CommitmentOutcomeFactory(factory.django.DjangoModelFactory):
    """The commitment was judged kept."""

    class Meta:
        model = CommitmentOutcome

    commitment = factory.SubFactory(CommitmentFactory, state=CommitmentState.JUDGED)
    outcome = CommitmentOutcomeKind.KEPT
    explanation = factory.LazyAttribute(
        lambda made: "设备未到" if made.outcome == CommitmentOutcomeKind.EXCUSED else ""
    )
    evidence = "办证登记簿"
    happened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.happened_on))


class RectificationFactory(factory.django.DjangoModelFactory):
    """An open item."""

    class Meta:
        model = Rectification

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SelfAttribute("campaign.organization")
    source = RectificationSource.REVIEW
    problem = factory.Sequence(lambda n: f"第{n}项：会议多，下基层少")
    due_on = datetime.date(2011, 6, 30)
    opened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.opened_on))
    moved_at = factory.SelfAttribute("recorded_at")


class RectificationClosingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RectificationClosing

    rectification = factory.SubFactory(RectificationFactory, state="verified")
    happened_on = DAY
    recorded_at = factory.LazyAttribute(lambda made: noon(made.happened_on))


class ReminderFactory(factory.django.DjangoModelFactory):
    """A reminder in the application that waits to be sent."""

    class Meta:
        model = Reminder

    kind = "task"
    recipient = factory.SubFactory(UserFactory)
    occurrence = factory.Sequence(lambda n: f"task:{n}:2011-06-12")
    item = factory.LazyAttribute(lambda made: ":".join(made.occurrence.split(":")[:2]))
    channel = ReminderChannel.APP
    title = "任务快到期"
    url = "/plans/"
    created_at = noon(DAY)

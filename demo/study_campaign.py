"""The campaign before this one (学习实践活动), closed, with what it left open: the first things carried over (row S21)."""
from datetime import date, datetime, timedelta

from campaign.domain.carry_over import LeftOut, carry_over
from campaign.enums import CampaignState, CommitmentState, RectificationSource, RectificationState
from campaign.models import (
    Campaign,
    Commitment,
    CommitmentOutcome,
    Rectification,
    RectificationClosing,
    Step,
)
from demo.chance import BEIJING

CODE = "xxsj"
FIRST, LAST = date(2008, 9, 19), date(2010, 2, 28)
PUBLISHED = datetime(2009, 7, 10, 9, 30, tzinfo=BEIJING)
CARRIED = datetime(2010, 4, 12, 15, 0, tzinfo=BEIJING)
NEW_DAY = date(2011, 6, 30)

# problem, day by which it was to be mended, whether that was done
PROBLEMS = [
    ("办事指南太厚，群众看不明白", date(2009, 11, 30), True),
    ("会议多，到基层的时间少", date(2009, 12, 31), False),
    ("群众来信答复时间长，没有统一的期限", date(2010, 1, 31), False),
    ("服务窗口中午没有人值班", date(2010, 2, 15), True),
    ("对困难党员的走访没有形成制度", date(2010, 2, 28), False),
]
# what an organisation promised, how things were, what was to be reached, whether that was judged
PROMISES = [
    ("减少一半填报表格", "现在每月 8 张", "每月不超过 4 张", False),
    ("来信 10 个工作日内答复", "现在平均 16 天", "全部在 10 个工作日内", True),
    ("结对帮扶一个社区", "还没有结对", "签订协议，每季度去一次", False),
]


def write_study_campaign(cast):
    """Write the closed campaign; call it before the present one is made. Returns it."""
    campaign = Campaign.objects.create(
        organization=cast.root, code=CODE, title="学习实践活动", state=CampaignState.CLOSED, starts_on=FIRST, ends_on=LAST,
        requirement="党员干部受教育、科学发展上水平、人民群众得实惠。", theme="深入学习实践科学发展观", vehicle="服务民生，科学发展",
        moved_at=datetime(2010, 2, 28, 17, 0, tzinfo=BEIJING),
    )
    Step.objects.create(campaign=campaign, code="study", title="学习实践", starts_on=FIRST, ends_on=LAST)
    places = [one for one in cast.leaves if cast.secretaries.get(one.pk)][3::5]
    for organization, problem in zip(places, PROBLEMS, strict=False):
        _problem(campaign, cast, organization, *problem)
    for organization, promise in zip(places[1:], PROMISES, strict=False):
        _promise(campaign, cast, organization, *promise)
    return campaign


def _problem(campaign, cast, organization, problem, due_on, is_done):
    item = Rectification.objects.create(
        campaign=campaign, organization=organization, owner_id=cast.secretary_members.get(organization.pk),
        source=RectificationSource.OPINION, problem=problem, due_on=due_on, opened_on=date(2009, 6, 22), recorded_at=PUBLISHED,
        state=RectificationState.VERIFIED if is_done else RectificationState.OPEN, moved_at=PUBLISHED, verifier=cast.office,
        measures="已经改好，请服务对象看过。" if is_done else "",
    )
    if is_done:
        RectificationClosing.objects.create(
            rectification=item, happened_on=due_on, note="看过现场，同意销号。", recorded_by=cast.office,
            recorded_at=datetime.combine(due_on, CARRIED.timetz()),
        )


def _promise(campaign, cast, organization, text, baseline, target, is_judged):
    promise = Commitment.objects.create(
        campaign=campaign, organization=organization, kind="common", text=text, baseline=baseline, target=target,
        due_on=date(2010, 1, 31), state=CommitmentState.JUDGED if is_judged else CommitmentState.PUBLISHED, moved_at=PUBLISHED,
        published_at=PUBLISHED, created_by=cast.secretaries.get(organization.pk),
    )
    if is_judged:
        CommitmentOutcome.objects.create(
            commitment=promise, outcome="kept", evidence="来信登记簿", happened_on=date(2010, 2, 3), recorded_by=cast.office,
            recorded_at=PUBLISHED + timedelta(days=208),
        )


def carry_on(campaign, study, cast):
    """What was left open goes on in `campaign`, a week after it began; one item stays, so that the page has something to show."""
    Campaign.objects.filter(pk=campaign.pk).update(follows=study)
    staying = Rectification.objects.get(campaign=study, problem=PROBLEMS[-1][0])
    left_out = LeftOut(rectifications=frozenset({staying.pk}))
    return carry_over(
        campaign, study, left_out=left_out, new_day=NEW_DAY, by=cast.office, at=CARRIED, on=CARRIED.date()
    )

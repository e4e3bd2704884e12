"""The 创先争优 campaign as a template: what the speech of 2010 asks for, with dates counted from the first day.

Source: 1-domain.md of the design (rows S1-S4, S7), which corrects the distorted copy of the speech. The weights of the
criteria are demonstration values: the ministry's own are not known.
"""
from datetime import date, timedelta

from django.db import transaction

from campaign.domain.campaigns import move_campaign
from campaign.enums import PhaseWork, Track
from campaign.models import (
    Aim,
    Campaign,
    CategoryTheme,
    Criterion,
    Expectation,
    Milestone,
    Phase,
    PhasePermission,
    Step,
)
from units.domain.history import record
from units.enums import Category

FIRST_DAY = date(2010, 4, 6)  # the central mobilisation; all other dates of the template are real ones of 2010-2012
LAST_DAY = date(2012, 11, 7)

REQUIREMENT = (
    "以邓小平理论和“三个代表”重要思想为指导，以深入学习实践科学发展观为主题，从本地区、本部门、本单位的实际出发，"
    "改革创新，务求实效，把党的建设其他经常性工作统筹起来，发挥基层党组织的战斗堡垒作用和共产党员的先锋模范作用，"
    "在推动科学发展、促进社会和谐、服务人民群众、加强基层组织的实践中建功立业。"
)
THEME = "以民为本、为民解困、为民服务"
VEHICLE = "做为民先锋，促科学发展"
THREAD = "把建设学习型党组织贯穿活动全过程"

AIMS = [
    ("推动科学发展", "着力点：围绕中心工作，在建立长效机制的实践中发挥作用。"),
    ("促进社会和谐", "着力点：解决民生问题，促进公平，维护稳定。"),
    ("服务人民群众", "落脚点：为群众特别是困难群众解决实际困难。"),
    ("加强基层组织", "基础和保证：优化设置，扩大覆盖，健全制度，带动工青妇组织。"),
]

STEPS = [
    ("mobilize", "动员部署", "制定方案，开好动员会，明确责任，细化任务。", date(2010, 4, 6), date(2010, 5, 31)),
    ("strive", "全面争创", "围绕主题，抓住载体，突出特色，分三个阶段开展。", date(2010, 6, 1), date(2012, 11, 7)),
    ("review", "点评评议", "领导集中点评和随时点评，党员群众评议，结合年度考核集中评议。", date(2010, 9, 1), date(2012, 11, 7)),
    ("commend", "评选表彰", "根据考核结果、工作实绩和群众意见，评选表彰并交流成果。", date(2011, 3, 1), date(2011, 7, 1)),
]

PHASES = [
    ("积极投身创先争优活动", "制定争创计划，公开承诺，落实到岗位。", date(2010, 6, 1), date(2010, 12, 31)),
    ("迎接建党90周年", "对照承诺抓落实，点评评议，评选表彰。", date(2011, 1, 1), date(2011, 7, 1)),
    ("向党的十八大献礼", "学习先进，巩固成果，建立长效机制。", date(2011, 7, 2), date(2012, 11, 7)),
]

MILESTONES = [
    ("建党90周年", date(2011, 7, 1), "七一前评选表彰一批先进基层党组织、优秀共产党员和优秀党务工作者。"),
    ("党的十八大开幕", date(2012, 11, 8), "以优异成绩迎接大会。"),
]

CATEGORY_THEMES = [
    (Category.ORGAN, "提高能力、改进作风、高效履职", "与讲党性、重品行、作表率活动结合，设立党员先锋岗、党员示范窗口。"),
    (Category.INSTITUTION, "促进事业科学发展", "围绕事业发展和服务对象设计载体。"),
    (Category.SOCIETY, "健全组织、发挥作用", "健全党的组织和工作制度，在社会组织中发挥作用。"),
]

# step, place of the phase in it (None: the whole step), category, what it should do
EXPECTATIONS = [
    ("strive", 0, Category.ORGAN, "查找作风和效率上的问题，公开岗位承诺。"),
    ("strive", 0, Category.INSTITUTION, "围绕事业发展定项目，向服务对象公开承诺。"),
    ("strive", 0, Category.SOCIETY, "理顺组织关系，健全党的组织生活制度。"),
    ("strive", 1, Category.ORGAN, "设好党员先锋岗，精简会议文件，提前办结承诺的实事。"),
    ("strive", 1, Category.INSTITUTION, "请服务对象评议，拿出看得见的变化。"),
    ("strive", 1, Category.SOCIETY, "党员亮身份、作表率，在行业里发挥作用。"),
    ("strive", 2, Category.ORGAN, "把好做法定成制度，高效履职成为习惯。"),
    ("strive", 2, Category.INSTITUTION, "学先进、找差距，形成服务群众的长效机制。"),
    ("strive", 2, Category.SOCIETY, "巩固组织覆盖，把党的工作写进章程。"),
]

# What may be done in which step; the rest may be done at any time.
PERMISSIONS = [
    (PhaseWork.PLAN, "mobilize"), (PhaseWork.PLAN, "strive"), (PhaseWork.COMMITMENT, "strive"),
    (PhaseWork.REVIEW, "review"), (PhaseWork.APPRAISAL, "review"), (PhaseWork.NOMINATION, "commend"),
]

CRITERIA = {
    Track.ORGANIZATION: [
        ("G1", "领导班子好", "班子学习好、团结好、作风好，民主集中制落实，能带领党员群众完成任务。", 20),
        ("G2", "党员队伍好", "党员按时参加组织生活，立足岗位起带头作用，承诺能够兑现。", 20),
        ("G3", "工作机制好", "制度健全，计划清楚，任务按期完成，问题按期整改。", 15),
        ("G4", "工作业绩好", "中心工作和重点任务完成得好，为民服务有看得见的变化。", 25),
        ("G5", "群众反映好", "联系服务群众，党组织在群众中有威信，群众评价好。", 20),
    ],
    Track.MEMBER: [
        ("L1", "带头学习提高", "认真学习理论和业务，本领有提高。", 20),
        ("L2", "带头争创佳绩", "有强烈的责任心，本职工作成绩突出。", 25),
        ("L3", "带头服务群众", "主动帮助群众解决实际困难，维护群众利益。", 25),
        ("L4", "带头遵纪守法", "遵守党的纪律和国家法律，遵守单位制度。", 15),
        ("L5", "带头弘扬正气", "讲正气、树新风，敢于同不良现象作斗争。", 15),
    ],
}


@transaction.atomic
def set_up_campaign(*, organization, code, title, starts_on=FIRST_DAY, follows=None, by, at, opens=True):
    """Make a campaign of `organization` from the template; every date moves with `starts_on`. Opens it unless told not to.
    One that follows an earlier campaign gets no criteria here: it takes that one's.

    Raises CannotMoveCampaign when it should open while another one of the root is open.
    """
    shift = starts_on - FIRST_DAY
    campaign = Campaign.objects.create(
        organization=organization, code=code, title=title, requirement=REQUIREMENT, theme=THEME, vehicle=VEHICLE,
        thread=THREAD, starts_on=starts_on, ends_on=LAST_DAY + shift, follows=follows,
    )
    _add_frame(campaign, shift)
    if follows is None:
        _add_criteria(campaign, by=by, at=at)
    record(campaign, "set_up", by=by, at=at, detail={"code": code}, organization=organization)
    if opens:
        move_campaign(campaign, "open", by=by, at=at)
    return campaign


def _add_frame(campaign, shift: timedelta):
    """Aims, steps, phases, milestones and the categories' themes."""
    Aim.objects.bulk_create(
        Aim(campaign=campaign, title=aim, text=text, position=n) for n, (aim, text) in enumerate(AIMS)
    )
    steps = Step.objects.bulk_create(
        Step(campaign=campaign, code=code, title=title, text=text, starts_on=first + shift, ends_on=last + shift, position=n)
        for n, (code, title, text, first, last) in enumerate(STEPS)
    )
    by_code = {step.code: step for step in steps}
    striving = by_code["strive"]
    phases = Phase.objects.bulk_create(
        Phase(
            campaign=campaign, step=striving, title=title, text=text, starts_on=first + shift, ends_on=last + shift,
            position=n,
        )
        for n, (title, text, first, last) in enumerate(PHASES)
    )
    Expectation.objects.bulk_create(
        Expectation(
            campaign=campaign, step=by_code[code], phase=None if place is None else phases[place], category=category, text=text
        )
        for code, place, category, text in EXPECTATIONS
    )
    PhasePermission.objects.bulk_create(
        PhasePermission(campaign=campaign, work=work, step=by_code[code]) for work, code in PERMISSIONS
    )
    Milestone.objects.bulk_create(
        Milestone(campaign=campaign, title=title, on=day + shift, text=text) for title, day, text in MILESTONES
    )
    CategoryTheme.objects.bulk_create(
        CategoryTheme(campaign=campaign, category=category, theme=theme, text=text)
        for category, theme, text in CATEGORY_THEMES
    )


def _add_criteria(campaign, *, by, at):
    """五个好 and 五带头 as the first version of the rules."""
    Criterion.objects.bulk_create(
        Criterion(
            campaign=campaign, track=track, code=code, title=title, text=text, weight=weight, position=n,
            recorded_at=at, recorded_by=by,
        )
        for track, rows in CRITERIA.items()
        for n, (code, title, text, weight) in enumerate(rows)
    )

"""Words and tables of moves of the campaign: verb → (states it starts from, state it leads to)."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("筹备")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


CAMPAIGN_MOVES = {
    "open": ({CampaignState.DRAFT}, CampaignState.OPEN),
    "close": ({CampaignState.OPEN}, CampaignState.CLOSED),
}


class PhaseWork(models.TextChoices):
    """Work that may be bound to days of the campaign."""

    PLAN = "plan", _("起草和提交计划")
    COMMITMENT = "commitment", _("提出承诺")
    REVIEW = "review", _("点评")
    APPRAISAL = "appraisal", _("录入评议")
    MARKING = "marking", _("考评打分")
    NOMINATION = "nomination", _("推荐表彰对象")


class Track(models.TextChoices):
    """Whom a criterion judges."""

    ORGANIZATION = "organization", _("党组织")
    MEMBER = "member", _("党员")


class FieldShape(models.TextChoices):
    """How an extra field of a kind of activity is filled."""

    TEXT = "text", _("一行字")
    LONG = "long", _("一段话")
    NUMBER = "number", _("数字")


class AbsenceReason(models.TextChoices):
    """Why somebody expected did not come; nobody has to give one."""

    LEAVE = "leave", _("请假")
    TRAVEL = "travel", _("出差")
    ILL = "ill", _("生病")
    OTHER = "other", _("其他")


class DesignationKind(models.TextChoices):
    POST = "post", _("党员先锋岗")
    WINDOW = "window", _("示范窗口")


class DesignationState(models.TextChoices):
    APPLIED = "applied", _("等支部审")
    ENDORSED = "endorsed", _("等授牌")
    AWARDED = "awarded", _("已授牌")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤牌")


DESIGNATION_WAITING = {DesignationState.APPLIED, DesignationState.ENDORSED}
DESIGNATION_MOVES = {
    "endorse": ({DesignationState.APPLIED}, DesignationState.ENDORSED),
    "award": ({DesignationState.ENDORSED}, DesignationState.AWARDED),
    "return": (DESIGNATION_WAITING, DesignationState.RETURNED),
    "withdraw": ({DesignationState.AWARDED}, DesignationState.WITHDRAWN),
}
DESIGNATION_TAGS = {
    DesignationState.APPLIED: "wait",
    DesignationState.ENDORSED: "wait",
    DesignationState.AWARDED: "honor",
    DesignationState.RETURNED: "warn",
    DesignationState.WITHDRAWN: "wait",
}


class HintKind(models.TextChoices):
    """What the friendly look before saving may notice; none of it is a judgement."""

    TEXT = "text", _("文字和另一条很像")
    PHOTO = "photo", _("照片用过")
    DAY = "day", _("照片日期离活动远")
    FUTURE = "future", _("写到的事那时还没有发生")
    UNIT = "unit", _("写到别的单位")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审")
    APPROVED = "approved", _("已同意")
    RETURNED = "returned", _("已退回")


PLAN_EDITABLE = {PlanState.DRAFT, PlanState.RETURNED}
PLAN_MOVES = {
    "submit": (PLAN_EDITABLE, PlanState.SUBMITTED),
    "approve": ({PlanState.SUBMITTED}, PlanState.APPROVED),
    "return": ({PlanState.SUBMITTED}, PlanState.RETURNED),
}


class TaskOutcome(models.TextChoices):
    DONE = "done", _("已完成")
    DROPPED = "dropped", _("不再做")


class CommitmentKind(models.TextChoices):
    COMMON = "common", _("共性承诺")
    POST = "post", _("岗位承诺")
    DEED = "deed", _("实事承诺")


class CommitmentState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审")
    RETURNED = "returned", _("已退回")
    PUBLISHED = "published", _("践诺中")
    JUDGED = "judged", _("已评")
    WITHDRAWN = "withdrawn", _("已撤回")


COMMITMENT_EDITABLE = {CommitmentState.DRAFT, CommitmentState.RETURNED}
COMMITMENT_PUBLIC = {CommitmentState.PUBLISHED, CommitmentState.JUDGED}
COMMITMENT_MOVES = {
    "submit": (COMMITMENT_EDITABLE, CommitmentState.SUBMITTED),
    "return": ({CommitmentState.SUBMITTED}, CommitmentState.RETURNED),
    "publish": ({CommitmentState.SUBMITTED}, CommitmentState.PUBLISHED),
    "judge": ({CommitmentState.PUBLISHED, CommitmentState.JUDGED}, CommitmentState.JUDGED),
    "withdraw": (COMMITMENT_EDITABLE | {CommitmentState.SUBMITTED}, CommitmentState.WITHDRAWN),
}


class CommitmentShown(models.TextChoices):
    """Who may read a public commitment: the scope alone, or anybody who opens the unit's board without an account."""

    INSIDE = "inside", _("只在内部看")
    NAMELESS = "nameless", _("对外公开，不写姓名")
    NAMED = "named", _("对外公开")


class CommitmentOutcomeKind(models.TextChoices):
    """How a commitment was judged; part-kept counts half."""

    KEPT = "kept", _("已兑现")
    PARTLY = "partly", _("部分兑现")
    EXCUSED = "excused", _("因客观原因未兑现")
    BROKEN = "broken", _("未兑现")


class RectificationSource(models.TextChoices):
    REVIEW = "review", _("点评")
    INSPECTION = "inspection", _("抽查")
    APPRAISAL = "appraisal", _("评议")
    OPINION = "opinion", _("意见")
    COMMITMENT = "commitment", _("承诺")
    OVERSIGHT = "oversight", _("督导")
    SYMPOSIUM = "symposium", _("座谈会")
    QUESTION = "question", _("问卷")
    OTHER = "other", _("其他")


class RectificationState(models.TextChoices):
    OPEN = "open", _("整改中")
    REPORTED = "reported", _("待验收")
    VERIFIED = "verified", _("已销号")
    CALLED_OFF = "called_off", _("已撤销")


RECTIFICATION_ENDED = {RectificationState.VERIFIED, RectificationState.CALLED_OFF}
RECTIFICATION_MOVES = {
    "report": ({RectificationState.OPEN}, RectificationState.REPORTED),
    "send_back": ({RectificationState.REPORTED}, RectificationState.OPEN),
    "verify": ({RectificationState.REPORTED}, RectificationState.VERIFIED),
    "reopen": ({RectificationState.VERIFIED}, RectificationState.OPEN),
    "call_off": ({RectificationState.OPEN, RectificationState.REPORTED}, RectificationState.CALLED_OFF),
}


class ReleaseState(models.TextChoices):
    """What a unit offers for everybody to see: role models, exhibits, papers; and the office's bulletins."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审")
    RETURNED = "returned", _("已退回")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


RELEASE_EDITABLE = {ReleaseState.DRAFT, ReleaseState.RETURNED}
RELEASE_MOVES = {
    "submit": (RELEASE_EDITABLE, ReleaseState.SUBMITTED),
    "return": ({ReleaseState.SUBMITTED}, ReleaseState.RETURNED),
    "release": ({ReleaseState.SUBMITTED}, ReleaseState.PUBLISHED),
    "take_down": (set(ReleaseState) - {ReleaseState.WITHDRAWN}, ReleaseState.WITHDRAWN),
}
BULLETIN_MOVES = {
    "release": ({ReleaseState.DRAFT}, ReleaseState.PUBLISHED),
    "take_down": ({ReleaseState.DRAFT, ReleaseState.PUBLISHED}, ReleaseState.WITHDRAWN),
}


class PaperKind(models.TextChoices):
    THEORY = "theory", _("理论成果")
    PRACTICE = "practice", _("实践成果")


class EntrySource(models.TextChoices):
    """What an entry of a bulletin was chosen from."""

    ACTIVITY = "activity", _("活动")
    ROLE_MODEL = "role_model", _("典型")
    PAPER = "paper", _("成果")


class OversightKind(models.TextChoices):
    HEARING = "hearing", _("听取汇报")
    ROUTINE = "routine", _("日常督查")
    EXCHANGE = "exchange", _("交流研讨")


class SpotLevel(models.TextChoices):
    """Which organisations stand in the pool of a spot check."""

    UNITS = "units", _("各单位")
    BRANCHES = "branches", _("各党支部")


class SpotCheckState(models.TextChoices):
    PUBLISHED = "published", _("已公布，等号码")
    DRAWN = "drawn", _("已抽取")
    CALLED_OFF = "called_off", _("已作废")


class VisitVerdict(models.TextChoices):
    """What inspectors say to one question of the checklist."""

    FINE = "fine", _("符合")
    PROBLEM = "problem", _("有问题")
    UNSEEN = "unseen", _("没有看")


class ReminderChannel(models.TextChoices):
    APP = "app", _("站内")
    MAIL = "mail", _("邮件")
    SMS = "sms", _("短信")


class ReminderState(models.TextChoices):
    """`unknown`: handed over, no answer. A person looks at it; it is never sent again blindly."""

    QUEUED = "queued", _("待发")
    SENDING = "sending", _("正在发")
    SENT = "sent", _("已发")
    FAILED = "failed", _("没有发出")
    UNKNOWN = "unknown", _("不清楚是否发出")


DELIVERY_MOVES = {  # what a person decides about a reminder that did not go out, or may have
    "send_again": ({ReminderState.FAILED, ReminderState.UNKNOWN}, ReminderState.QUEUED),
    "settle": ({ReminderState.FAILED, ReminderState.UNKNOWN}, ReminderState.SENT),
}


class MailChoice(models.TextChoices):
    """How much mail somebody wants; the messages in the application come in any case."""

    EACH = "each", _("一件事一封，周一再发一封汇总")
    WEEKLY = "weekly", _("只在周一发一封汇总")
    NONE = "none", _("不发邮件")

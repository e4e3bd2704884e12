"""Words and tables of moves of reviews, appraisal, scoring and awards."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """The three sources that the campaign names (考核结果、工作实绩、群众意见)."""

    ASSESSMENT = "assessment", _("考核结果")
    RESULTS = "results", _("工作实绩")
    OPINION = "opinion", _("群众意见")


class MeasureName(models.TextChoices):
    """Kinds of measure; evaluations/domain/measures holds the class of each."""

    REACHED = "reached", _("活动次数")
    TOOK_PART = "took_part", _("参加情况")
    KEPT = "kept", _("承诺兑现")
    ON_TIME = "on_time", _("任务按期完成")
    CLOSED = "closed", _("整改按期销号")
    REVIEWED = "reviewed", _("书记点评")
    SATISFIED = "satisfied", _("群众满意")
    MARKED = "marked", _("考评打分")


class GateEffect(models.TextChoices):
    CAP = "cap", _("限制等次")
    BAR = "bar", _("不能参加评选")


class ReviewForm(models.TextChoices):
    FOCUSED = "focused", _("集中点评")
    ANYTIME = "anytime", _("随时点评")
    ON_SITE = "on_site", _("现场点评")
    ONE_TO_ONE = "one_to_one", _("个别点评")
    WRITTEN = "written", _("书面点评")


class ReviewOccasion(models.TextChoices):
    ORGANIZATION_LIFE = "organization_life", _("组织生活会")
    SYMPOSIUM = "symposium", _("调研座谈会")
    BRIEFING = "briefing", _("情况通报会")
    SPECIAL = "special", _("专项点评会")


class ReplySide(models.TextChoices):
    """Who wrote an entry of the thread below a review."""

    REVIEWED = "reviewed", _("被点评的")
    REVIEWER = "reviewer", _("点评人")


class AppraisalSheet(models.TextChoices):
    ORGANIZATION = "organization", _("党组织评议表")
    MEMBER = "member", _("党员评议表")


class AppraisalItem(models.TextChoices):
    """Items of the two standard sheets (1-domain, Appraisal); the first five are the organisation's."""

    ORG_ACTIVITIES = "org_activities", _("组织开展活动")
    ORG_CENTRAL_WORK = "org_central_work", _("中心工作和重点任务")
    ORG_COMMITMENTS = "org_commitments", _("承诺践诺")
    ORG_GOOD_DEEDS = "org_good_deeds", _("为群众办实事好事难事")
    ORG_BUILDING = "org_building", _("党组织和党员队伍建设")
    MEMBER_ACTIVITIES = "member_activities", _("参加活动")
    MEMBER_DUTIES = "member_duties", _("立足岗位履职")
    MEMBER_COMMITMENTS = "member_commitments", _("承诺践诺")
    MEMBER_MASSES = "member_masses", _("联系服务群众")


SHEET_ITEMS = {
    AppraisalSheet.ORGANIZATION: [item for item in AppraisalItem if item.value.startswith("org_")],
    AppraisalSheet.MEMBER: [item for item in AppraisalItem if item.value.startswith("member_")],
}


class Audience(models.TextChoices):
    """Members and non-members are always reported apart; the last three are used where a unit tells them apart."""

    MEMBERS = "members", _("党员")
    MASSES = "masses", _("群众")
    STAFF = "staff", _("职工")
    SERVED = "served", _("服务对象")
    SUPERIORS = "superiors", _("上级")


USUAL_AUDIENCES = (Audience.MEMBERS, Audience.MASSES)
FURTHER_AUDIENCES = (Audience.STAFF, Audience.SERVED, Audience.SUPERIORS)


class PollSheet(models.TextChoices):
    """What a poll asks: the two standard sheets, the yearly grade of members, and the cadres' appraisal with the assessment."""

    ORGANIZATION = "organization", _("党组织测评表")
    MEMBER = "member", _("党员测评表")
    YEARLY = "yearly", _("民主评议党员")
    CADRES = "cadres", _("干部集中评议")


class PollState(models.TextChoices):
    DRAFT = "draft", _("筹备")
    OPEN = "open", _("投票中")
    CLOSING = "closing", _("计票中")
    CLOSED = "closed", _("已计票")
    RELEASED = "released", _("已公布")
    VOID = "void", _("已作废")


POLL_MOVES = {
    "open": ({PollState.DRAFT}, PollState.OPEN),
    "close": ({PollState.OPEN}, PollState.CLOSING),
    "count": ({PollState.CLOSING}, PollState.CLOSED),
    "release": ({PollState.CLOSED}, PollState.RELEASED),
    "void": ({PollState.DRAFT, PollState.OPEN}, PollState.VOID),
}

POLL_ENDED = {PollState.CLOSED, PollState.RELEASED, PollState.VOID}

GRADE_WORDS = (_("满意"), _("比较满意"), _("基本满意"), _("不满意"), _("不了解"))
CADRE_WORDS = (_("优秀"), _("称职"), _("基本称职"), _("不称职"), _("不了解"))


class MemberGrade(models.TextChoices):
    """The grade of a member in the yearly 民主评议; the first is for a third of the full members at most."""

    EXCELLENT = "excellent", _("优秀")
    QUALIFIED = "qualified", _("合格")
    BASIC = "basic", _("基本合格")
    UNQUALIFIED = "unqualified", _("不合格")


YEARLY_WORDS = tuple(grade.label for grade in MemberGrade)


class SatisfactionFormula(models.TextChoices):
    """"满意度" has no single meaning: every figure names its formula."""

    TOP1 = "top1", _("满意 ÷ 有效评价")
    TOP2 = "top2", _("（满意 + 比较满意）÷ 有效评价")
    WEIGHTED = "weighted", _("满意 100、比较满意 80、基本满意 60、不满意 0 的平均")


class AwardKind(models.TextChoices):
    ORGANIZATION = "organization", _("先进基层党组织")
    MEMBER = "member", _("优秀共产党员")
    AFFAIRS_WORKER = "affairs_worker", _("优秀党务工作者")


class HonourDemand(models.TextChoices):
    """What a round makes of its nominees' honours: a gate, or only something to look at first."""

    REQUIRED = "required", _("须有")
    PREFERRED = "preferred", _("优先")


class RoundState(models.TextChoices):
    DRAFT = "draft", _("筹备")
    OPEN = "open", _("推荐中")
    CHECKING = "checking", _("资格审核")
    DECIDED = "decided", _("已决定")


ROUND_MOVES = {
    "open": ({RoundState.DRAFT}, RoundState.OPEN),
    "check": ({RoundState.OPEN}, RoundState.CHECKING),
    "reopen": ({RoundState.CHECKING}, RoundState.OPEN),
    "decide": ({RoundState.CHECKING}, RoundState.DECIDED),
}


class NominationState(models.TextChoices):
    SUBMITTED = "submitted", _("已推荐")
    PASSED = "passed", _("审核通过")
    REFUSED = "refused", _("审核未通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    SELECTED = "selected", _("已入选")
    NOT_SELECTED = "not_selected", _("未入选")


NOMINATION_MOVES = {
    "pass": ({NominationState.SUBMITTED, NominationState.REFUSED}, NominationState.PASSED),
    "refuse": ({NominationState.SUBMITTED, NominationState.PASSED}, NominationState.REFUSED),
    "withdraw": ({NominationState.SUBMITTED}, NominationState.WITHDRAWN),
    "select": ({NominationState.PASSED, NominationState.NOT_SELECTED}, NominationState.SELECTED),
    "leave_out": ({NominationState.PASSED, NominationState.SELECTED}, NominationState.NOT_SELECTED),
}


class QuotaBasis(models.TextChoices):
    PERCENT = "percent", _("按比例")
    NUMBER = "number", _("按个数")


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("单选")
    MULTIPLE = "multiple", _("多选")
    MATRIX = "matrix", _("四档评价")
    NUMBER = "number", _("数字")
    TEXT = "text", _("写一段话")
    SECTION = "section", _("小节")


class QuestionnaireAccess(models.TextChoices):
    CLOSED = "closed", _("凭答题码")
    OPEN = "open", _("公开")


class QuestionnaireState(models.TextChoices):
    DRAFT = "draft", _("筹备")
    REHEARSAL = "rehearsal", _("试填中")
    OPEN = "open", _("答题中")
    CLOSING = "closing", _("统计中")
    CLOSED = "closed", _("已统计")
    RELEASED = "released", _("已公布")
    VOID = "void", _("已作废")


QUESTIONNAIRE_MOVES = {
    "rehearse": ({QuestionnaireState.DRAFT}, QuestionnaireState.REHEARSAL),
    "end_rehearsal": ({QuestionnaireState.REHEARSAL}, QuestionnaireState.DRAFT),
    "open": ({QuestionnaireState.DRAFT}, QuestionnaireState.OPEN),
    "close": ({QuestionnaireState.OPEN}, QuestionnaireState.CLOSING),
    "count": ({QuestionnaireState.CLOSING}, QuestionnaireState.CLOSED),
    "release": ({QuestionnaireState.CLOSED}, QuestionnaireState.RELEASED),
    "void": ({QuestionnaireState.DRAFT, QuestionnaireState.REHEARSAL, QuestionnaireState.OPEN}, QuestionnaireState.VOID),
}

QUESTIONNAIRE_TAKES = {QuestionnaireState.REHEARSAL, QuestionnaireState.OPEN}  # answers come in
QUESTIONNAIRE_COUNTED = {QuestionnaireState.CLOSED, QuestionnaireState.RELEASED}


class InquiryState(models.TextChoices):
    ASKED = "asked", _("等答复")
    URGED = "urged", _("已督促")
    ANSWERED = "answered", _("已答复")


INQUIRY_MOVES = {
    "urge": ({InquiryState.ASKED}, InquiryState.URGED),
    "answer": ({InquiryState.ASKED, InquiryState.URGED}, InquiryState.ANSWERED),
}


class OpinionKind(models.TextChoices):
    SUGGESTION = "suggestion", _("建议")
    PROBLEM = "problem", _("问题")
    PRAISE = "praise", _("表扬")
    COMPLAINT = "complaint", _("反映")
    SYSTEM = "system", _("对本系统")


class OpinionState(models.TextChoices):
    RECEIVED = "received", _("待转办")
    ASSIGNED = "assigned", _("办理中")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已办结")


OPINION_MOVES = {  # verb: from, to
    "assign": ({OpinionState.RECEIVED, OpinionState.ASSIGNED}, OpinionState.ASSIGNED),
    "take_back": ({OpinionState.ASSIGNED}, OpinionState.RECEIVED),
    "answer": ({OpinionState.RECEIVED, OpinionState.ASSIGNED, OpinionState.ANSWERED}, OpinionState.ANSWERED),
    "close": ({OpinionState.ANSWERED}, OpinionState.CLOSED),
    "reopen": ({OpinionState.ANSWERED, OpinionState.CLOSED}, OpinionState.ASSIGNED),
}

OPINION_OPEN = {OpinionState.RECEIVED, OpinionState.ASSIGNED}


class FloodLane(models.TextChoices):
    """What comes with a proof of work, and what comes without; each has its own number an hour."""

    PROVED = "proved", _("核验过的")
    PLAIN = "plain", _("没有核验的")


class AttachmentKind(models.TextChoices):
    PHOTO = "jpg", _("照片")
    PDF = "pdf", _("PDF")
    WORD = "docx", _("Word")

"""Words and tables of moves of the organisation's side of the house."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    """Kinds of Party organisation (1-domain, Organizations)."""

    LEADING_GROUP = "leading_group", _("部党组")
    ORGAN_COMMITTEE = "organ_committee", _("机关党委")
    COMMITTEE = "committee", _("党委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")
    GROUP = "group", _("党小组")


class Category(models.TextChoices):
    """The three categories in institutional order; comparisons exist only inside one."""

    ORGAN = "organ", _("机关司局")
    INSTITUTION = "institution", _("直属事业单位")
    SOCIETY = "society", _("部管社会组织")


CATEGORY_ORDER = {category.value: position for position, category in enumerate(Category)}


class Gender(models.TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class MemberStatus(models.TextChoices):
    FULL = "full", _("正式党员")
    PROBATIONARY = "probationary", _("预备党员")


class Departure(models.TextChoices):
    """How a member ceased to belong to any organisation of the system."""

    OUTSIDE = "outside", _("组织关系转到系统外")
    LEFT = "left", _("退党")
    EXPELLED = "expelled", _("开除党籍")
    CANCELLED = "cancelled", _("取消预备党员资格")
    DIED = "died", _("去世")


class ProbationOutcome(models.TextChoices):
    """What the branch meeting decided about a probationary member when the probation had ended."""

    FULL = "full", _("按期转正")
    EXTENDED = "extended", _("延长预备期")
    CANCELLED = "cancelled", _("取消预备党员资格")


class ExemptionKind(models.TextChoices):
    """Why a member need not take part and promise; whoever wants to, may."""

    RETIRED = "retired", _("离退休")
    INFIRM = "infirm", _("年老体弱")
    ILL = "ill", _("长期患病")
    OTHER = "other", _("其他")


class TransferState(models.TextChoices):
    PROPOSED = "proposed", _("待接收")
    ACCEPTED = "accepted", _("已接收")
    DECLINED = "declined", _("没有接收")
    WITHDRAWN = "withdrawn", _("已撤回")


TRANSFER_MOVES = {  # verb: from, to
    "accept": ({TransferState.PROPOSED}, TransferState.ACCEPTED),
    "decline": ({TransferState.PROPOSED}, TransferState.DECLINED),
    "withdraw": ({TransferState.PROPOSED}, TransferState.WITHDRAWN),
}


class HonourLevel(models.TextChoices):
    NATIONAL = "national", _("国家级")
    MINISTRY = "ministry", _("省部级")
    BUREAU = "bureau", _("司局级")
    UNIT = "unit", _("单位级")


class LinkedBodyKind(models.TextChoices):
    """Bodies that the Party organisation leads and does things together with (党建带工建、团建、妇建)."""

    UNION = "union", _("工会")
    YOUTH = "youth", _("共青团")
    WOMEN = "women", _("妇女组织")


class HonourHolder(models.TextChoices):
    COLLECTIVE = "collective", _("集体")
    INDIVIDUAL = "individual", _("个人")


class SanctionKind(models.TextChoices):
    """Sanctions that leave the membership; 开除党籍 is a departure."""

    WARNING = "warning", _("警告")
    SERIOUS_WARNING = "serious_warning", _("严重警告")
    REMOVAL = "removal", _("撤销党内职务")
    PROBATION = "probation", _("留党察看")
    ADMINISTRATIVE = "administrative", _("行政处分")


class PostKind(models.TextChoices):
    SECRETARY = "secretary", _("书记")
    ACTING_SECRETARY = "acting_secretary", _("代理书记")
    DEPUTY_SECRETARY = "deputy_secretary", _("副书记")
    ORGANIZER = "organizer", _("组织委员")
    PUBLICIST = "publicist", _("宣传委员")
    DISCIPLINE = "discipline", _("纪检委员")
    COMMITTEE_MEMBER = "committee_member", _("委员")


LEADS_BRANCH = {PostKind.SECRETARY, PostKind.ACTING_SECRETARY}  # one holder at a time, for both



class LeadershipRole(models.TextChoices):
    """Seats in a leading group and in its office, the highest first."""

    GROUP_HEAD = "group_head", _("组长")
    GROUP_DEPUTY = "group_deputy", _("副组长")
    GROUP_MEMBER = "group_member", _("成员")
    OFFICE_HEAD = "office_head", _("办公室主任")
    OFFICE_DEPUTY = "office_deputy", _("办公室副主任")
    OFFICE_MEMBER = "office_member", _("办公室成员")


SINGLE_LEADERSHIP_ROLES = {LeadershipRole.GROUP_HEAD, LeadershipRole.OFFICE_HEAD}


class Role(models.TextChoices):
    """What an account may do; every grant has a scope (a subtree of organisations)."""

    SECRETARY = "secretary", _("支部书记")
    COMMITTEE = "committee", _("单位党委")
    OFFICE = "office", _("领导小组办公室")
    LEADER = "leader", _("领导")
    INSPECTOR = "inspector", _("督查员")
    MEMBER = "member", _("党员")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计员")


ADMINISTRATORS = {Role.SYSTEM, Role.SECURITY, Role.AUDIT}
DELEGABLE = {Role.SECRETARY, Role.COMMITTEE, Role.OFFICE}  # may be delegated for some days
SPEAKS_FOR_OWN = {Role.SECRETARY, Role.COMMITTEE}  # promise and report for exactly the organisation of the grant
READS_SUBTREE = {Role.SECRETARY, Role.COMMITTEE, Role.OFFICE, Role.LEADER, Role.INSPECTOR}


class SignInOutcome(models.TextChoices):
    """What became of a try to sign in."""

    DONE = "done", _("登录成功")
    HALF = "half", _("密码对，等验证码")
    PASSWORD = "password", _("密码不对")
    CODE = "code", _("验证码不对")
    LOCKED = "locked", _("连续输错，锁着没有登录")


class ImportStage(models.TextChoices):
    """Where an import of ledgers stands; the job's own state says whether a worker is at it."""

    CHECKING = "checking", _("正在核对")
    PREVIEW = "preview", _("等待确认")
    APPLYING = "applying", _("正在写入")
    APPLIED = "applied", _("已导入")
    UNDONE = "undone", _("已撤销")
    REFUSED = "refused", _("不能读取")


class LineOutcome(models.TextChoices):
    NEW = "new", _("新增")
    CHANGED = "changed", _("有变化")
    UNCHANGED = "unchanged", _("无变化")
    WRONG = "wrong", _("有错误")

"""Who may do what in evaluations: role × scope × action, each answer with the reason that the page shows."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from evaluations.enums import AppraisalSheet, InquiryState, NominationState, PollSheet, PollState, RoundState
from units.enums import READS_SUBTREE, Role

UNIT_DEPTH = 2  # directly under the root


# Awards ---------------------------------------------------------------------------------------
def can_run_awards(user, organization):
    """Rounds, quotas, the check, the selection and the decision belong to the campaign office."""
    if organization is not None and user.has_role_over(organization, Role.OFFICE):
        return ALLOWED
    return denied(_("评选表彰由领导小组办公室组织。"))


def can_change_round(user, round):
    if round.state == RoundState.DECIDED:
        return denied(_("决定已经登记，这一批不能再改。"))
    return can_run_awards(user, round.campaign.organization)


def can_nominate(user, organization):
    """A branch or committee puts forward from its own subtree; the office, which checks, does not nominate."""
    if user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE):
        return ALLOWED
    return denied(_("推荐由党组织书记或单位党委提出。"))


def can_withdraw_nomination(user, nomination):
    if nomination.state != NominationState.SUBMITTED or nomination.round.state != RoundState.OPEN:
        return denied(_("推荐结束以后不能撤回。"))
    return can_nominate(user, nomination.nominating_organization)


def can_check_nomination(user, nomination):
    """The office, in its phase; never whoever proposed or is proposed."""
    verdict = can_run_awards(user, nomination.round.campaign.organization)
    if not verdict:
        return verdict
    if nomination.round.state != RoundState.CHECKING:
        return denied(_("现在不在资格审核阶段。"))
    if user.is_oneself(account=nomination.nominated_by_id):
        return denied(_("您推荐的人选要由别人审核。"))
    if user.is_oneself(member=nomination.member_id):
        return denied(_("推荐的是您本人，要由别人审核。"))
    return ALLOWED


def can_export_awards(user, round):
    """The decided list: the office and the leaders of the whole."""
    if round.state != RoundState.DECIDED:
        return denied(_("登记决定以后才能导出名单。"))
    if user.has_role_over(round.campaign.organization, Role.OFFICE, Role.LEADER):
        return ALLOWED
    return denied(_("名单由领导小组办公室导出。"))


# Coverage -------------------------------------------------------------------------------------
def can_see_coverage(user):
    """Those who look over several organisations: leaders, the office, committees and inspectors, each in their scope."""
    grant = user.main_grant
    if grant and grant.role in (Role.LEADER, Role.OFFICE, Role.COMMITTEE, Role.INSPECTOR):
        return ALLOWED
    return denied(_("覆盖情况给领导、单位党委和领导小组办公室看。"))


def can_ask(user, organization):
    """Leaders, the office and committees ask those below; nobody asks the organisation one speaks for."""
    asks = any(
        grant.role in (Role.LEADER, Role.OFFICE, Role.COMMITTEE) and grant.covers(organization)
        and grant.organization_id != organization.pk
        for grant in user.current_grants
    )
    if asks and not user.speaks_for(organization):
        return ALLOWED
    return denied(_("询问由领导、领导小组办公室和上级党委向下级提出。"))


def can_answer_inquiry(user, inquiry):
    if inquiry.state == InquiryState.ANSWERED:
        return denied(_("已经答复过了。"))
    if user.speaks_for(inquiry.organization):
        return ALLOWED
    return denied(_("由%(name)s的书记或党委答复。") % {"name": inquiry.organization})


def can_urge(user, inquiry, *, at):
    """Only after a question that got no answer for three days, and once."""
    if inquiry.state != InquiryState.ASKED:
        return denied(_("已经督促或答复过了。"))
    if not inquiry.may_be_urged(at=at):
        return denied(_("问过三天还没有答复的，才能督促。"))
    return can_ask(user, inquiry.organization)


# Appraisals -----------------------------------------------------------------------------------
def can_type_appraisal(user, organization):
    """From the paper tally: the secretary or committee of the organisation or above it, or the office."""
    if user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("评议票数由书记、单位党委或办公室录入。"))


def can_correct_appraisal(user, appraisal):
    if not appraisal.stands:
        return denied(_("这份评议已经撤回。"))
    if appraisal.poll_id:
        return denied(_("不记名测评的结果由系统计票，公布以后不再更改。"))
    if not appraisal.confirmed_at and appraisal.recorded_by_id != user.pk:
        return denied(_("两个人录完以前，由先录的同志更正。"))
    return can_type_appraisal(user, appraisal.organization)


def can_withdraw_appraisal(user, appraisal):
    """Whoever could have typed it, also before the second typing: taking back shows no number."""
    if not appraisal.stands:
        return denied(_("这份评议已经撤回。"))
    if appraisal.poll_id:
        return denied(_("不记名测评的结果由系统计票，公布以后不再更改。"))
    return can_type_appraisal(user, appraisal.organization)


def can_read_counts(user, appraisal):
    """Until two persons typed the same, only the first one sees numbers: the second types from the paper, not from the page."""
    if appraisal.confirmed_at or not appraisal.stands or appraisal.recorded_by_id == user.pk:
        return ALLOWED
    return denied(_("两个人分别录完、核对一致以后才显示结果。"))


def can_confirm_appraisal(user, appraisal):
    """A second person who could have typed it, or an inspector, types it again or settles what differs."""
    if not appraisal.stands:
        return denied(_("这份评议已经撤回。"))
    if appraisal.confirmed_at:
        return denied(_("已经核对过。"))
    if appraisal.recorded_by_id == user.pk:
        return denied(_("录入和核对要由两个人完成，请另一位同志核对。"))
    if user.has_role_over(appraisal.organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE, Role.INSPECTOR):
        return ALLOWED
    return denied(_("票数由书记、单位党委、办公室或督查员核对。"))


def types_appraisals(user):
    """Whether the user types counts for any organisation; for which, `can_type_appraisal` says."""
    if user.has_role(Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("评议票数由书记、单位党委或办公室录入。"))


def can_continue_appraisal(user, appraisal):
    """The typist goes on with the next members until somebody confirmed the sheet."""
    if not appraisal.stands or appraisal.confirmed_at or appraisal.sheet != AppraisalSheet.MEMBER:
        return denied(_("已经核对过。"))
    if appraisal.recorded_by_id != user.pk:
        return denied(_("由录入的同志接着录。"))
    return can_type_appraisal(user, appraisal.organization)


# Polls ----------------------------------------------------------------------------------------
def can_hold_poll(user, organization):
    """The secretary or committee of the organisation or above it, or the office."""
    if user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("不记名测评由书记、单位党委或办公室组织。"))


def can_settle_grades(user, poll):
    """The branch settles its own members' yearly grades, from a released count; nobody below the role that holds polls."""
    if poll.sheet != PollSheet.YEARLY or poll.state != PollState.RELEASED:
        return denied(_("民主评议的结果公布以后才能评定等次。"))
    return can_hold_poll(user, poll.organization)


def can_see_polls(user):
    """Those who hold polls, and who reads the results of a scope; members vote with a slip and see the published list."""
    if user.has_role(Role.SECRETARY, Role.COMMITTEE, Role.OFFICE, Role.LEADER, Role.INSPECTOR):
        return ALLOWED
    return denied(_("测评的情况由书记、单位党委、办公室、领导和督查员查看。"))


def can_export_poll(user, poll):
    """Whoever sees a released result may take it away; each export is on record."""
    if poll.state != PollState.RELEASED:
        return denied(_("结果公布以后才能导出。"))
    return can_see_polls(user)


def holds_polls(user):
    """Whether the user holds polls anywhere; where, `can_hold_poll` says."""
    if user.has_role(Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("不记名测评由书记、单位党委或办公室组织。"))


# Assessors' marks -----------------------------------------------------------------------------
def assesses(user):
    """Whether the user fills in assessment sheets at all; about whom, `can_mark` says."""
    if user.has_role(Role.OFFICE, Role.COMMITTEE):
        return ALLOWED
    return denied(_("考评由领导小组办公室或单位党委打分。"))


def can_mark(user, organization, member=None):
    """The office or a committee above; nobody who belongs to the assessed organisation, and never oneself."""
    if member is not None and user.is_oneself(member=member.pk):
        return denied(_("不能给自己打分。"))
    if member is None and (
        user.speaks_for(organization) or user.speaks_otherwise_for(organization) or _belongs_to(user, organization)
    ):
        return denied(_("不能给本单位打分。"))
    if user.has_role_over(organization, Role.OFFICE, Role.COMMITTEE):
        return ALLOWED
    return denied(_("考评由领导小组办公室或单位党委打分。"))


def _belongs_to(user, organization):
    return user.member_id is not None and user.member.organization_id == organization.pk


def can_change_marking(user, marking):
    """Its assessor corrects a sheet, or the office."""
    if not marking.stands:
        return denied(_("这份考评已经撤回。"))
    if user.pk != marking.assessor_id and not user.has_role_over(marking.organization, Role.OFFICE):
        return denied(_("考评由打分人或领导小组办公室更正。"))
    return can_mark(user, marking.organization, marking.member)


# Rules ----------------------------------------------------------------------------------------
def can_edit_rules(user, campaign):
    """Indicators, sheets, gates and bands are the office's."""
    if campaign is not None and user.has_role_over(campaign.organization, Role.OFFICE):
        return ALLOWED
    return denied(_("条件与指标由领导小组办公室修订。"))


def can_refine(user, organization):
    """A unit makes the common indicators concrete for its own subtree; the office may do it for a unit."""
    if organization.is_root:
        return denied(_("共同指标由领导小组办公室直接修订，不用细化。"))
    if user.has_role_over(organization, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    if organization.depth == UNIT_DEPTH and organization.is_leaf and user.has_role_over(organization, Role.SECRETARY):
        return ALLOWED  # a unit that is itself a branch
    return denied(_("指标由单位党委细化，没有党委的单位由书记细化；领导小组办公室也可以代办。"))


# Scores ---------------------------------------------------------------------------------------
def can_score(user, campaign):
    """Ask for a run, and choose which one the pages show."""
    if campaign is not None and user.has_role_over(campaign.organization, Role.OFFICE):
        return ALLOWED
    return denied(_("计分由领导小组办公室进行。"))


def can_see_runs(user):
    """Those who read a subtree; what they see of a run is cut to it."""
    if user.reading_paths():
        return ALLOWED
    return denied(_("计分结果给书记、单位党委、领导和领导小组办公室看；党员看自己的得分。"))


def can_see_scores(user, organization):
    """The score of an organisation: those who read it."""
    if user.has_role_over(organization, *READS_SUBTREE):
        return ALLOWED
    return denied(_("党组织的得分由书记和上级查看。"))

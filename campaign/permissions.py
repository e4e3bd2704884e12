"""Who may do what in the campaign: role × scope × action, each answer with the reason that the page shows."""
from django.utils.translation import gettext_lazy as _

from campaign.domain import phase_permissions
from campaign.enums import (
    RECTIFICATION_ENDED,
    CampaignState,
    DesignationState,
    RectificationState,
    ReleaseState,
)
from config.kit import clock
from config.kit.verdict import ALLOWED, denied
from units.enums import Role


# The dates of the campaign --------------------------------------------------------------------
def in_time(campaign, work):
    """Whether the campaign's dated permissions let this work be done today; a no names the phase and its days."""
    return phase_permissions.in_time(campaign, work, on=clock.today())


# Activities -----------------------------------------------------------------------------------
WRITES_ACTIVITIES = (Role.SECRETARY, Role.COMMITTEE, Role.OFFICE)


def can_log_activity(user, organization):
    """The secretary for the own branch, a committee and the office for those below them too, under their own names."""
    if user.has_role_over(organization, *WRITES_ACTIVITIES):
        return ALLOWED
    return denied(_("活动由本支部书记记，上级党委和领导小组办公室可以代记。"))


def can_correct_activity(user, activity):
    """Correct or withdraw: whoever may log for the organisation, while the activity stands."""
    if not activity.stands:
        return denied(_("这条活动已经撤回，不能再更正。"))
    if user.has_role_over(activity.organization, *WRITES_ACTIVITIES):
        return ALLOWED
    return denied(_("活动由本支部书记更正，上级党委和领导小组办公室可以代办。"))


def can_confirm_part(user, part):
    """The partner's numbers: whoever may log for it, until they are confirmed."""
    if not part.activity.stands:
        return denied(_("这条活动已经改过或撤回。"))
    if part.confirmed_at:
        return denied(_("人数已经确认。"))
    if user.has_role_over(part.organization, *WRITES_ACTIVITIES):
        return ALLOWED
    return denied(_("人数由参加的支部书记确认，上级党委和领导小组办公室可以代办。"))


def can_manage_kinds(user):
    """Kinds are the same for the whole installation, so the office at its top sets them."""
    if any(grant.role == Role.OFFICE and grant.organization.is_root for grant in user.current_grants):
        return ALLOWED
    return denied(_("活动类型由最上级的领导小组办公室设置。"))


# Designations ---------------------------------------------------------------------------------
def can_apply_for_designation(user, organization):
    """A member for the own post, the secretary for posts and windows of the branch."""
    if user.speaks_for(organization) or user.member_id and user.has_role_over(organization, Role.MEMBER):
        return ALLOWED
    return denied(_("由支部书记或党员本人申报。"))


def can_endorse_designation(user, designation):
    """The branch, or the committee above it; never whoever applied."""
    if designation.state != DesignationState.APPLIED:
        return denied(_("它现在不在等支部审的状态。"))
    if user.is_oneself(account=designation.applied_by_id):
        return denied(_("自己申报的由别人审。"))
    if user.has_role_over(designation.organization, Role.SECRETARY, Role.COMMITTEE):
        return ALLOWED
    return denied(_("由支部书记或上级党委审。"))


def can_award_designation(user, designation):
    if designation.state != DesignationState.ENDORSED:
        return denied(_("支部同意以后才能授牌。"))
    if user.has_role_over(designation.organization, Role.OFFICE):
        return denied(_("本支部申报的由别人授牌。")) if user.speaks_otherwise_for(designation.organization) else ALLOWED
    return denied(_("由领导小组办公室授牌。"))


def can_return_designation(user, designation):
    """Whoever would take the next step."""
    if designation.state == DesignationState.APPLIED:
        return can_endorse_designation(user, designation)
    return can_award_designation(user, designation)


def can_look_at_designation(user, designation):
    """The yearly look, and what may follow from it."""
    if designation.state != DesignationState.AWARDED:
        return denied(_("它现在不在授牌状态。"))
    if user.has_role_over(designation.organization, Role.OFFICE):
        return ALLOWED
    return denied(_("由领导小组办公室再看和撤牌。"))


# The campaign frame ---------------------------------------------------------------------------
def can_edit_campaign(user, campaign):
    if user.has_role_over(campaign.organization, Role.OFFICE):
        return ALLOWED
    return denied(_("活动方案由领导小组办公室修改。"))


def can_set_up_campaign(user, organization):
    """A new campaign of the root organisation."""
    if organization.is_root and user.has_role_over(organization, Role.OFFICE):
        return ALLOWED
    return denied(_("新的活动由领导小组办公室建立。"))


def can_carry_over(user, campaign):
    """Let what an earlier campaign left open go on in this one."""
    if not user.has_role_over(campaign.organization, Role.OFFICE):
        return denied(_("结转由领导小组办公室办。"))
    if campaign.state != CampaignState.OPEN:
        return denied(_("活动开始以后才能结转。"))
    return ALLOWED


def goes_on_elsewhere(row):
    """A row that was carried on is left alone."""
    return denied(_("已经结转到“%(title)s”，请在那里办。") % {"title": row.successor.campaign})


# Rectification --------------------------------------------------------------------------------
def can_raise_rectification(user, organization=None):
    """By hand: the office or a committee, for an organisation of the scope (any, when none is named)."""
    roles = (Role.OFFICE, Role.COMMITTEE)
    if user.has_role_over(organization, *roles) if organization else user.has_role(*roles):
        return ALLOWED
    return denied(_("整改由领导小组办公室或单位党委登记，点评里的问题会自动立项。"))


def can_report_rectification(user, item):
    if item.state != RectificationState.OPEN:
        return denied(_("已经报过完成。"))
    if item.successor:
        return goes_on_elsewhere(item)
    if user.speaks_for(item.organization) or user.member_id and user.member_id == item.owner_id:
        return ALLOWED
    return denied(_("由责任人或本单位书记报完成。"))


def checks_rectification(user, item):
    """Whoever closes, gives back or opens again: the one named or the office; with nobody named, the level above."""
    if user.is_oneself(account=item.reported_by_id, member=item.owner_id):
        return denied(_("责任人和报完成的人不能验收。"))
    if user.speaks_otherwise_for(item.organization):
        return denied(_("本单位的整改由别人验收。"))
    if user.has_role_over(item.organization, Role.OFFICE):
        return ALLOWED
    if item.verifier_id:
        if user.pk == item.verifier_id:
            return ALLOWED
        return denied(_("由%(name)s或领导小组办公室验收。") % {"name": item.verifier.display_name})
    if user.leads_above(item.organization) or user.has_role_over(item.organization, Role.INSPECTOR):
        return ALLOWED
    return denied(_("由上级党组织验收。"))


def can_verify_rectification(user, item):
    if item.state != RectificationState.REPORTED:
        return denied(_("报完成以后才能验收。"))
    if item.successor:
        return goes_on_elsewhere(item)
    return checks_rectification(user, item)


def can_call_off_rectification(user, item):
    """Whoever would verify it may also say that it was raised for nothing."""
    if item.state in RECTIFICATION_ENDED:
        return denied(_("已经办结的不用撤销。"))
    return checks_rectification(user, item)


def can_reopen_rectification(user, item):
    if item.state != RectificationState.VERIFIED:
        return denied(_("没有销号的不用重新打开。"))
    return checks_rectification(user, item)


# What is shown: role models, exhibits, papers, bulletins -------------------------------------
def can_write_release(user, organization):
    if user.speaks_for(organization) or user.has_role_over(organization, Role.OFFICE):
        return ALLOWED
    return denied(_("由本单位书记、党委或领导小组办公室填写。"))


def can_change_release(user, release):
    if not release.is_editable:
        return denied(_("已经提交或发布，文字不能再改。"))
    return can_write_release(user, release.organization)


def can_publish_release(user, release):
    """The office publishes or gives back, and never what the same person wrote."""
    if not user.has_role_over(release.organization, Role.OFFICE):
        return denied(_("由领导小组办公室发布。"))
    if release.state != ReleaseState.SUBMITTED:
        return denied(_("现在不在待审状态。"))
    if user.is_oneself(account=release.created_by_id):
        return denied(_("自己写的由别人审。"))
    return ALLOWED


def can_take_down_release(user, release):
    if release.state == ReleaseState.WITHDRAWN:
        return denied(_("已经撤下。"))
    return can_write_release(user, release.organization)


def can_renew_release(user, release):
    """Shown longer by the unit, which asks the person again, or by the office."""
    if release.state != ReleaseState.PUBLISHED:
        return denied(_("没有发布的不用延长。"))
    if release.expires_on is None:
        return denied(_("没有写“展示到”，一直展示，不用延长。"))
    return can_write_release(user, release.organization)


def can_write_bulletin(user, organization):
    if user.has_role_over(organization, Role.OFFICE):
        return ALLOWED
    return denied(_("简报由领导小组办公室编。"))


def can_change_bulletin(user, bulletin):
    if not bulletin.is_editable:
        return denied(_("这一期已经发布，不能再改。"))
    return can_write_bulletin(user, bulletin.organization)


def can_take_down_bulletin(user, bulletin):
    if bulletin.state == ReleaseState.WITHDRAWN:
        return denied(_("已经撤下。"))
    return can_write_bulletin(user, bulletin.organization)

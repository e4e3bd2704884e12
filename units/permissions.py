"""Who may do what in units: role × scope × action, each a verdict with its reason."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from units.enums import ADMINISTRATORS, DELEGABLE, READS_SUBTREE, OrganizationKind, Role


def can_export_roster(user):
    """Whoever reads the members of some subtree may take their list away; each export is on record."""
    return ALLOWED if user.has_role(*READS_SUBTREE) else denied(_("您没有可以导出名册的范围。"))


def can_export_lists(user):
    """Whoever sees a list may take it away; the list itself decides which rows, and each export is on record."""
    return ALLOWED if user.current_grants else denied(_("您还没有角色，没有可以导出的列表。"))


def can_import(user):
    """The ledgers are about the whole tree, so only the office at its top brings them in."""
    grants = [grant for grant in user.current_grants if grant.role == Role.OFFICE]
    if any(grant.organization.is_root for grant in grants):
        return ALLOWED
    return denied(_("只有最上级的领导小组办公室可以导入台账。"))


# Organisations --------------------------------------------------------------------------------
def can_found_below(user, organization):
    """The office, and a committee below itself."""
    if user.has_role_over(organization, Role.OFFICE, Role.COMMITTEE):
        return ALLOWED
    return denied(_("党组织的成立和变动由领导小组办公室或单位党委办理。"))


def founds(user):
    """Whether the user founds organisations at all; below which, `can_found_below` says."""
    if user.has_role(Role.OFFICE, Role.COMMITTEE):
        return ALLOWED
    return denied(_("党组织的成立和变动由领导小组办公室或单位党委办理。"))


def can_reorganize(user, organization):
    """Rename, move, merge, dissolve: the office, and a committee what is below it, never itself."""
    if user.has_role_over(organization, Role.OFFICE):
        return ALLOWED
    above = any(
        grant.role == Role.COMMITTEE and grant.covers(organization) and grant.organization_id != organization.pk
        for grant in user.current_grants
    )
    return ALLOWED if above else denied(_("党组织的变动由领导小组办公室或上级党委办理。"))


def can_read_hints(user):
    """Whoever reads some subtree as a level above branches."""
    if user.has_role(Role.OFFICE, Role.COMMITTEE, Role.LEADER, Role.INSPECTOR):
        return ALLOWED
    return denied(_("规模提示给领导小组办公室、单位党委和领导看。"))


# Leadership -----------------------------------------------------------------------------------
def can_read_leadership(user, organization):
    """Whoever reads the subtree reads who leads it."""
    if user.has_role_over(organization, *READS_SUBTREE):
        return ALLOWED
    return denied(_("领导小组和分工由书记和上级党组织查看。"))


def can_arrange_leadership(user, organization):
    """The office; a committee its own unit's leading group and what is below."""
    if organization.dissolved_on:
        return denied(_("已经撤销的党组织不再登记领导小组。"))
    if user.has_role_over(organization, Role.OFFICE, Role.COMMITTEE):
        return ALLOWED
    return denied(_("领导小组和分工由领导小组办公室或单位党委登记。"))


def can_arrange_posts(user, organization):
    """A branch elects, the level above approves and writes it down."""
    if user.has_role_over(organization, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("任职和离任由单位党委或领导小组办公室登记。"))


def can_give_post(user, member):
    """Posts of a member's own organisation and those above it; never one's own."""
    if user.is_oneself(member=member.pk):
        return denied(_("自己的任职由别人登记。"))
    if not member.is_present:
        return denied(_("已经离开的党员不能任职。"))
    return can_arrange_posts(user, member.organization)


def can_end_post(user, post):
    if user.is_oneself(member=post.member_id):
        return denied(_("自己的离任由别人登记。"))
    return can_arrange_posts(user, post.organization)


def can_read_handover(user, handover):
    """Both persons, and those who answer for the organisation or stand above it."""
    if user.member_id and user.member_id in (handover.outgoing_id, handover.incoming_id):
        return ALLOWED
    if user.has_role_over(handover.organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("交接单由移交人、接收人和上级党组织查看。"))


def can_receive_handover(user, handover):
    """The incoming secretary in person."""
    if not handover.is_waiting:
        return denied(_("这份交接单已经接收，或有了新的一份。"))
    return ALLOWED if user.member_id == handover.incoming_id else denied(_("交接单由接收人本人确认。"))


# Members --------------------------------------------------------------------------------------
def can_read_members(user, organization):
    """The list of members: whoever reads the subtree; a plain member knows the own page only."""
    if user.has_role_over(organization, *READS_SUBTREE):
        return ALLOWED
    return denied(_("党员名册由书记和上级党组织查看。"))


def can_correct_member(user, member):
    """Contact and administrative post; everything else comes with the ledger."""
    if user.has_role_over(member.organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("联系电话和行政职务由书记、单位党委或领导小组办公室更正。"))


def can_admit(user, organization):
    """Who comes and goes is written down by those who lead the branch, or act above it."""
    if user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("党员进出由书记、单位党委或领导小组办公室登记。"))


def can_keep_standing(user, member):
    """Probation, transfers, departures and exemptions of a member; never one's own."""
    if user.is_oneself(member=member.pk):
        return denied(_("自己的转正、转接和离开由别人登记。"))
    return can_admit(user, member.organization)


def can_reveal_id(user, member):
    """The full ID number: those who keep the roster, each time with a reason that stays in the history."""
    if user.has_role_over(member.organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("完整的证件号码由书记、单位党委和领导小组办公室办事时查看。"))


def can_keep_honours(user, member):
    """Honours and sanctions come with documents of the levels above a branch; never one's own."""
    if user.is_oneself(member=member.pk):
        return denied(_("自己的荣誉和处分由别人登记。"))
    if user.has_role_over(member.organization, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("荣誉和处分由单位党委或领导小组办公室登记。"))


def can_see_transfers(user):
    if user.has_role(Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("组织关系转接由书记、单位党委和领导小组办公室办理。"))


def can_answer_transfer(user, transfer):
    """The receiving side, by somebody other than the proposer and the member."""
    if not transfer.is_waiting:
        return denied(_("这条转接已经办完。"))
    if not user.has_role_over(transfer.receiver, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return denied(_("等%(receiver)s接收。") % {"receiver": transfer.receiver})
    if user.is_oneself(account=transfer.proposed_by_id, member=transfer.member_id):
        return denied(_("您提出的转接要由接收的一方答复。"))
    return ALLOWED


def can_withdraw_transfer(user, transfer):
    if not transfer.is_waiting:
        return denied(_("这条转接已经办完。"))
    if transfer.proposed_by_id == user.pk or user.has_role_over(transfer.sender, Role.SECRETARY, Role.COMMITTEE):
        return ALLOWED
    return denied(_("转接由提出的一方撤回。"))


# Party groups ---------------------------------------------------------------------------------
def can_arrange_groups(user, branch):
    """The branch's secretary, and whoever acts above."""
    if user.has_role_over(branch, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("党小组由支部书记安排。"))


def can_found_group(user, branch):
    """A new one, inside a branch that exists."""
    if branch.kind != OrganizationKind.BRANCH or branch.dissolved_on:
        return denied(_("党小组设在党支部里面。"))
    return can_arrange_groups(user, branch)


# Linked bodies --------------------------------------------------------------------------------
def can_arrange_bodies(user, organization):
    """The organisation leads its trade union, league and women's body, so its secretary writes down what they are."""
    if organization.dissolved_on:
        return denied(_("已经撤销的党组织不再登记群团组织。"))
    if user.has_role_over(organization, Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return ALLOWED
    return denied(_("群团组织由书记、单位党委或领导小组办公室登记。"))


# The three administrators ---------------------------------------------------------------------
def can_manage_accounts(user):
    return ALLOWED if user.has_role(Role.SYSTEM) else denied(_("账号由系统管理员管理。"))


def needs_second_factor(user):
    """The three administrators, and the office at the top, which registers decisions on awards (4-trust §3)."""
    return any(
        grant.role in ADMINISTRATORS or grant.role == Role.OFFICE and grant.organization.is_root
        for grant in user.current_grants
    )


def can_manage_roles(user):
    return ALLOWED if user.has_role(Role.SECURITY) else denied(_("角色由安全管理员管理。"))


def can_see_delegations(user):
    """Those given and received, and below the committee and office; all for the security administrator."""
    if user.has_role(Role.SYSTEM, Role.AUDIT):
        return denied(_("委托由安全管理员查看。"))
    return ALLOWED


def can_delegate(user, grant):
    """One's own role of secretary, committee or office; what was delegated goes no further."""
    if grant.user_id != user.pk or grant.role not in DELEGABLE:
        return denied(_("只能委托自己的书记、党委或办公室角色。"))
    if grant.delegated_from_id:
        return denied(_("代来的角色不能再委托别人。"))
    return ALLOWED


def can_end_delegation(user, grant, *, on):
    """Whoever gave it, and the security administrator, while it lasts."""
    if grant.revoked_at or grant.ends_on < on:
        return denied(_("这个委托已经结束。"))
    gave_it = user.pk == grant.granted_by_id and not user.acting_for and user.has_role(*DELEGABLE)
    if gave_it or user.has_role(Role.SECURITY):
        return ALLOWED
    return denied(_("委托由委托人或安全管理员收回。"))


def can_read_history(user):
    return ALLOWED if user.has_role(Role.AUDIT) else denied(_("日志由审计员查看。"))

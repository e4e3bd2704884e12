"""Who may do what with organisations, members, accounts and the log: the rows of this app in the permission table."""
from django.utils.translation import gettext_lazy as _

from units.permission_table import BELOW, HERE, OWN, SELF, SUBTREE, public, right, subject

ARRANGES = {"committee": SUBTREE, "office": SUBTREE}
KEEPS = {"secretary": SUBTREE, **ARRANGES}
READS_MEMBERS = {"readers": SUBTREE}
KNOWS_MEMBERS = {"readers": SUBTREE | SELF, "member": SELF}

SIGNING_IN = subject(
    _("登录和页面本身"),
    public(_("登录、重新登录、退出"), "login login_again logout large_type health"),
    right(_("改自己的密码，设自己的第二步验证"), "password_change second_factor second_factor_own second_factor_codes", all=HERE),
    right(_("换一个自己的角色"), "role_switch", all=SELF),
    right(_("帮助、单键开关、接着提交"), "help quiet_keys send_again", all=HERE),
    right(_("样式页（只在调试时有）"), "styleguide"),
)
ORGANIZATIONS = subject(
    _("党组织"),
    right(_("看沿革"), "organization_course", everybody=SUBTREE),
    right(_("看规模提示"), "organization_hints", committee=HERE, office=HERE, leader=HERE, inspector=HERE),
    right(_("成立下级"), "organization_found", **ARRANGES),
    right(
        _("更名、改隶属、合并、撤销"), "organization_rename organization_move organization_merge organization_dissolve",
        committee=BELOW, office=SUBTREE,
    ),
    right(_("看领导小组和分工、班子"), "leadership post_list", readers=SUBTREE),
    right(_("登记领导小组和分工"), "leadership_appoint leadership_end charge_edit", **ARRANGES),
    everybody=SUBTREE,
)
GROUPS = subject(
    _("党小组"),
    right(_("看"), "party_group_list", **READS_MEMBERS),
    right(_("设立"), "party_group_new", **KEEPS),
    everybody=SUBTREE,
)
GROUP = subject(_("一个党小组"), right(_("调整、撤销"), "party_group_edit party_group_dissolve", **KEEPS), **READS_MEMBERS)
ROSTER = subject(
    _("党员名册"),
    right(_("看名册"), "organization_members", **READS_MEMBERS),
    right(_("吸收、系统外转入、从 Excel 贴"), "member_admit member_receive member_paste", **KEEPS),
    everybody=SUBTREE,
)
MEMBERS = subject(
    _("党员"),
    right(_("更正电话和行政职务"), "member_edit", secretary=SUBTREE | SELF, **ARRANGES),
    right(_("看完整证件号码"), "member_id_number", secretary=SUBTREE | SELF, **ARRANGES),
    right(
        _("转正、可不参加、离开、转接"),
        "member_probation member_exemption member_exemption_end member_leave member_take_back member_transfer", **KEEPS,
    ),
    right(_("任职、荣誉、处分"), "member_post member_honour member_sanction honour_take_back", **ARRANGES),
    **KNOWS_MEMBERS,
)
POSTS = subject(_("任职"), right(_("登记离任"), "post_leave", **ARRANGES), readers=SUBTREE | SELF, member=SUBTREE | SELF)
SANCTIONS = subject(
    _("处分"), right(_("撤销登记"), "sanction_take_back", **ARRANGES),
    secretary=SUBTREE | SELF, member=SELF, **ARRANGES,
)
TRANSFERS = subject(
    _("组织关系转接"),
    right(_("看"), "transfer_list transfer_detail", **KEEPS),
    right(_("接收、不接收"), "transfer_accept transfer_decline", **KEEPS),
    right(_("撤回"), "transfer_withdraw", secretary=SUBTREE, committee=SUBTREE),
    **READS_MEMBERS,
)
BODIES = subject(
    _("群团组织"),
    right(_("看"), "linked_body_list body_honour_list", **READS_MEMBERS),
    right(_("登记"), "linked_body_new", **KEEPS),
    everybody=SUBTREE,
)
BODY = subject(
    _("一个群团组织"),
    right(_("更改、登记荣誉"), "linked_body_edit linked_body_end body_honour_new body_honour_take_back", **KEEPS),
    **READS_MEMBERS,
)
LEDGERS = subject(
    _("导入台账"),
    right(
        _("导入、确认、撤销"),
        "import_list import_new import_template import_detail import_answer import_confirm import_undo import_wrong_rows "
        "import_back",
        at_top=True, office=OWN,
    ),
    office=HERE,
)
EXPORTS = subject(
    _("导出"),
    right(_("看自己导出的"), "export_list export_detail export_download", everybody=SELF),
    right(_("导出名册"), "export_new", **READS_MEMBERS),
    right(_("导出看得到的列表"), "list_export", all=HERE),
    everybody=SELF,
)
ACCOUNTS = subject(
    _("账号"),
    right(
        _("开账号、停用、重设密码"),
        "account_list account_new account_secretaries account_reset account_link account_disable account_enable "
        "account_second_factor", system=HERE,
    ),
    system=HERE,
)
ROLES = subject(
    _("角色"),
    right(_("授予、撤销，看权限表"), "role_list role_grant role_secretaries role_revoke permission_table", security=HERE),
    security=HERE,
)
DELEGATIONS = subject(
    _("委托"),
    right(_("看自己的、下级的"), "delegation_list", everybody=HERE, security=HERE), everybody=HERE, security=HERE,
)
OWN_ROLES = subject(
    _("自己的角色"), right(_("委托别人代理"), "delegation_new", secretary=SELF, committee=SELF, office=SELF), everybody=SELF,
)
DELEGATION = subject(
    _("一项委托"),
    right(_("收回（本人指自己委托的）"), "delegation_end", secretary=SELF, committee=SELF, office=SELF, security=HERE | SELF),
    everybody=SELF, committee=SUBTREE | SELF, office=SUBTREE | SELF, security=HERE | SELF,
)
LOG = subject(_("日志"), right(_("查、核对"), "history_list history_check", audit=HERE), audit=HERE)

ROWS = (
    ORGANIZATIONS, GROUPS, GROUP, ROSTER, MEMBERS, POSTS, SANCTIONS, TRANSFERS, BODIES, BODY, LEDGERS, EXPORTS, ACCOUNTS,
    ROLES, DELEGATIONS, OWN_ROLES, DELEGATION, LOG, SIGNING_IN,
)

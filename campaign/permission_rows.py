"""Who may do what in the campaign: the rows of this app in the permission table."""
from django.utils.translation import gettext_lazy as _

from units.permission_table import (
    ABOVE,
    BELOW,
    EVERYWHERE,
    HERE,
    OWN,
    SELF,
    SUBTREE,
    public,
    right,
    subject,
)

LOGS = {"secretary": SUBTREE, "committee": SUBTREE, "office": SUBTREE}
LEADS = {"secretary": SUBTREE, "committee": SUBTREE}
JUDGES = {"committee": BELOW, "office": BELOW}
SPEAKS = {"secretary": OWN, "committee": OWN}
TAKES_PART = {"everybody": OWN | ABOVE}

FRAME = subject(
    _("活动方案"),
    right(_("看进度线和各期活动"), "timeline campaign_list", everybody=HERE),
    right(
        _("改方案、条件、办理时间，开始和结束"),
        "campaign_edit campaign_part campaign_criteria campaign_open campaign_close", at_top=True, office=OWN,
    ),
    right(_("结转上一个活动没有办完的"), "campaign_carry_over carry_over_members", at_top=True, office=OWN),
    **TAKES_PART,
)
ACTIVITIES = subject(
    _("活动"),
    right(_("看、导出列表"), "activity_list activity_calendar activity_export", everybody=HERE),
    right(_("看一条和它的照片、文件"), "activity_detail photo document", everybody=SUBTREE),
    right(_("记"), "activity_new activity_draft", **LOGS),
    right(_("更正、撤回、写照片说明"), "activity_correct activity_withdraw activity_captions", **LOGS),
    right(_("确认联合活动的人数"), "part_confirm", **LOGS),
    everybody=SUBTREE,
)
DRAFTS = subject(_("活动草稿"), right(_("删除"), "activity_draft_delete", everybody=SELF), everybody=SELF)
KINDS = subject(
    _("活动类型"),
    right(
        _("设置"),
        "activity_kind_list activity_kind activity_kind_retire activity_kind_restore kind_field_new kind_field_retire",
        at_top=True, office=OWN,
    ),
    everybody=HERE,
)
DESIGNATIONS = subject(
    _("先锋岗和示范窗口"),
    right(_("看"), "designation_list designation_detail designation_plaque", everybody=SUBTREE),
    right(_("申报"), "designation_new", secretary=OWN, committee=OWN, member=OWN),
    right(_("支部审"), "designation_endorse", **LEADS),
    right(_("授牌、退回、再看、撤牌"), "designation_award designation_return designation_look designation_withdraw",
          office=SUBTREE),
    everybody=SUBTREE,
)
PLANS = subject(
    _("计划与任务"),
    right(_("看、看各版、看支部怎样承接"), "plan_list plan_detail plan_versions task_branches", everybody=SUBTREE),
    right(_("看没有计划的并提醒"), "plan_missing plan_missing_export plan_remind", committee=BELOW, office=BELOW),
    right(_("起草、提交"), "plan_new plan_edit plan_submit", **LEADS),
    right(_("审"), "plan_approve plan_return", **JUDGES),
    right(_("同意以后加任务"), "task_new", committee=SUBTREE, office=SUBTREE),
    right(_("同意以后改任务、删任务"), "task_edit task_remove", **JUDGES),
    right(_("办结任务"), "task_close", **LOGS),
    everybody=SUBTREE,
)
CALENDARS = subject(
    _("日历"),
    right(_("看"), "calendar", everybody=SUBTREE),
    right(_("做和停用自己的订阅地址"), "calendar_feed_new calendar_feed_revoke", everybody=SUBTREE),
    public(_("用订阅地址取"), "calendar_feed"),
    right(_("标忙期、结束忙期"), "busy_period_new busy_period_end", **LEADS),
    everybody=SUBTREE,
)
PROMISES = subject(
    _("公开承诺"),
    right(_("看"), "commitment_list", everybody=HERE),
    right(_("看一条公示了的"), "commitment_detail", everybody=SUBTREE | SELF),
    right(_("看还没有承诺的"), "commitment_missing", readers=SUBTREE),
    right(_("提出"), "commitment_new", secretary=OWN | SELF, committee=OWN, member=SELF),
    right(_("记进展"), "commitment_progress", secretary=OWN | SELF, committee=OWN, member=SELF),
    right(_("集中审"), "commitment_review", secretary=BELOW, committee=BELOW, office=SUBTREE),
    right(_("评定、对外公开"), "commitment_judge commitment_show", secretary=BELOW, committee=BELOW, office=SUBTREE),
    everybody=SUBTREE | SELF,
)
PROMISE_BOARD = subject(
    _("承诺公开栏"),
    public(_("看"), "board"),
    right(_("打印海报"), "board_poster", everybody=SUBTREE),
    everybody=SUBTREE,
)
PROMISES_DRAFTED = subject(
    _("承诺草稿"),
    right(_("改、提交、撤回"), "commitment_edit commitment_submit commitment_withdraw", secretary=OWN | SELF, committee=OWN,
          member=SELF),
    secretary=OWN | SELF, committee=OWN, member=SELF,
)
PROMISES_WAITING = subject(
    _("待审的承诺"),
    right(_("公示、退回"), "commitment_publish commitment_return", secretary=BELOW, committee=BELOW, office=SUBTREE),
    readers=SUBTREE | SELF, member=SELF,
)
INHERITED = subject(
    _("沿用上级计划"), right(_("沿用到自己的计划"), "plan_inherit", **LEADS), everybody=SUBTREE,
)
RECTIFICATION = subject(
    _("整改"),
    right(_("看列表"), "rectification_list", everybody=HERE),
    right(_("看一项"), "rectification_detail", readers=SUBTREE | SELF, member=SELF),
    right(_("登记"), "rectification_new", committee=SUBTREE, office=SUBTREE),
    right(_("记进展、报完成"), "rectification_progress rectification_report", secretary=OWN | SELF, committee=OWN,
          member=SELF),
    right(_("验收、退回、撤销、重新打开"),
          "rectification_verify rectification_send_back rectification_call_off rectification_reopen",
          secretary=BELOW, committee=BELOW, office=SUBTREE, inspector=SUBTREE),
    readers=SUBTREE | SELF, member=SELF,
)


WRITES_FOR_OWN = {"office": OWN, **SPEAKS}


def _shown(word, seen, asked, drafted, waiting):
    """Four subjects of one kind: what is published, whose it may be, what is drafted, what waits."""
    files = " exhibit_photo exhibit_full" if word == "exhibit" else ""
    return (
        subject(
            seen,
            right(_("看"), f"{word}_list {word}_detail{files}", everybody=EVERYWHERE),
            right(_("延长展示"), f"{word}_renew", office=SUBTREE, **SPEAKS),
            everybody=EVERYWHERE,
        ),
        subject(asked, right(_("写"), f"{word}_new", office=SUBTREE, **SPEAKS), everybody=SUBTREE),
        subject(drafted, right(_("改、提交"), f"{word}_edit", **WRITES_FOR_OWN), **WRITES_FOR_OWN),
        subject(
            waiting,
            right(_("发布、退回"), f"{word}_publish {word}_return", office=SUBTREE),
            right(_("撤下"), f"{word}_take_down", office=SUBTREE, **SPEAKS),
            readers=SUBTREE,
        ),
    )


SHOWN = (
    *_shown("role_model", _("典型"), _("推荐典型"), _("典型草稿"), _("提交了的典型")),
    *_shown("exhibit", _("图片展"), _("送照片"), _("照片草稿"), _("提交了的照片")),
    *_shown("paper", _("成果"), _("交成果"), _("成果草稿"), _("提交了的成果")),
)
BULLETINS = subject(
    _("简报"),
    right(_("看"), "bulletin_list bulletin_detail", **TAKES_PART),
    **TAKES_PART,
)
BULLETINS_DRAFTED = subject(
    _("简报草稿"),
    right(_("编、发布、撤下"),
          "bulletin_new bulletin_edit bulletin_choose bulletin_move_entry bulletin_publish bulletin_take_down",
          at_top=True, office=OWN),
    **WRITES_FOR_OWN,
)
SHOWCASE = subject(
    _("对外展示"),
    public(_("看公开的典型、照片和简报"), "showcase showcase_bulletin showcase_photo showcase_item"),
)
OVERSIGHT = subject(
    _("督导"),
    right(_("看列表"), "oversight_list", everybody=HERE),
    right(_("看一条"), "oversight_detail", readers=SUBTREE),
    right(_("记、要求整改"), "oversight_new oversight_follow oversight_papers", committee=SUBTREE, office=SUBTREE, leader=SUBTREE,
          inspector=SUBTREE),
    readers=SUBTREE,
)
SPOT_CHECKS = subject(
    _("随机抽查"),
    right(_("看、重算"), "spot_check_list spot_check_detail spot_check_pool spot_check_again spot_check_program", **TAKES_PART),
    right(_("公布、抽取、作废"), "spot_check_new spot_check_draw spot_check_call_off", at_top=True, office=OWN),
    **TAKES_PART,
)
VISITS = subject(
    _("抽查的检查"),
    right(_("看"), "spot_visit_detail", readers=SUBTREE),
    right(_("加派检查人"), "spot_visit_inspectors", at_top=True, office=SUBTREE),
    right(_("记检查、加照片（检查组成员）"), "spot_visit_record finding_photos", everybody=SELF),
    readers=SUBTREE | SELF, member=SELF,
)
CALENDAR = subject(
    _("节假日安排"),
    right(_("看"), "calendar_day_list", everybody=HERE),
    right(_("登记、删去"), "calendar_day_drop", office=HERE),
    everybody=HERE,
)
MESSAGES = subject(
    _("消息"),
    right(_("看、打开自己的"), "inbox inbox_read inbox_open reminder_choice", all=SELF),
    all=SELF,
)
DELIVERIES = subject(
    _("没有送到的提醒"), right(_("看、再送、了结"), "delivery_list delivery_again delivery_settle", system=HERE), system=HERE,
)
ROWS = (
    FRAME, PLANS, INHERITED, CALENDARS, ACTIVITIES, DRAFTS, KINDS, DESIGNATIONS, PROMISES, PROMISE_BOARD, PROMISES_DRAFTED,
    PROMISES_WAITING, RECTIFICATION, *SHOWN, BULLETINS, BULLETINS_DRAFTED, SHOWCASE, OVERSIGHT, SPOT_CHECKS, VISITS,
    CALENDAR, MESSAGES, DELIVERIES,
)

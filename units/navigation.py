"""What each role finds in the side bar and the phone's bar, and where the counts beside the words come from."""
from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from units.navigation_entries import OWN_MEMBER, OWN_ORGANIZATION, Entry, Group, Page, entry, several

UNITS = entry(_("单位与党员"), "building", "organization_list")
# Short words: four tabs stand side by side on a phone.
UNITS_AND_LEADERSHIP = several(
    _("单位与党员"), "building", (_("单位与党员"), "organization_list"), (_("转接"), "transfer_list"),
    (_("领导分工"), "leadership", OWN_ORGANIZATION), (_("规模提示"), "organization_hints"),
)
UNITS_OF_LEADER = several(
    _("单位与党员"), "building", (_("单位与党员"), "organization_list"),
    (_("领导分工"), "leadership", OWN_ORGANIZATION), (_("规模提示"), "organization_hints"),
)
ACTIVITIES = Entry(
    _("活动"), "journal-text", (Page(_("活动"), "activity_list"), Page(_("先锋岗和示范窗口"), "designation_list"))
)
ASKED = ((_("问卷"), "questionnaire_list"), (_("座谈会"), "symposium_list"))
# Also a secretary's: what was given to the branch is there, beside the first page that asks for it.
APPRAISALS_AND_OPINIONS = several(
    _("评议与意见"), "clipboard-check", (_("评议"), "appraisal_list"), (_("不记名测评"), "poll_list"), *ASKED,
    (_("意见箱"), "opinion_list"),
)
CALENDAR = (_("日历"), "calendar")
TIMELINE = several(_("进度线"), "signpost", (_("进度线"), "timeline"), CALENDAR)
HELP = entry(_("帮助"), "question-circle", "help")
REVIEWS_AND_RECTIFICATION = several(
    _("点评与整改"), "chat-square-text", (_("点评"), "review_list"), (_("点评责任"), "review_duties"),
    (_("整改"), "rectification_list"), (_("抽查"), "spot_check_list"), (_("督导"), "oversight_list"),
)
CHECKS_AND_RECTIFICATION = several(
    _("督导与整改"), "arrow-clockwise", (_("整改"), "rectification_list"), (_("抽查"), "spot_check_list"),
    (_("督导"), "oversight_list"),
)
SHOWN = (
    (_("简报"), "bulletin_list"), (_("典型"), "role_model_list"), (_("图片展"), "exhibit_list"), (_("成果"), "paper_list"),
)
AWARDS_AND_SHOWN = several(_("表彰与展示"), "award", (_("表彰"), "award_list"), *SHOWN)
PLANS = several(_("计划与任务"), "list-check", (_("计划与任务"), "plan_list"), CALENDAR, (_("进度线"), "timeline"))

NAVIGATION = {
    "secretary": (
        Group(
            "",
            (
                entry(_("首页"), "house", "home"),
                entry(_("记活动"), "journal-plus", "activity_new"),
                ACTIVITIES,
                PLANS,
                entry(_("承诺"), "hand-thumbs-up", "commitment_list"),
            ),
        ),
        Group(
            _("支部情况"),
            (
                several(
                    _("支部与党员"),
                    "people",
                    (_("本支部"), "organization_detail", OWN_ORGANIZATION),
                    (_("党员"), "organization_members", OWN_ORGANIZATION),
                    (_("转接"), "transfer_list"),
                    (_("得分"), "organization_score", OWN_ORGANIZATION),
                ),
                REVIEWS_AND_RECTIFICATION,
                APPRAISALS_AND_OPINIONS,
                AWARDS_AND_SHOWN,
            ),
        ),
    ),
    "committee": (
        Group(
            "",
            (
                entry(_("首页"), "house", "home"),
                entry(_("进度与覆盖"), "bar-chart", "dashboard"),
                UNITS_AND_LEADERSHIP,
                ACTIVITIES,
                several(
                    _("计划与承诺"),
                    "list-check",
                    (_("计划与任务"), "plan_list"),
                    (_("承诺"), "commitment_list"),
                    CALENDAR, (_("进度线"), "timeline"),
                ),
            ),
        ),
        Group(
            _("点评评选"),
            (
                REVIEWS_AND_RECTIFICATION,
                APPRAISALS_AND_OPINIONS,
                several(_("得分"), "calculator", (_("得分"), "run_list"), (_("条件与指标"), "criterion_list")),
                AWARDS_AND_SHOWN,
            ),
        ),
    ),
    "leader": (
        Group(
            "",
            (
                entry(_("领导看板"), "bar-chart", "home"),
                UNITS_OF_LEADER,
                ACTIVITIES,
                several(
                    _("我的点评"), "chat-square-text", (_("我的点评"), "review_list"), (_("点评责任"), "review_duties"),
                ),
            ),
        ),
        Group(
            _("掌握情况"),
            (
                APPRAISALS_AND_OPINIONS,
                CHECKS_AND_RECTIFICATION,
                several(_("得分"), "calculator", (_("得分"), "run_list"), (_("条件与指标"), "criterion_list")),
                AWARDS_AND_SHOWN,
            ),
        ),
        Group("", (TIMELINE,)),
    ),
    "office": (
        Group(
            "",
            (
                entry(_("工作台"), "house", "home"),
                several(_("进度与覆盖"), "bar-chart", (_("覆盖情况"), "dashboard"), (_("进度线"), "timeline"), CALENDAR),
                UNITS_AND_LEADERSHIP,
                several(
                    _("计划与活动"),
                    "list-check",
                    (_("计划与任务"), "plan_list"),
                    (_("活动"), "activity_list"),
                    (_("先锋岗和示范窗口"), "designation_list"),
                    (_("承诺"), "commitment_list"),
                ),
            ),
        ),
        Group(
            _("点评评议"),
            (
                REVIEWS_AND_RECTIFICATION,
                several(
                    _("评议与考评"), "clipboard-check", (_("评议"), "appraisal_list"), (_("不记名测评"), "poll_list"),
                    *ASKED, (_("意见箱"), "opinion_list"), (_("考评"), "marking_list"),
                ),
            ),
        ),
        Group(
            _("评选表彰"),
            (
                several(
                    _("条件与计分"),
                    "sliders",
                    (_("计分"), "run_list"),
                    (_("条件与指标"), "criterion_list"),
                    (_("活动方案"), "campaign_list"),
                ),
                AWARDS_AND_SHOWN,
            ),
        ),
        Group(
            _("系统"),
            (several(_("导入导出"), "upload", (_("导入"), "import_list"), (_("导出"), "export_list")),),
        ),
    ),
    "inspector": (
        Group(
            "",
            (
                entry(_("首页"), "house", "home"),
                UNITS,
                ACTIVITIES,
                CHECKS_AND_RECTIFICATION,
                several(_("考评与问卷"), "clipboard-check", (_("考评"), "marking_list"), *ASKED),
                several(_("简报与展示"), "images", *SHOWN),
                TIMELINE,
            ),
        ),
    ),
    "member": (
        Group(
            "",
            (
                entry(_("首页"), "house", "home"),
                several(
                    _("我的承诺"), "hand-thumbs-up", (_("我的承诺"), "commitment_list"),
                    (_("先锋岗和示范窗口"), "designation_list"),
                ),
                entry(_("我的记录"), "person-circle", "member_detail", OWN_MEMBER),
                several(_("典型与简报"), "images", SHOWN[1], SHOWN[2], SHOWN[3], SHOWN[0]),
                TIMELINE,
                HELP,
            ),
        ),
    ),
    "system": (
        Group(
            "",
            (several(_("账号"), "people", (_("账号"), "account_list"), (_("没有发出的提醒"), "delivery_list")), HELP),
        ),
    ),
    "security": (
        Group(
            "",
            (
                several(
                    _("角色"), "shield-lock", (_("角色"), "role_list"), (_("委托"), "delegation_list"),
                    (_("权限表"), "permission_table"),
                ),
                HELP,
            ),
        ),
    ),
    "audit": (Group("", (entry(_("日志"), "clock-history", "history_list"), HELP)),),
}

HOME_TAB = entry(_("首页"), "house", "home")
INBOX_TAB = entry(_("消息"), "bell", "inbox")
UNITS_TAB = entry(_("单位"), "building", "organization_list")
TABS = {
    "secretary": (
        HOME_TAB,
        entry(_("记活动"), "journal-plus", "activity_new"),
        entry(_("任务"), "list-check", "plan_list"),
        INBOX_TAB,
    ),
    "committee": (HOME_TAB, UNITS_TAB, ACTIVITIES, INBOX_TAB),
    "leader": (
        entry(_("看板"), "bar-chart", "home"),
        UNITS_TAB,
        entry(_("点评"), "chat-square-text", "review_list"),
        INBOX_TAB,
    ),
    "office": (
        entry(_("工作台"), "house", "home"),
        entry(_("表彰"), "award", "award_list"),
        UNITS_TAB,
        INBOX_TAB,
    ),
    "inspector": (HOME_TAB, UNITS_TAB, entry(_("整改"), "arrow-clockwise", "rectification_list"), INBOX_TAB),
    "member": (HOME_TAB, entry(_("承诺"), "hand-thumbs-up", "commitment_list"), TIMELINE, INBOX_TAB),
    "system": (entry(_("账号"), "people", "account_list"), INBOX_TAB, HELP),
    "security": (entry(_("角色"), "shield-lock", "role_list"), INBOX_TAB, HELP),
    "audit": (entry(_("日志"), "clock-history", "history_list"), INBOX_TAB, HELP),
}

# Pages the frame itself links to, beside the tables above.
FRAME_PAGES = {"home": "home", "find": "search", "inbox": "inbox", "help": "help", "definitions": "definitions",
               "own": "own_data"}

# Pages whose address lies below no entry: by its first word, the entry that stands for it; the first one a role has.
STANDS_FOR = {
    "appraisals": ("organization_list",),
    "polls": ("organization_list",),
    "awards": ("organization_list",),
    "bodies": ("organization_list", "organization_members"),
    "body-honours": ("organization_list", "organization_members"),
    "commitments": ("organization_list",),
    "coverage": ("dashboard", "home"),
    "dashboard": ("home",),
    "inquiries": ("organization_list",),
    "exports": ("organization_list", "organization_members"),
    "groups": ("organization_list", "organization_members"),
    "handovers": ("organization_list", "organization_members"),
    "honours": ("organization_list", "organization_members"),
    "leadership": ("organization_list",),
    "markings": ("appraisal_list",),
    "members": ("organization_list", "organization_members"),
    "nominations": ("award_list", "organization_list"),
    "opinions": ("appraisal_list", "home"),
    "organizations": ("organization_detail",),
    "plans": ("organization_list",),
    "posts": ("organization_list", "organization_members"),
    "reviews": ("organization_list",),
    "sanctions": ("organization_list", "organization_members"),
    "questions": ("questionnaire_list",),
    "slips": ("poll_list",),
    "spot-checks": ("timeline",),
    "scores": ("run_list", "organization_score", "organization_list", "member_detail"),
    "tasks": ("plan_list",),
}

_badges: dict[str, Callable[[AbstractBaseUser], int]] = {}


def register_badge(url_name, count):
    """Let `count(user)` -> int stand beside every entry that opens `url_name`; "inbox" is the header's bell.

    Called from AppConfig.ready(). `count` runs once per page that shows the side bar, so it must be one cheap query.
    """
    _badges[url_name] = count


def badge(url_name, user):
    """How many things wait for this user behind `url_name`; 0 where nobody counts."""
    return _badges[url_name](user) if url_name in _badges else 0

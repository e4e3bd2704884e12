"""Who may do what in the evaluations: the rows of this app in the permission table."""
from django.utils.translation import gettext_lazy as _

from units.permission_table import (
    ABOVE,
    BELOW,
    HERE,
    OWN,
    SELF,
    SUBTREE,
    public,
    right,
    subject,
)

TYPES = {"secretary": SUBTREE, "committee": SUBTREE, "office": SUBTREE}
READS_WHOLE = {"readers": OWN | ABOVE}
OFFICE_AT_TOP = {"at_top": True, "office": OWN}

OVERVIEW = subject(
    _("首页和概览"),
    right(_("首页、口径说明"), "home definitions", all=HERE),
    right(_("看、下载自己的个人信息"), "own_data own_data_file own_data_workbook", all=HERE),
    right(_("查找"), "search", everybody=HERE),
    right(_("看板、覆盖明细"), "dashboard coverage", committee=HERE, office=HERE, leader=HERE, inspector=HERE),
    right(_("单位列表、一个单位、有什么变化"), "organization_list organization_detail organization_changes", everybody=SUBTREE),
    everybody=SUBTREE,
)
MEMBER_PAGE = subject(
    _("党员的页面"),
    right(_("看"), "member_detail", readers=SUBTREE | SELF, member=SELF),
    readers=SUBTREE | SELF, member=SELF,
)
INQUIRIES = subject(
    _("询问和督促"),
    right(_("看、答复自己单位的"), "inquiry_detail", readers=SUBTREE),
    right(_("督促"), "inquiry_urge", committee=BELOW, office=BELOW, leader=BELOW),
    readers=SUBTREE,
)
ASKED = subject(
    _("询问谁"), right(_("询问"), "inquiry_ask", committee=BELOW, office=BELOW, leader=BELOW), everybody=SUBTREE,
)
HANDOVERS = subject(
    _("书记交接"),
    right(_("看交接单"), "handover_detail", secretary=SUBTREE | SELF, committee=SUBTREE, office=SUBTREE, member=SELF),
    right(_("接收"), "handover_receive", secretary=SELF, member=SELF),
    readers=SUBTREE | SELF, member=SELF,
)
REVIEWS = subject(
    _("点评"),
    right(_("看列表"), "review_list", everybody=HERE),
    right(_("看谁该点评谁"), "review_duties", readers=SUBTREE),
    right(_("看一条"), "review_detail", readers=SUBTREE | SELF, member=SELF),
    right(_("看接下来去的单位"), "review_briefs", secretary=HERE, committee=HERE, office=HERE, leader=HERE),
    right(_("更正、撤回自己写的"), "review_correct review_withdraw review_reply_correct", everybody=SELF),
    right(_("回复"), "review_reply", secretary=OWN | SELF, committee=OWN, member=SELF),
    right(_("通报、停止通报"), "review_circulate review_circulation_end", everybody=SELF, office=SUBTREE | SELF),
    readers=SUBTREE | SELF, member=SELF,
)
REVIEWED = subject(
    _("点评谁"),
    right(_("写点评"), "review_new", secretary=BELOW, committee=BELOW, office=SUBTREE, leader=SUBTREE),
    everybody=SUBTREE | SELF,
)
BRIEFS = subject(
    _("去看谁"),
    right(_("看一页纸"), "review_brief", secretary=BELOW, committee=BELOW, office=SUBTREE, leader=SUBTREE),
    right(_("集中点评"), "review_meeting_new", secretary=SUBTREE, committee=SUBTREE, office=SUBTREE, leader=SUBTREE),
    everybody=SUBTREE,
)
REVIEW_MEETINGS = subject(_("集中点评"), right(_("看"), "review_meeting_detail", readers=SUBTREE), readers=SUBTREE)
APPRAISALS = subject(
    _("评议"),
    right(_("看列表"), "appraisal_list", everybody=HERE),
    right(_("看结果"), "appraisal_detail", readers=SUBTREE),
    right(_("更正、撤回"), "appraisal_correct appraisal_withdraw", **TYPES),
    right(_("复录、核对"), "appraisal_confirm appraisal_settle", inspector=SUBTREE, **TYPES),
    right(_("接着录自己录的"), "appraisal_continue", secretary=SELF, committee=SELF, office=SELF),
    readers=SUBTREE | SELF,
)
APPRAISED = subject(
    _("评议谁"),
    right(_("录票数"), "appraisal_new", **TYPES),
    right(_("新建测评"), "poll_new", **TYPES),
    everybody=SUBTREE,
)
POLLS = subject(
    _("不记名测评"),
    right(_("看"), "poll_list poll_detail", readers=SUBTREE),
    right(_("开始、打印、结束、计票、公布、作废"),
          "poll_open poll_slips poll_close poll_count poll_release poll_void", **TYPES),
    right(_("导出结果"), "poll_export", readers=SUBTREE),
    right(_("评定等次"), "poll_grades", **TYPES),
    readers=SUBTREE,
)
QUESTIONNAIRES = subject(
    _("问卷"),
    right(_("看"), "questionnaire_list questionnaire_detail questionnaire_questions", readers=SUBTREE),
    right(_("导出结果"), "questionnaire_export", readers=SUBTREE),
    right(_("一题转为整改"), "question_rectify", committee=SUBTREE, office=SUBTREE),
    right(
        _("出题、试填、开始、打印、结束、公布、作废"),
        "questionnaire_edit questionnaire_rehearse questionnaire_end_rehearsal questionnaire_open questionnaire_close "
        "questionnaire_count questionnaire_release questionnaire_void questionnaire_poster questionnaire_slips question_new "
        "question_edit question_move question_remove", **TYPES,
    ),
    readers=SUBTREE,
)
QUESTIONED = subject(_("为谁出问卷"), right(_("新建"), "questionnaire_new", **TYPES), everybody=SUBTREE)
PRINTS = subject(
    _("打印投票码和答题码"),
    right(_("看进度、取文件（本人申请的）"), "slip_print_detail slip_print_fetch", secretary=SELF, committee=SELF, office=SELF),
    everybody=SELF,
)
SYMPOSIUMS = subject(
    _("座谈会"),
    right(_("看列表（党员只列告知过的）"), "symposium_list", everybody=HERE),
    right(_("看一次"), "symposium_detail", readers=SUBTREE),
    right(_("补记、转整改、答复、告知"), "symposium_points symposium_tell point_rectify point_answer", **TYPES),
    public(_("看公开的答复"), "symposium_public"),
    readers=SUBTREE,
)
MET = subject(_("为谁记座谈会"), right(_("记"), "symposium_new", **TYPES), everybody=SUBTREE)
SHEETS = subject(
    _("填问卷（不用登录）"), public(_("填、核对"), "sheet_start sheet_question sheet_cast sheet_open sheet_receipts"),
)
OPINIONS = subject(
    _("意见箱"),
    public(_("提意见、看答复、再写"), "opinion_write opinion_answer opinion_again opinion_how opinion_months"),
    right(_("看列表"), "opinion_list", readers=SELF, office=OWN, leader=OWN),
    right(_("看一件（本人指承办的）"), "opinion_detail", at_top=True, everybody=SELF, office=OWN | SELF, leader=OWN | SELF),
    right(_("看附件、答复（本人指承办的）"), "opinion_attachment opinion_reply", at_top=True, everybody=SELF,
          office=OWN | SELF),
    right(_("转办、办结、转整改和承诺"), "opinion_assign opinion_close opinion_mend opinion_commitment", **OFFICE_AT_TOP),
    right(_("公布月度情况"), "opinion_summary", **OFFICE_AT_TOP),
    everybody=SELF, office=OWN | SELF, leader=OWN | SELF,
)
OPINION_POSTER = subject(_("意见箱海报"), right(_("打印"), "opinion_poster", everybody=SUBTREE), everybody=SUBTREE)
BALLOTS = subject(
    _("投票（凭投票码）"),
    public(_("投票、核对"), "ballot_start ballot_paper ballot_check ballot_cast ballot_how ballot_receipts"),
)
MARKINGS = subject(
    _("考评"),
    right(_("看列表"), "marking_list", everybody=HERE),
    right(_("看一份"), "marking_detail", readers=SUBTREE),
    right(_("更正、撤回"), "marking_correct marking_withdraw", committee=SELF, office=SUBTREE | SELF),
    readers=SUBTREE | SELF,
)
MARKED = subject(
    _("考评谁"), right(_("打分"), "marking_new", committee=BELOW, office=SUBTREE), everybody=SUBTREE | SELF,
)
RULES = subject(
    _("条件与指标"),
    right(_("看"), "criterion_list", everybody=HERE),
    right(_("修订"), "indicator_edit sheet_edit gate_edit band_edit", **OFFICE_AT_TOP),
    everybody=OWN | ABOVE,
)
REFINEMENTS = subject(
    _("细化指标"),
    right(_("看"), "refinement_list", everybody=SUBTREE),
    right(_("细化、取消"), "refinement_edit refinement_end", committee=SUBTREE, office=SUBTREE),
    everybody=SUBTREE,
)
RUNS = subject(
    _("计分"),
    right(_("看各轮"), "run_list run_detail", **READS_WHOLE),
    right(_("开始一轮、换显示的一轮"), "run_new run_publish", **OFFICE_AT_TOP),
    **READS_WHOLE,
)
SCORES = subject(
    _("得分"),
    right(_("看一个得分和依据"), "score_detail score_line", readers=SUBTREE | SELF, member=SELF),
    readers=SUBTREE | SELF, member=SELF,
)
UNIT_SCORES = subject(
    _("单位的得分"), right(_("看、试算"), "organization_score organization_preview", readers=SUBTREE), everybody=SUBTREE,
)
AWARDS = subject(
    _("表彰"),
    right(_("看列表"), "award_list", everybody=HERE),
    right(_("看一批和名额"), "award_detail award_quota", **READS_WHOLE),
    right(_("建、改、开始推荐、审核、定人选、登记决定"),
          "award_new award_edit award_open award_check award_reopen award_select award_decide", **OFFICE_AT_TOP),
    right(_("导出名单"), "award_export", at_top=True, office=OWN, leader=OWN),
    **READS_WHOLE,
)
NOMINATIONS = subject(
    _("推荐"),
    right(_("看"), "nomination_detail", readers=SUBTREE),
    right(_("撤回"), "nomination_withdraw", secretary=SUBTREE, committee=SUBTREE),
    right(_("审核资格、登记处分情况"), "nomination_sanction nomination_pass nomination_refuse", at_top=True, office=SUBTREE),
    readers=SUBTREE,
)
NOMINATING = subject(
    _("推荐谁"), right(_("推荐"), "nomination_new", secretary=SUBTREE, committee=SUBTREE),
    secretary=SUBTREE, committee=SUBTREE,
)
SETTING_UP = subject(_("建新的活动"), right(_("建"), "campaign_new", **OFFICE_AT_TOP))
ROWS = (
    OVERVIEW, MEMBER_PAGE, INQUIRIES, ASKED, HANDOVERS, REVIEWS, REVIEWED, APPRAISALS, APPRAISED, POLLS, QUESTIONNAIRES,
    QUESTIONED, PRINTS, SYMPOSIUMS, MET, SHEETS, OPINIONS, OPINION_POSTER, BALLOTS, MARKINGS, MARKED, RULES, REFINEMENTS, RUNS,
    SCORES, UNIT_SCORES, AWARDS, NOMINATIONS, NOMINATING, SETTING_UP, BRIEFS,
    REVIEW_MEETINGS,
)

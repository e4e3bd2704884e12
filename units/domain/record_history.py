"""The history of single records, read for their own pages in words of the interface."""
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import HistoryEntry

LIMIT = 50
VERBS = {
    "draft": _("起草"), "inherit": _("沿用上级任务"), "remind": _("提醒"), "carry_over": _("结转"), "hand_over": _("移交"),
    "mark_busy": _("标忙期"), "end_busy": _("结束忙期"), "make_feed": _("做日历订阅地址"), "revoke_feed": _("停用日历订阅地址"),
    "add": _("增加"), "change": _("修改"), "correct": _("更正"), "remove": _("删除"),
    "submit": _("提交"), "approve": _("同意"), "return": _("退回"), "publish": _("公示"), "judge": _("评定"),
    "withdraw": _("撤回"), "close": _("办结"), "drop": _("不再做"), "report": _("报完成"), "verify": _("验收销号"),
    "send_back": _("退回"), "reopen": _("重新打开"), "set_up": _("建立"), "open": _("开始"), "found": _("成立"),
    "progress": _("记进展"), "raise": _("立项"), "review": _("发出点评"), "type_in": _("录入"), "confirm": _("核对"),
    "type_again": _("复录"), "settle_counts": _("裁定不一致的票数"), "call_off": _("撤销"), "call_off_check": _("作废"),
    "grade": _("评定等次"),
    "mark": _("打分"), "revise": _("修订"), "show": _("定公开范围"),
    "send_again": _("再发一次"), "settle": _("不再发"),
    "create": _("新建"), "nominate": _("推荐"), "check": _("结束推荐，开始审核"), "ask_discipline": _("核实处分情况"),
    "pass": _("审核通过"), "refuse": _("审核不通过"), "select": _("定为入选"), "leave_out": _("定为未入选"),
    "decide": _("登记决定"), "export": _("导出"), "download": _("下载"),
    "log": _("记活动"), "ask": _("申请"), "upload": _("上传"), "undo": _("撤销"), "finish": _("做完"), "stop": _("停止"),
    "create_account": _("开通账号"), "link_member": _("对应党员"), "reset_password": _("重设密码"),
    "change_password": _("修改密码"),
    "enable": _("恢复账号"), "disable": _("停用账号"), "grant": _("授予角色"), "revoke": _("撤销角色"),
    "enrol_second_factor": _("设第二步验证"), "reset_second_factor": _("重设第二步验证"),
    "lock_second_factor": _("验证码连续输错"), "use_recovery_code": _("用恢复码登录"), "renew_recovery_codes": _("换恢复码"),
    "check_log": _("核对日志"), "rename": _("改名称"),
    "move": _("改变隶属"), "merge": _("并入"), "take_in": _("接收并入"), "dissolve": _("撤销组织"),
    "appoint": _("进领导小组"), "step_down": _("离开领导小组"), "put_in_charge": _("定联系领导"), "end_charge": _("不再联系"),
    "retire": _("停用"), "restore": _("恢复"), "ask_no_more": _("不再问一项"),
    "admit": _("吸收为预备党员"), "receive": _("从系统外转入"), "probation_full": _("按期转正"),
    "probation_extended": _("延长预备期"), "probation_cancelled": _("取消预备党员资格"), "let_go": _("登记离开"),
    "take_back": _("恢复"), "excuse": _("登记可不参加"), "end_exemption": _("不再列为可不参加"), "transfer": _("组织关系转移"),
    "begin_handover": _("开始交接"), "receive_handover": _("接收交接单"),
    "delegate": _("委托"), "end_delegation": _("收回委托"), "take_post": _("任职"), "leave_post": _("离任"),
    "reply": _("回复"), "correct_reply": _("更正回复"), "hold": _("记集中点评"),
    "circulate": _("通报"), "end_circulation": _("停止通报"),
    "honour": _("登记荣誉"), "sanction": _("登记处分"), "take_back_record": _("撤销登记"),
    "propose": _("提出转接"), "accept": _("接收"), "decline": _("不接收"),
    "ask_more": _("多问一项"), "endorse": _("支部同意"), "award": _("授牌"), "take_plaque": _("撤牌"),
    "look_again": _("再看一次"),
    "release": _("发布"), "take_down": _("撤下"), "renew": _("延长展示"), "choose": _("选入内容"),
    "register_papers": _("登记成果"),
    "draw": _("抽取"), "inspect": _("记检查"), "add_inspector": _("加派人员"), "add_photos": _("加照片"),
    "write": _("拟定"), "stop_votes": _("结束投票"), "count": _("计票"), "void": _("作废"),
    "print_codes": _("打印投票码或答题码"), "fetch_slips": _("取走投票码或答题码"),
    "add_points": _("补记意见"), "answer_point": _("答复意见"), "tell_back": _("告知答复"),
    "stop_answers": _("结束答题"), "rehearse": _("开始试填"), "wipe_trial": _("结束试填"), "add_question": _("加题"),
    "change_question": _("改题"), "move_question": _("换题的次序"), "remove_question": _("删题"),
    "reveal_id": _("看完整证件号码"), "inquire": _("询问"), "urge": _("督促"), "answer": _("答复"),
    "assign": _("转办"), "take_back_opinion": _("收回重新转办"), "ask_to_mend": _("要求整改"), "answer_with": _("写上回应的承诺"),
    "recheck": _("重新核对台账"), "import": _("导入"), "import_new": _("导入台账时新建"), "import_change": _("导入台账时更正"),
}


def history_of(subjects, *, also=None, limit=LIMIT):
    """What was done with `subjects` (saved model instances), newest first, in two queries.

    Returns [{at, what, who, note}] as components/_history.html takes them; with several subjects `what` names the one
    meant. `also` are (label, [ids]) of records that exist no more, e.g. ("campaign.Task", ["…"]).
    """
    wanted = Q(pk__in=[])
    for subject in subjects:
        key = str(getattr(subject, "lineage", subject.pk))
        wanted |= Q(subject_type=subject._meta.label, subject_id=key)
    for label, keys in also or ():
        wanted |= Q(subject_type=label, subject_id__in=keys)
    entries = HistoryEntry.objects.filter(wanted).select_related("actor").order_by("-sequence")[:limit]
    main = subjects[0]._meta.label if subjects else ""
    return [_line(entry, main) for entry in entries]


def _line(entry, main):
    """One entry; records of another kind than the page's own are called by their name."""
    verb = str(VERBS.get(entry.verb, entry.verb))
    return {
        "at": entry.at,
        "what": verb if entry.subject_type == main else f"{verb}“{entry.subject_label}”",
        "who": _who(entry),
        "note": entry.detail.get("note") or entry.detail.get("reason") or "",
    }


def _who(entry):
    """李某; 李某（代王某）when it was done in somebody's place."""
    if entry.actor is None:
        return str(_("系统"))
    instead = entry.detail.get("acting_for")
    name = entry.actor.display_name
    return _("%(name)s（代%(other)s）") % {"name": name, "other": instead} if instead else name

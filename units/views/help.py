"""Help: for each role a handful of tasks in three steps, the keys, and whom to call."""
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from units.enums import Role

LOG = (
    _("记一条活动"),
    [
        _("首页点任务旁边的“记活动”，或按 n。"),
        _("写一句做了什么、有什么变化。"),
        _("点“提交”，任务自动完成。"),
    ],
)
CORRECT = (
    _("交错了怎么办"),
    [
        _("打开这条活动。"),
        _("点“更正”，改好并写原因。"),
        _("原来的一版留着可查，得分按新的算。"),
    ],
)
PLAN = (
    _("报计划"),
    [
        _("“计划与任务”里写方案和任务。"),
        _("点“提交”。"),
        _("上级同意后，到期前会提醒您。"),
    ],
)
PROMISE = (
    _("写承诺"),
    [
        _("写清现在怎样、要做到什么、什么时候做到。"),
        _("提交给上级审。"),
        _("公开后每季度写一次进展，到期由别人评定。"),
    ],
)
SHOW = (
    _("让群众看到承诺"),
    [
        _("审定承诺时选“对外公开”。"),
        _("“承诺”页点“公开栏二维码”，打印出来。"),
        _("贴在办事的地方，群众扫码看，不用登录。"),
    ],
)
RECTIFY = (
    _("办整改"),
    [
        _("“点评与整改”里打开整改事项。"),
        _("改好以后写情况，点“报完成”。"),
        _("由提出的人验收。"),
    ],
)
REVIEW = (
    _("点评一个单位"),
    [
        _("看板上点“开始点评”。"),
        _("左边看近来做的事，右边写肯定的、问题和努力方向。"),
        _("要整改的问题写期限，改好后由您验收。"),
    ],
)
GAPS = (
    _("看谁还没有动"),
    [
        _("看板“覆盖情况”里点蓝色的数字。"),
        _("看名单和上次的日期。"),
        _("点名字看这个单位的全部记录。"),
    ],
)
IMPORT = (
    _("导入台账"),
    [
        _("“导入导出”里上传两个名册。"),
        _("看预览，错的行下载下来改。"),
        _("确认导入；24 小时内可以撤销。"),
    ],
)
SCORE = (
    _("计分"),
    [
        _("“条件与计分”里点“开始计分”。"),
        _("可以离开，算完会公布。"),
        _("点任何分数看算式和依据。"),
    ],
)
OPINIONS = (
    _("办意见"),
    [
        _("“评议与考评”里打开“意见箱”。"),
        _("转给被反映的单位以外的单位或人，写明期限。"),
        _("答复以后办结；要整改的用自己的话登记。"),
    ],
)
AWARD = (
    _("出表彰名单"),
    [
        _("新建一批，设名额，开始推荐。"),
        _("审核资格，定人选。"),
        _("登记决定，导出 Excel 和 Word。"),
    ],
)
LISTEN = (
    _("发一份问卷"),
    [
        _("“问卷”里从现成的开始，看手机上的样子，先试填。"),
        _("开始答题，打印答题码或海报。"),
        _("结束并统计，公布结果。"),
    ],
)
MEETING = (
    _("记座谈会"),
    [
        _("“座谈会”里记谁来了、提了什么，不写人名。"),
        _("每条转为整改，或者答复。"),
        _("点“告知大家”，党员收到消息，群众看公开页。"),
    ],
)
ACCOUNT = (
    _("建账号"),
    [
        _("“账号”里新建，或从花名册生成。"),
        _("把首次密码交给本人。"),
        _("本人第一次登录时自己改。"),
    ],
)
GRANT = (
    _("给角色"),
    [
        _("“角色”里选账号、角色和范围。"),
        _("写起止日期。"),
        _("不能给自己授权。"),
    ],
)
SECOND = (
    _("设第二步验证"),
    [
        _("第一次登录时用手机验证器扫码，输入 6 位数字。"),
        _("把 10 个恢复码抄下来，和手机分开放。"),
        _("手机丢了用恢复码；都没有了，请另一位系统管理员重设。"),
    ],
)
RIGHTS = (
    _("看谁能办什么"),
    [
        _("打开“角色”里的“权限表”。"),
        _("选一个角色，只看它能办的。"),
        _("“本级”是授权写的党组织，“下级”是它下面的。"),
    ],
)
AUDIT = (
    _("查日志"),
    [
        _("“日志”里按人、时间、事项筛选。"),
        _("看页首的校验结果。"),
        _("有问题时记下第一条不对的编号。"),
    ],
)

TASKS = {
    Role.SECRETARY: [LOG, CORRECT, PLAN, PROMISE, SHOW, RECTIFY, LISTEN, MEETING],
    Role.COMMITTEE: [GAPS, REVIEW, PLAN, RECTIFY, AWARD, LISTEN, MEETING],
    Role.OFFICE: [IMPORT, SCORE, AWARD, OPINIONS, GAPS, CORRECT, LISTEN],
    Role.LEADER: [GAPS, REVIEW, RECTIFY],
    Role.INSPECTOR: [GAPS, RECTIFY],
    Role.MEMBER: [PROMISE],
    Role.SYSTEM: [ACCOUNT, SECOND],
    Role.SECURITY: [GRANT, RIGHTS, SECOND],
    Role.AUDIT: [AUDIT, SECOND],
}
KEYS = [
    ("n", _("记一条活动")), ("/", _("查找")), ("g h", _("回首页")), ("Ctrl + Enter", _("提交表单")), ("?", _("看这一页")),
]


@require_GET
def help(request):
    """The tasks of the role the user acts in."""
    grant = request.user.main_grant
    return render(request, "units/help.html", {"tasks": TASKS.get(grant.role, []) if grant else [], "keys": KEYS})

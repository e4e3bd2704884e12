"""The columns of the lists of plans, tasks, commitments, supervision, messages and what is shown when they are exported."""
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaign.domain.plan_list import plans_of
from campaign.enums import CommitmentOutcomeKind
from campaign.models import Campaign, Reminder
from config.kit import clock
from units.list_exports import register_list


def _plans(organizations):
    """One row for each organisation, with its plans of the campaigns that run."""
    campaigns, on = list(Campaign.objects.open()), clock.today()
    lines = {one.pk: [] for one in organizations}
    for campaign in campaigns:
        for line in plans_of(organizations, campaign, on=on):
            lines[line.organization.pk] += [f"{plan.title}（{plan.get_state_display()}）" for plan, _count in line.plans]
    return [
        (one.name, one.get_category_display(), len(lines[one.pk]), "；".join(lines[one.pk])) for one in organizations
    ]


def _tasks(rows):
    """The secretary's own page: every task of every plan."""
    return [
        (plan.title, plan.get_state_display(), task.title, task.text, task.due_on, task.target,
         task.owner.name if task.owner else "") for plan, task in rows
    ]


def _commitments(rows):
    outcomes = dict(CommitmentOutcomeKind.choices)
    return [
        (row.member.name if row.member else row.organization.name, row.organization.name, row.get_kind_display(), row.text,
         row.baseline, row.target, row.due_on, row.get_state_display(), str(outcomes.get(row.judged_as, ""))) for row in rows
    ]


def _without_commitment(members):
    return [(one.name, one.organization.name, one.exempt_reason if one.is_exempt else "") for one in members]


def _rectifications(rows):
    return [
        (row.due_on, row.problem, row.organization.name, row.get_source_display(), row.opened_on,
         row.owner.name if row.owner else "", row.verifier.display_name if row.verifier else str(_("上级党组织")),
         row.get_state_display(), row.times_reopened) for row in rows
    ]


def _designations(rows):
    return [
        (row.title, row.get_kind_display(), row.organization.name, row.holder.name if row.holder else "", row.get_state_display(),
         row.plaque, row.awarded_on) for row in rows
    ]


def _spot_checks(rows):
    return [(row.title, row.published_at, row.get_state_display(), row.drawn, row.visited) for row in rows]


def _oversights(rows):
    return [
        (row.held_on, row.get_kind_display(), row.title, row.organization.name, row.place, row.people, row.asked, row.came,
         row.followed) for row in rows
    ]


def _messages(things):
    """The latest message of each thing."""
    latest = Reminder.objects.in_bulk([thing["latest"] for thing in things])
    return [
        (latest[thing["latest"]].title, latest[thing["latest"]].body, thing["times"], thing["unread"]) for thing in things
    ]


def _branches(rows):
    return [
        (branch.name, _now("已完成") if done else _now("已沿用") if own else _now("没有沿用"),
         own.owner.name if own and own.owner else "", own.due_on if own else None,
         f"{own.plan.title}（{own.plan.get_state_display()}）" if own else "") for branch, own, done in rows
    ]


def _deliveries(rows):
    """To whom, by what way, what went wrong; what it says is nobody's business here either."""
    return [
        (str(row.recipient), row.get_channel_display(), row.get_state_display(), row.claimed_at or row.created_at, row.error)
        for row in rows
    ]


def _role_models(rows):
    return [
        (row.who, row.title, row.organization.name, row.lesson, _day(row.published_at), row.get_state_display()) for row in rows
    ]


def _day(moment):
    """The day only, as on the page."""
    return moment and localdate(moment)


def _exhibits(rows):
    return [(row.title, row.organization.name, row.happened_on, row.get_state_display()) for row in rows]


def _papers(rows):
    return [
        (row.title, row.get_kind_display(), row.authors, row.organization.name, row.summary,
         _day(row.published_at), row.get_state_display()) for row in rows
    ]


def _bulletins(rows):
    return [
        (_now("%(year)s 年第 %(number)s 期") % {"year": row.year, "number": row.number} if row.number else "", row.title,
         row.starts_on, row.ends_on, row.get_state_display()) for row in rows
    ]


def _campaigns(rows):
    return [
        (one.title, one.code, one.organization.name, one.follows.title if one.follows else "", one.starts_on, one.ends_on,
         one.get_state_display()) for one, _may_edit in rows
    ]


def _kinds(rows):
    return [
        (kind.title, "、".join(str(field) for field in kind.asked), kind.used,
         _now("已停用") if kind.retired_at else _now("在用")) for kind in rows
    ]


def _calendar_days(rows):
    return [(row.day, _now("上班") if row.is_working else _now("放假"), row.note) for row in rows]


def register_lists():
    _register_shown()
    _register_frame()
    register_list("plan_list", _("各单位计划"), (
        (_("党组织"), 26), (_("类别"), 14), (_("计划数"), 8, "number"), (_("计划"), 60),
    ), _plans)
    register_list("plan_own", _("计划与任务"), (
        (_("计划"), 26), (_("状态"), 10), (_("任务"), 26), (_("要求"), 40), (_("完成期限"), 11, "date"),
        (_("次数"), 6, "number"),
        (_("责任人"), 10),
    ), _tasks)
    register_list("commitment_list", _("公开承诺"), (
        (_("承诺人"), 16), (_("党组织"), 26), (_("类别"), 8), (_("承诺事项"), 40), (_("现在的情况"), 26),
        (_("要做到什么"), 26),
        (_("完成期限"), 11, "date"), (_("状态"), 10), (_("评定"), 12),
    ), _commitments)
    register_list("commitment_missing", _("还没有承诺的党员"), (
        (_("姓名"), 10), (_("党组织"), 26), (_("可不承诺的原因"), 20),
    ), _without_commitment)
    register_list("rectification_list", _("整改台账"), (
        (_("期限"), 11, "date"), (_("问题"), 40), (_("党组织"), 26), (_("来源"), 10), (_("提出日期"), 11, "date"),
        (_("责任人"), 10),
        (_("谁验收"), 12), (_("状态"), 10), (_("重开次数"), 8, "number"),
    ), _rectifications)
    register_list("designation_list", _("先锋岗和示范窗口"), (
        (_("岗位或窗口"), 26), (_("种类"), 12), (_("党组织"), 26), (_("党员"), 10), (_("状态"), 10), (_("牌号"), 12),
        (_("授牌日期"), 11, "date"),
    ), _designations)
    register_list("spot_check_list", _("随机抽查"), (
        (_("名称"), 30), (_("公布时间"), 16, "datetime"), (_("状态"), 10), (_("抽到"), 8, "number"), (_("查了"), 8, "number"),
    ), _spot_checks)
    register_list("inbox", _("消息"), (
        (_("事项"), 40), (_("内容"), 50), (_("提醒次数"), 8, "number"), (_("未读"), 6, "number"),
    ), _messages)
    register_list("oversight_list", _("督导"), (
        (_("日期"), 11, "date"), (_("种类"), 10), (_("名称"), 26), (_("党组织"), 26), (_("地点"), 16), (_("参加的人"), 26),
        (_("应到"), 6, "number"), (_("到了"), 6, "number"), (_("要求整改"), 8, "number"),
    ), _oversights)


def _register_shown():
    register_list("role_model_list", _("典型"), (
        (_("典型"), 16), (_("标题"), 30), (_("党组织"), 26), (_("可学的"), 60), (_("发布日期"), 11, "date"), (_("状态"), 10),
    ), _role_models)
    register_list("exhibit_list", _("图片展"), (
        (_("标题"), 30), (_("党组织"), 26), (_("日期"), 11, "date"), (_("状态"), 10),
    ), _exhibits)
    register_list("paper_list", _("成果"), (
        (_("标题"), 30), (_("种类"), 12), (_("作者"), 16), (_("党组织"), 26), (_("摘要"), 60), (_("发布日期"), 11, "date"),
        (_("状态"), 10),
    ), _papers)
    register_list("bulletin_list", _("简报"), (
        (_("期号"), 16), (_("标题"), 30), (_("从"), 11, "date"), (_("到"), 11, "date"), (_("状态"), 10),
    ), _bulletins)


def _register_frame():
    register_list("task_branches", _("支部怎样落实"), (
        (_("支部"), 26), (_("情况"), 10), (_("责任人"), 10), (_("期限"), 11, "date"), (_("计划"), 40),
    ), _branches)
    register_list("delivery_list", _("没有发出的提醒"), (
        (_("给谁"), 16), (_("渠道"), 10), (_("状态"), 16), (_("什么时候"), 16, "datetime"), (_("对方说"), 40),
    ), _deliveries)
    register_list("campaign_list", _("活动方案"), (
        (_("活动"), 30), (_("代号"), 14), (_("党组织"), 26), (_("接着"), 26), (_("开始"), 11, "date"), (_("结束"), 11, "date"),
        (_("状态"), 10),
    ), _campaigns)
    register_list("activity_kind_list", _("活动类型"), (
        (_("类型"), 16), (_("另填"), 40), (_("活动"), 8, "number"), (_("状态"), 10),
    ), _kinds)
    register_list("calendar_day_list", _("另行登记的日子"), (
        (_("日期"), 11, "date"), (_("上班或放假"), 12), (_("依据"), 40),
    ), _calendar_days)

"""The columns of the lists of plans, tasks, commitments, rectification and supervision when they are exported."""
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


def register_lists():
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

"""The columns of the lists of organisations, members, accounts and the log when they are exported."""
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from config.kit.names import masked_phone
from units.domain.log import log_rows
from units.domain.posts import posts_of
from units.list_exports import register_list


def _members(members):
    posts = posts_of(members, on=clock.today())
    return [
        (
            one.name, one.get_gender_display(), one.ethnicity, one.born_on, one.joined_on, one.get_status_display(),
            one.organization.name, "、".join(str(post.get_kind_display()) for post in posts.get(one.pk, ())),
            one.administrative_post, masked_phone(one.phone), one.exempt_reason if one.is_exempt else "", one.left_on,
        ) for one in members
    ]


def _transfers(rows):
    return [
        (row.member.name, row.sender.name, row.receiver.name, row.reason, row.get_state_display(), row.proposed_at, row.moves_on)
        for row in rows
    ]


def _posts(rows):
    return [
        (row.member.name, row.get_kind_display(), row.elected_on, row.starts_on, row.term_ends_on, row.ends_on) for row in rows
    ]


def _hints(rows):
    return [
        (row.organization.name, row.organization.get_kind_display(), row.members, row.full,
         "".join(str(hint.text) for hint in row.hints)) for row in rows
    ]


def _accounts(users):
    return [
        (user.username, user.name, user.member.organization.name if user.member else "",
         str(_("可以登录") if user.is_active else _("已停用"))) for user in users
    ]


def _grants(grants):
    return [
        (one.user.username, one.user.name, one.get_role_display(), one.organization.name if one.organization else "",
         one.starts_on, one.ends_on) for one in grants
    ]


def _delegations(grants):
    return [
        (one.granted_by.display_name, one.user.display_name, one.get_role_display(), one.organization.name, one.starts_on,
         one.ends_on, one.reason, one.revoked_at) for one in grants
    ]


def _log(entries):
    return [
        (row.entry.sequence, row.entry.at, row.entry.actor.display_name if row.entry.actor else "", row.verb, row.subject,
         row.entry.subject_label, row.entry.organization.name if row.entry.organization else "", str(row.detail),
         str(_("完好") if row.fits else _("对不上"))) for row in log_rows(entries)
    ]


def register_lists():
    register_list("organization_members", _("党员名册"), (
        (_("姓名"), 10), (_("性别"), 6), (_("民族"), 8), (_("出生年月"), 10, "month"), (_("入党时间"), 10, "month"),
        (_("类别"), 10),
        (_("所在支部"), 26), (_("党内职务"), 14), (_("行政职务"), 14), (_("电话"), 14), (_("可不参加"), 12),
        (_("离开日期"), 11, "date"),
    ), _members)
    register_list("transfer_list", _("组织关系转接"), (
        (_("姓名"), 10), (_("转出支部"), 26), (_("接收支部"), 26), (_("原因"), 24), (_("状态"), 10),
        (_("提出时间"), 16, "datetime"),
        (_("转入日期"), 11, "date"),
    ), _transfers)
    register_list("post_list", _("班子和任期"), (
        (_("姓名"), 10), (_("党内职务"), 12), (_("选举日期"), 11, "date"), (_("任职时间"), 11, "date"),
        (_("任期到"), 11, "date"),
        (_("离任时间"), 11, "date"),
    ), _posts)
    register_list("organization_hints", _("规模提示"), (
        (_("党组织"), 26), (_("类型"), 10), (_("党员"), 8, "number"), (_("正式党员"), 8, "number"), (_("提示"), 60),
    ), _hints)
    register_list("account_list", _("账号"), (
        (_("账号"), 14), (_("姓名"), 10), (_("党组织"), 26), (_("状态"), 10),
    ), _accounts)
    register_list("role_list", _("角色"), (
        (_("账号"), 14), (_("姓名"), 10), (_("角色"), 14), (_("范围"), 26), (_("开始日期"), 11, "date"),
        (_("结束日期"), 11, "date"),
    ), _grants)
    register_list("delegation_list", _("委托"), (
        (_("委托人"), 10), (_("代理人"), 10), (_("角色"), 14), (_("范围"), 26), (_("开始日期"), 11, "date"),
        (_("结束日期"), 11, "date"),
        (_("原因"), 30), (_("收回时间"), 16, "datetime"),
    ), _delegations)
    register_list("history_list", _("日志"), (
        (_("编号"), 8, "number"), (_("时间"), 16, "datetime"), (_("谁"), 10), (_("做了什么"), 14), (_("对象"), 12),
        (_("名称"), 26),
        (_("党组织"), 26), (_("内容"), 50), (_("核对"), 8),
    ), _log)

"""The columns of the lists of organisations, members, accounts, imports and the log when they are exported."""
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from config.kit.names import masked_phone
from units.domain.log import log_rows
from units.domain.posts import posts_of
from units.enums import ImportStage
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


def _leadership(rows):
    """Posts of the group, then (leader, the organisations the leader looks after); None for what nobody looks after."""
    return [
        _charge(*row) if isinstance(row, tuple) else
        (row.name, row.get_role_display(), row.duty, row.starts_on, row.ends_on, "") for row in rows
    ]


def _charge(leader, units):
    name = leader.display_name if leader else _now("还没有领导联系的")
    return name, "", "", None, None, "、".join(unit.name for unit in units)


def _course(stages):
    return [
        (stage.affiliation.starts_on, stage.affiliation.ends_on, stage.affiliation.name, stage.affiliation.get_kind_display(),
         stage.affiliation.parent.name if stage.affiliation.parent else "", stage.news, stage.reason) for stage in stages
    ]


def _imports(rows):
    return [
        (str(row), row.requested_at, row.requested_by.display_name if row.requested_by else _now("命令行"),
         _now("没有完成") if row.has_failed else row.get_stage_display(), *_written(row)) for row in rows
    ]


def _written(row):
    """(new, changed) of an import that was applied."""
    written = row.summary["written"] if row.stage == ImportStage.APPLIED else {"new": None, "changed": None}
    return written["new"], written["changed"]


def _groups(rows):
    """GroupRows: those of today, the members in none of them, and the groups that exist no more."""
    return [
        (row.group.name if row.group else _now("没有分到党小组的"), row.leader.name if row.leader else "",
         len(row.members), "、".join(member.name for member in row.members),
         *((row.group.founded_on, row.group.dissolved_on) if row.group else (None, None))) for row in rows
    ]


def _bodies(rows):
    return [
        (body.name, body.get_kind_display(), *((body.chair_name, body.size) if not body.ended_on else ("", None)),
         "；".join(_honour_words(one) for one in body.honours_told), body.founded_on, body.ended_on) for body in rows
    ]


def _honour_words(one):
    return f"{one.person} {one.title}".strip() + f"（{one.get_level_display()}，{one.happened_on.isoformat()}）"


def _body_honours(rows):
    return [
        (one.person or one.body.name, one.get_holder_display(), one.title, one.get_level_display(), one.body.name,
         one.body.get_kind_display(), one.body.organization.name, one.happened_on, one.document) for one in rows
    ]


def register_lists():
    _register_parts()
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


def _register_parts():
    """What is inside one organisation, and what came in."""
    register_list("import_list", _("导入记录"), (
        (_("文件"), 40), (_("上传时间"), 16, "datetime"), (_("上传人"), 10), (_("状态"), 10), (_("新增行"), 8, "number"),
        (_("更正行"), 8, "number"),
    ), _imports)
    register_list("leadership", _("领导小组和分工"), (
        (_("姓名"), 16), (_("组内职务"), 12), (_("行政或党内职务"), 16), (_("从哪天起"), 11, "date"), (_("到哪天"), 11, "date"),
        (_("联系的单位"), 60),
    ), _leadership)
    register_list("organization_course", _("名称和隶属关系"), (
        (_("起"), 11, "date"), (_("止"), 11, "date"), (_("名称"), 26), (_("类型"), 10), (_("上级"), 26), (_("变动"), 16),
        (_("原因"), 40),
    ), _course)
    register_list("party_group_list", _("党小组"), (
        (_("党小组"), 16), (_("组长"), 10), (_("人数"), 6, "number"), (_("党员"), 60), (_("设立日期"), 11, "date"),
        (_("撤销日期"), 11, "date"),
    ), _groups)
    register_list("linked_body_list", _("群团组织"), (
        (_("名称"), 26), (_("种类"), 10), (_("负责人"), 10), (_("人数"), 6, "number"), (_("先进集体和个人"), 60),
        (_("成立日期"), 11, "date"), (_("撤销日期"), 11, "date"),
    ), _bodies)
    register_list("body_honour_list", _("群团组织的先进集体和个人"), (
        (_("先进集体或个人"), 20), (_("给谁"), 8), (_("荣誉称号"), 26), (_("级别"), 10), (_("群团组织"), 26), (_("种类"), 10),
        (_("党组织"), 26), (_("授予日期"), 11, "date"), (_("文号"), 20),
    ), _body_honours)

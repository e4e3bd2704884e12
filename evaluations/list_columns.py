"""The columns of the lists of reviews, appraisals, marks, nominations and coverage when they are exported."""
from django.utils.translation import gettext_lazy as _

from evaluations.domain.changes import told
from evaluations.domain.marking_list import with_totals
from evaluations.domain.review_list import mending_of
from units.list_exports import register_list


def _reviews(rows):
    mending = mending_of(rows)
    return [
        (row.happened_on, row.organization.name, row.member.name if row.member else "", row.reviewer.display_name,
         row.get_form_display(), row.strengths, row.direction, mending[row.pk]["problems"],
         *((mending[row.pk]["asked"], mending[row.pk]["mended"]) if row.is_followed else (None, None))) for row in rows
    ]


def _changes(rows):
    return [
        (change.moment, str(change.title), change.organization.name, change.member.name if change.member else "", change.text)
        for change in told(rows)
    ]


def _without_review(subjects):
    """Members, or organisations: the page shows one of them."""
    return [
        (one.name, one.organization.name) if hasattr(one, "organization") else (one.name, one.get_category_display())
        for one in subjects
    ]


def _appraisals(rows):
    return [
        (row.happened_on, row.title, row.organization.name, row.get_sheet_display(),
         sum(back.issued for back in row.turnouts.all()), sum(back.returned for back in row.turnouts.all()),
         str(_("已核对") if row.confirmed_at else _("待核对"))) for row in rows
    ]


def _markings(rows):
    totals = {}
    for campaign in {row.campaign_id for row in rows}:
        same = [row for row in rows if row.campaign_id == campaign]
        totals |= {marking.pk: total for marking, total in with_totals(same, campaign)}
    return [
        (row.happened_on, row.organization.name, row.member.name if row.member else "", row.assessor.display_name, row.note,
         *_points(totals[row.pk])) for row in rows
    ]


def _points(total):
    return tuple(value if value is None else value / 10_000 for value in (total.points, total.self_points))


def _polls(rows):
    return [(row.title, row.organization.name, row.get_sheet_display(), row.get_state_display(), row.made_at) for row in rows]


def _nominations(rows):
    return [
        (row.get_kind_display(), row.member.name if row.member else row.organization.name, row.organization.name,
         row.nominating_organization.name, row.meeting_on, row.expected, row.present, row.approving, row.get_state_display())
        for row in rows
    ]


def _coverage(rows):
    return [
        (row.organization.name, row.organization.get_category_display(), row.last_activity_on, row.last_review_on, row.issued,
         row.returned, row.due, row.on_time) for row in rows
    ]


def _organizations(rows):
    return [
        (row.organization.name, row.organization.get_category_display(), row.organization.get_kind_display(), row.secretary,
         row.members, row.last_activity_on, row.last_review_on, row.late) for row in rows
    ]


def register_lists():
    register_list("organization_list", _("单位与党员"), (
        (_("单位"), 26), (_("类别"), 14), (_("类型"), 10), (_("书记"), 10), (_("党员"), 8, "number"),
        (_("最近活动"), 11, "date"),
        (_("最近点评"), 11, "date"), (_("逾期整改"), 8, "number"),
    ), _organizations)
    register_list("review_list", _("点评"), (
        (_("点评日期"), 11, "date"), (_("党组织"), 26), (_("党员"), 10), (_("点评人"), 10), (_("形式"), 10),
        (_("肯定的"), 40),
        (_("努力方向"), 40), (_("问题"), 6, "number"), (_("要求整改"), 8, "number"), (_("已销号"), 8, "number"),
    ), _reviews)
    register_list("organization_changes", _("有什么变化"), (
        (_("记入时间"), 16, "datetime"), (_("什么事"), 10), (_("党组织"), 26), (_("党员"), 10), (_("内容"), 60),
    ), _changes)
    register_list("review_missing", _("还没有点评的"), ((_("名称"), 26), (_("党组织或类别"), 26)), _without_review)
    register_list("appraisal_list", _("评议"), (
        (_("评议日期"), 11, "date"), (_("名称"), 30), (_("党组织"), 26), (_("评议表"), 12), (_("发出"), 8, "number"),
        (_("收回"), 8, "number"), (_("状态"), 10),
    ), _appraisals)
    register_list("marking_list", _("考评"), (
        (_("日期"), 11, "date"), (_("党组织"), 26), (_("党员"), 10), (_("考评人"), 10), (_("说明"), 30),
        (_("考评分"), 10, "points"),
        (_("自评分"), 10, "points"),
    ), _markings)
    register_list("poll_list", _("不记名测评"), (
        (_("名称"), 30), (_("党组织"), 26), (_("测评表"), 14), (_("状态"), 10), (_("新建时间"), 16, "datetime"),
    ), _polls)
    register_list("award_detail", _("推荐名单"), (
        (_("奖项"), 16), (_("姓名或党组织"), 26), (_("所在党组织"), 26), (_("推荐单位"), 26), (_("会议日期"), 11, "date"),
        (_("应到"), 6, "number"), (_("实到"), 6, "number"), (_("赞成"), 6, "number"), (_("状态"), 10),
    ), _nominations)
    register_list("coverage", _("覆盖情况"), (
        (_("单位"), 26), (_("类别"), 14), (_("最近活动"), 11, "date"), (_("最近点评"), 11, "date"),
        (_("评议发出"), 8, "number"),
        (_("评议收回"), 8, "number"), (_("整改到期"), 8, "number"), (_("按期销号"), 8, "number"),
    ), _coverage)

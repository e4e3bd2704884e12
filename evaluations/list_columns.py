"""The columns of the lists of reviews, appraisals, marks, awards, opinions and coverage when they are exported.

Those about what people say anonymously (poll_list, questionnaire_list, opinion_list) tell what the page shows and no more:
no text, no time finer than the page's, and no number below the smallest group.
"""
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from config.kit.dates import chinese_date
from evaluations.domain.appraisal_figures import turnout_rows
from evaluations.domain.award_board import with_evidence
from evaluations.domain.changes import told
from evaluations.domain.duty_board import KINDS, STATES
from evaluations.domain.honour_conditions import honour_words
from evaluations.domain.marking_list import with_totals
from evaluations.domain.questionnaires import counted_of
from evaluations.domain.review_list import mending_of
from evaluations.enums import OPINION_OPEN, QuotaBasis
from units.domain import affiliations
from units.list_exports import ListExport, register_list


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
    turnouts = {row.pk: turnout_rows(row.turnouts.all())[0] for row in rows}
    return [
        (row.happened_on, row.title, row.organization.name, row.get_sheet_display(),
         turnouts[row.pk].issued, turnouts[row.pk].returned if turnouts[row.pk].is_shown else None,
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
    """All rows are of one round; what it asks of honours stands beside what is missing, as on the page."""
    judged = with_evidence(rows[0].round, rows, on=clock.today()) if rows else []
    return [
        (row.get_kind_display(), row.member.name if row.member else row.organization.name, row.organization.name,
         row.nominating_organization.name, row.meeting_on, row.expected, row.present, row.approving,
         honour_words(one["honour"]) if one["honour"] else "", "；".join(one["missing"]) or _now("都满足"),
         row.get_state_display())
        for row, one in zip(rows, judged, strict=True)
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


def _indicators(rows):
    return [
        (str(track.label), criterion.title, criterion.weight, indicator.title, indicator.get_source_display(),
         indicator.get_category_display() if indicator.category else "", indicator.points, f"{sentence} {indicator.text}".strip())
        for track, criterion, indicator, sentence in rows
    ]


def _refined(rows):
    """One row for each common indicator, or for each of the parts that stand in its place."""
    return [
        (str(track.label), criterion.title, one.indicator.title, part.title if part else "",
         one.by.name if one.by else "", (part or one.indicator).points, one.indicator.get_source_display(),
         f"{words} {(part or one.indicator).text}".strip())
        for track, criterion, one, part, words in rows
    ]


def _rounds(rows):
    return [(row.title, row.nominations_due_on, row.nominated, row.chosen, row.get_state_display()) for row in rows]


def _quotas(rows):
    return [
        (of.kind_label, of.category_label, words, *_roundings(of), of.limit)
        for of, words in ((row["allowance"], row["text"]) for row in rows)
    ]


def _roundings(allowance):
    is_share = allowance.basis == QuotaBasis.PERCENT
    return (allowance.eligible, allowance.by_branch, allowance.of_total) if is_share else (None, None, None)


def duties_shape(title):
    """The ListExport of the names behind a figure of the duty board; `title` says which half-year and which figure."""
    return ListExport(title, (
        (_("点评谁"), 12), (_("党组织"), 26), (_("对象"), 8), (_("由谁点评"), 24), (_("点评人的党组织"), 26), (_("情况"), 12),
        (_("点评日期"), 11, "date"),
    ), _duties)


def _duties(rows):
    return [
        (row.member or row.organization, row.organization, str(KINDS[row.kind]),
         str(row.gap) if row.state == "gap" else row.reviewer,
         row.reviewer_organization if row.state != "gap" and row.reviewer_organization_id != row.organization_id else "",
         str(STATES[row.state]), row.reviewed_on if row.state == "done" else None) for row in rows
    ]


def _opinions(rows):
    return [
        (row.number, row.get_kind_display(), row.about.name if row.about else "", row.received_on,
         str(row.handled_by or ""), row.get_state_display(), row.due_on if row.state in OPINION_OPEN else None) for row in rows
    ]


def _questionnaires(rows):
    return [
        (row.title, row.organization.name, row.get_access_display(), row.ends_on, counted_of(row),
         None if row.is_open_to_all else row.issued, row.get_state_display()) for row in rows
    ]


def _symposiums(rows):
    return [(str(row), row.organization.name, row.held_on, row.raised, row.mended, row.answered) for row in rows]


def day_shape(day):
    """The ListExport of the tree of a past day."""
    return ListExport(_now("%(day)s的党组织") % {"day": chinese_date(day)}, (
        (_("党组织"), 26), (_("类型"), 10), (_("上级"), 26), (_("党员"), 8, "number"), (_("后来"), 40),
    ), _of_day)


def _of_day(rows):
    return [
        (row.affiliation.name, row.affiliation.get_kind_display(), row.above.affiliation.name if row.above else "", row.members,
         affiliations.since(row) or _now("没有变")) for row in rows
    ]


def register_lists():
    _register_rules()
    _register_awards()
    _register_what_is_said()
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
    register_list("coverage", _("覆盖情况"), (
        (_("单位"), 26), (_("类别"), 14), (_("最近活动"), 11, "date"), (_("最近点评"), 11, "date"),
        (_("评议发出"), 8, "number"),
        (_("评议收回"), 8, "number"), (_("整改到期"), 8, "number"), (_("按期销号"), 8, "number"),
    ), _coverage)


def _register_rules():
    register_list("criterion_list", _("指标"), (
        (_("评价对象"), 10), (_("条件"), 16), (_("条件权重"), 8, "number"), (_("指标"), 26), (_("来源"), 10), (_("单位类别"), 14),
        (_("分值"), 8, "number"), (_("怎么算"), 60),
    ), _indicators)
    register_list("refinement_list", _("计分的指标"), (
        (_("评价对象"), 10), (_("条件"), 16), (_("共同指标"), 26), (_("细化为"), 26), (_("谁细化的"), 26),
        (_("分值"), 8, "number"), (_("来源"), 10), (_("怎么算"), 60),
    ), _refined)


def _register_awards():
    register_list("award_list", _("各批表彰"), (
        (_("名称"), 30), (_("推荐截止"), 11, "date"), (_("推荐"), 8, "number"), (_("入选"), 8, "number"), (_("状态"), 10),
    ), _rounds)
    register_list("award_quota", _("表彰名额"), (
        (_("奖项"), 16), (_("单位类别"), 14), (_("办法"), 8), (_("符合基本条件"), 12, "number"),
        (_("分别取整相加"), 12, "number"), (_("按总数取整"), 12, "number"), (_("入选不超过"), 12, "number"),
    ), _quotas)
    register_list("award_detail", _("推荐名单"), (
        (_("奖项"), 16), (_("姓名或党组织"), 26), (_("所在党组织"), 26), (_("推荐单位"), 26), (_("会议日期"), 11, "date"),
        (_("应到"), 6, "number"), (_("实到"), 6, "number"), (_("赞成"), 6, "number"), (_("符合条件的荣誉"), 30),
        (_("条件"), 40), (_("状态"), 10),
    ), _nominations)


def _register_what_is_said():
    register_list("review_duties", _("点评责任"))
    register_list("opinion_list", _("意见"), (
        (_("编号"), 10), (_("种类"), 8), (_("关于"), 26), (_("收到"), 11, "date"), (_("承办"), 26), (_("状态"), 10),
        (_("答复期限"), 11, "date"),
    ), _opinions)
    register_list("questionnaire_list", _("问卷"), (
        (_("名称"), 30), (_("单位"), 26), (_("谁可以答"), 14), (_("答到"), 11, "date"), (_("收回"), 8, "number"),
        (_("发出"), 8, "number"), (_("状态"), 10),
    ), _questionnaires)
    register_list("symposium_list", _("座谈会"), (
        (_("名称"), 30), (_("单位"), 26), (_("日期"), 11, "date"), (_("意见"), 8, "number"), (_("转整改"), 8, "number"),
        (_("已答复"), 8, "number"),
    ), _symposiums)

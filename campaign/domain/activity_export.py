"""The list of activities as a workbook, with what each kind asks for in columns of its own."""
from django.utils.translation import gettext as _

from campaign.domain.extras import told_extras
from config.kit.xlsx import Column, Sheet, write_xlsx

MOST_ROWS = 20_000  # some seconds of work; a longer list is to be narrowed first


def write_activities(target, activities, *, titles, demo):
    """Write `activities` (a queryset, narrowed to what the page shows) to `target`; `titles` are {criterion: title}.

    Returns how many rows there are.
    """
    rows = activities.for_list().newest_first().prefetch_related("kind__fields", "linked_bodies")
    found = [_row(activity, titles) for activity in rows[:MOST_ROWS]]
    name = _("活动记录")
    write_xlsx(target, [Sheet(name, _columns(), found, titles=(name,), frozen_columns=2)], demo=demo)
    return len(found)


def _columns():
    return (
        Column(_("日期"), 11, "date"),
        Column(_("名称"), 26),
        Column(_("党组织"), 24),
        Column(_("类型"), 12),
        Column(_("做了什么，有什么变化"), 50),
        Column(_("另填的"), 36),
        Column(_("五个好"), 22),
        Column(_("地点"), 16),
        Column(_("应到党员"), 9, "number"),
        Column(_("参加党员"), 9, "number"),
        Column(_("参加群众"), 9, "number"),
        Column(_("服务群众"), 9, "number"),
        Column(_("一起参加的"), 18),
        Column(_("记入时间"), 16, "datetime"),
    )


def _row(activity, titles):
    served = {row.code for row in activity.criteria.all()}
    return (
        activity.happened_on, activity.title, activity.organization.name, activity.kind.title, activity.text,
        "；".join(f"{label}：{words}" for label, words in told_extras(activity.kind, activity.extras)),
        "、".join(title for code, title in titles.items() if code in served), activity.place, activity.expected,
        activity.present, activity.masses, activity.served, "、".join(activity.body_words), activity.first_recorded_at,
    )

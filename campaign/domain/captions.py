"""Captions of photos with the six elements (时间 地点 人物 主题 背景 事由), made of what the activity says already."""
from django.utils.translation import gettext as _

from config.kit.dates import chinese_date

LONGEST = 300


def caption_of(activity, phases):
    """The caption of a photo of `activity` in a campaign with `phases`; elements that are not known are left out."""
    phase = next((phase for phase in phases if phase.covers(activity.happened_on)), None)
    people = _("%(name)s党员 %(n)s 人") % {"name": activity.organization.name, "n": activity.present}
    if activity.masses:
        people += _("、群众 %(n)s 人") % {"n": activity.masses}
    elements = (
        (_("时间"), chinese_date(activity.happened_on)),
        (_("地点"), activity.place),
        (_("人物"), people),
        (_("主题"), activity.title),
        (_("背景"), phase.title if phase else ""),
        (_("事由"), activity.task.title if activity.task else activity.kind.title),
    )
    return "；".join(f"{name}：{words}" for name, words in elements if words)[:LONGEST]

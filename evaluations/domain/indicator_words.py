"""Measures in words: what an indicator or a gate counts, and which choices each of its parameters has."""
from django.utils.translation import gettext as _

from campaign.enums import Track
from campaign.models import ActivityKind
from evaluations.domain.measures import MEASURES
from evaluations.domain.measures.parameters import Choice, Codes
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, MeasureName
from evaluations.models import SheetItem


class ParameterWords:
    """Titles of what parameters may name in one campaign; two queries, made once for a page."""

    def __init__(self, campaign):
        self._kinds = dict(ActivityKind.objects.order_by("position", "pk").values_list("code", "title"))
        self._sheets = {track: {} for track in Track.values}
        items = SheetItem.objects.standing().filter(campaign=campaign).order_by("position", "pk")
        for track, code, title in items.values_list("track", "code", "title"):
            self._sheets[track][code] = title

    def choices(self, measure, parameter, track):
        """{code: title} of a parameter that is a list of codes."""
        if parameter.name == "kinds":
            return self._kinds
        if measure == MeasureName.SATISFIED:
            sheet = AppraisalSheet.MEMBER if track == Track.MEMBER else AppraisalSheet.ORGANIZATION
            return {item.value: str(item.label) for item in SHEET_ITEMS[sheet]}
        return self._sheets[track]

    def sentence(self, rule):
        """What an indicator or gate counts: 活动次数：活动类型 党课，次数 1，时间 本阶段。"""
        parts = []
        for parameter in MEASURES[rule.measure].schema:
            value = rule.parameters.get(parameter.name, parameter.default)
            parts.append(f"{parameter.title} {self._value(rule, parameter, value)}")
        words = "，".join(parts)
        label = MeasureName(rule.measure).label
        return _("%(measure)s：%(parts)s。") % {"measure": label, "parts": words} if words else f"{label}。"

    def _value(self, rule, parameter, value):
        if isinstance(parameter, Choice):
            return str(dict(parameter.options).get(value, value))
        if isinstance(parameter, Codes):
            titles = self.choices(rule.measure, parameter, rule.track)
            return "、".join(titles.get(code, code) for code in value) or _("不限")
        return str(value)

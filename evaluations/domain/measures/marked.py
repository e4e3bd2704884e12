"""`marked`: the assessor's latest sheet about exactly this subject: maximum less deductions, at least 0, plus capped bonus."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.kit.numbers import points_text
from evaluations.domain.measures.base import Evidence, Measure, among, known
from evaluations.domain.measures.parameters import Codes
from evaluations.enums import MeasureName
from evaluations.models import Mark, Marking, SheetItem


class Marked(Measure):
    name = MeasureName.MARKED
    schema = (Codes("items", gettext_lazy("考评项目")),)
    of_subtree = False

    def facts_sql(self, reading, owners, values):
        values["track"] = self.track
        items = among("k.item_code", self.parameters["items"], values, "item")
        whose = "m.member_id = o.owner" if self.of_members else "m.organization_id = o.owner AND m.member_id IS NULL"
        return f"""
            SELECT m.owner, k.id AS fact, m.happened_on,
                CASE WHEN k.deduction < i.maximum THEN i.maximum - k.deduction ELSE 0 END
                + CASE WHEN k.bonus < i.bonus_cap THEN k.bonus ELSE i.bonus_cap END AS numerator,
                i.maximum AS denominator
            FROM (
                SELECT o.owner, m.id, m.happened_on, ROW_NUMBER() OVER (
                    PARTITION BY o.owner ORDER BY m.happened_on DESC, m.recorded_at DESC, m.lineage DESC) AS place
                FROM {owners} o JOIN evaluations_marking m ON {whose}
                WHERE m.campaign_id = %(campaign)s AND m.happened_on <= %(as_of)s AND {known("m")}) m
            JOIN evaluations_mark k ON k.marking_id = m.id {items}
            JOIN evaluations_sheetitem i ON i.campaign_id = %(campaign)s AND i.track = %(track)s AND i.code = k.item_code
                AND {known("i")}
            WHERE m.place = 1"""

    def told(self, numerator, denominator):
        return _("考评得 %(got)s 分，满分 %(full)s 分") % {
            "got": points_text(numerator), "full": points_text(denominator)
        }

    def fraction(self, numerator, denominator):
        return f"{points_text(numerator)} ÷ {points_text(denominator)}"

    def absent(self):
        return _("本期没有考评打分，这项不适用。")

    def evidence(self, rows, user):
        marks = Mark.objects.select_related("marking__organization").in_bulk([row[0] for row in rows])
        markings = {mark.marking_id: mark.marking for mark in marks.values()}
        allowed = set(Marking.objects.visible_to(user).filter(pk__in=markings).values_list("pk", flat=True))
        titles = self._titles(markings.values())
        shown = []
        for fact, happened_on, numerator, denominator in rows:
            mark = marks[fact]
            counts = f"{points_text(numerator)}/{points_text(denominator)}"
            if mark.marking_id not in allowed:
                shown.append(self.hidden(happened_on, counts))
                continue
            shown.append(
                Evidence(
                    title=titles.get(mark.item_code, mark.item_code), url=mark.marking.get_absolute_url(),
                    where=mark.marking.organization.name, note=mark.reason, happened_on=happened_on,
                    recorded_at=mark.marking.recorded_at, counts=counts,
                )
            )
        return shown

    def _titles(self, markings):
        """{item code: title}, the newest wording."""
        campaigns = {marking.campaign_id for marking in markings}
        items = SheetItem.objects.filter(campaign__in=campaigns, track=self.track).order_by("recorded_at", "pk")
        return dict(items.values_list("code", "title"))

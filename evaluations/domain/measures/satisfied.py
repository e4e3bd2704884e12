"""`satisfied`: appraisal answers counted by a named formula, of those that are not 不了解; only appraisals that are valid.

A line of a score opens to its numbers, so it counts no cell that the appraisal's own result hides (4-trust §2).
"""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.domain.measures.base import Evidence, Measure, among, known, plain_number
from evaluations.domain.measures.parameters import Choice, Codes
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, Audience, MeasureName, SatisfactionFormula
from evaluations.models import Appraisal

RETURNED_PERCENT = 80  # an appraisal is valid from this share of sheets returned (1-domain, Appraisal)
RETURNED_LEAST = 10  # and from this number of raters
SMALLEST_GROUP = 5  # fewer answers to one item are neither shown nor counted

NUMERATORS = {
    SatisfactionFormula.TOP1: "c.satisfied",
    SatisfactionFormula.TOP2: "c.satisfied + c.fairly",
    SatisfactionFormula.WEIGHTED: "100 * c.satisfied + 80 * c.fairly + 60 * c.basically",
}
ANSWERS = "c.satisfied + c.fairly + c.basically + c.dissatisfied"
_SAME_ITEM = """FROM evaluations_appraisalcount g WHERE g.appraisal_id = c.appraisal_id AND g.item = c.item
                    AND (g.member_id = c.member_id OR (g.member_id IS NULL AND c.member_id IS NULL))"""
_RATED = "(g.satisfied + g.fairly + g.basically + g.dissatisfied)"
ENOUGH_IN_ALL = f"AND (SELECT SUM{_RATED} {_SAME_ITEM}) >= %(smallest)s"
# What the whole leaves over is as telling as the cell: one audience below the smallest group takes all of them out (a
# result page may still show the largest of three or more; a score counts rather less than too much).
ENOUGH_IN_EACH = f"AND NOT EXISTS (SELECT 1 {_SAME_ITEM} AND {_RATED} > 0 AND {_RATED} < %(smallest)s)"


class Satisfied(Measure):
    name = MeasureName.SATISFIED
    schema = (
        Choice(
            "formula", gettext_lazy("算法"),
            (
                (SatisfactionFormula.TOP2.value, SatisfactionFormula.TOP2.label),
                (SatisfactionFormula.TOP1.value, SatisfactionFormula.TOP1.label),
                (SatisfactionFormula.WEIGHTED.value, SatisfactionFormula.WEIGHTED.label),
            ),
        ),
        Choice("audience", gettext_lazy("谁评"), (("all", gettext_lazy("全体评议人，合在一起")), *Audience.choices)),
        Codes("items", gettext_lazy("评议项目")),
    )

    @property
    def full_mark(self):
        """What one answer is worth at best."""
        return 100 if self.parameters["formula"] == SatisfactionFormula.WEIGHTED else 1

    @property
    def items(self):
        sheet = AppraisalSheet.MEMBER if self.of_members else AppraisalSheet.ORGANIZATION
        return self.parameters["items"] or [item.value for item in SHEET_ITEMS[sheet]]

    def facts_sql(self, reading, owners, values):
        values |= {
            "percent": RETURNED_PERCENT, "least": RETURNED_LEAST, "smallest": SMALLEST_GROUP, "full_mark": self.full_mark
        }
        only_c, only_t, enough = "", "", ENOUGH_IN_ALL
        if self.parameters["audience"] != "all":
            values["audience"] = self.parameters["audience"]
            only_c, only_t, enough = "AND c.audience = %(audience)s", "AND t.audience = %(audience)s", ENOUGH_IN_EACH
        start = (
            "JOIN evaluations_appraisalcount c ON c.member_id = o.owner JOIN evaluations_appraisal a ON a.id = c.appraisal_id"
            if self.of_members
            else "JOIN evaluations_appraisal a ON a.organization_id = o.owner "
            "JOIN evaluations_appraisalcount c ON c.appraisal_id = a.id"
        )
        return f"""
            SELECT o.owner, a.id AS fact, a.happened_on, SUM({NUMERATORS[self.parameters["formula"]]}) AS numerator,
                SUM(%(full_mark)s * ({ANSWERS})) AS denominator
            FROM {owners} o {start} {only_c} {among("c.item", self.items, values, "item")}
            WHERE a.campaign_id = %(campaign)s AND a.happened_on <= %(as_of)s AND a.confirmed_at <= %(known_at)s
                AND {known("a")} {enough} AND EXISTS (
                    SELECT 1 FROM evaluations_appraisalturnout t WHERE t.appraisal_id = a.id {only_t}
                    GROUP BY t.appraisal_id
                    HAVING SUM(t.returned) >= %(least)s AND 100 * SUM(t.returned) >= %(percent)s * SUM(t.issued))
            GROUP BY o.owner, a.id, a.happened_on"""

    def told(self, numerator, denominator):
        answers = denominator // self.full_mark
        if self.full_mark > 1:
            return _("%(answers)s 个有效评价，按 100/80/60/0 折算得 %(got)s，满分 %(full)s") % {
                "answers": plain_number(answers), "got": plain_number(numerator), "full": plain_number(denominator)
            }
        if self.parameters["formula"] == SatisfactionFormula.TOP1:
            words = _("%(answers)s 个有效评价中，“满意”%(got)s 个")
        else:
            words = _("%(answers)s 个有效评价中，“满意”和“比较满意”%(got)s 个")
        return words % {"answers": plain_number(answers), "got": plain_number(numerator)}

    def absent(self):
        return _("本期没有可以计入的评议（收回不少于八成、不少于 10 份，每项不少于 5 个评价），这项不适用。")

    def evidence(self, rows, user):
        found = Appraisal.objects.visible_to(user).select_related("organization")
        seen = found.in_bulk([row[0] for row in rows])

        def counts(numerator, denominator):
            return f"{plain_number(numerator)}/{plain_number(denominator)}"

        return [
            Evidence(
                title=seen[fact].title, url=seen[fact].get_absolute_url(), where=seen[fact].organization.name,
                happened_on=happened_on, recorded_at=seen[fact].confirmed_at, counts=counts(numerator, denominator),
            )
            if fact in seen
            else self.hidden(happened_on, counts(numerator, denominator))
            for fact, happened_on, numerator, denominator in rows
        ]

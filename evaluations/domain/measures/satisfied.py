"""`satisfied`: appraisal answers counted by a named formula, of those that are not 不了解; only appraisals that are valid.

A line of a score opens to its numbers, so it counts exactly the cells that the appraisal's own result shows (4-trust §2).
"""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.domain.disclosure import shown_child_sql
from evaluations.domain.measures.base import Evidence, Measure, among, known, plain_number
from evaluations.domain.measures.parameters import Choice, Codes
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, Audience, MeasureName, SatisfactionFormula
from evaluations.models import Appraisal
from evaluations.models.sealed import SMALLEST_GROUP

RETURNED_PERCENT = 80  # an appraisal is valid from this share of sheets returned (1-domain, Appraisal)
RETURNED_LEAST = 10  # and from this number of raters

NUMERATORS = {
    SatisfactionFormula.TOP1: "c.satisfied",
    SatisfactionFormula.TOP2: "c.satisfied + c.fairly",
    SatisfactionFormula.WEIGHTED: "100 * c.satisfied + 80 * c.fairly + 60 * c.basically",
}
_GRADES = ("satisfied", "fairly", "basically", "dissatisfied")


def _sum_of(alias, names):
    return f"({' + '.join(f'{alias}.{name}' for name in names)})"


RATED = _sum_of("c", _GRADES)
# About the same subject: {same} is the member, by the index where there is one, or that there is none.
_SAME_ITEM = """SELECT 1 FROM evaluations_appraisalcount g WHERE g.appraisal_id = c.appraisal_id AND g.item = c.item
                    AND {same} GROUP BY g.appraisal_id"""
SAME_MEMBER = "g.member_id = c.member_id"
SAME_SUBJECT = f"({SAME_MEMBER} OR (g.member_id IS NULL AND c.member_id IS NULL))"
ALL_SHOWN = f"EXISTS ({_SAME_ITEM} HAVING SUM({_sum_of('g', _GRADES)}) >= %(smallest)s)"
# One audience is shown by those who rated and by those who answered at all, as on the result page (appraisal_figures).
AUDIENCE_SHOWN = f"EXISTS ({_SAME_ITEM} HAVING " + " AND ".join(
    shown_child_sql(_sum_of("c", names), "c.audience", _sum_of("g", names), "g.audience", "%(smallest)s")
    for names in (_GRADES, (*_GRADES, "unknown"))
) + ")"
ALL_VALID = """EXISTS (
                    SELECT 1 FROM evaluations_appraisalturnout t WHERE t.appraisal_id = a.id GROUP BY t.appraisal_id
                    HAVING SUM(t.returned) >= %(least)s AND 100 * SUM(t.returned) >= %(percent)s * SUM(t.issued))"""
AUDIENCE_VALID = f"""EXISTS (
                    SELECT 1 FROM evaluations_appraisalturnout t
                    JOIN evaluations_appraisalturnout u ON u.appraisal_id = t.appraisal_id
                    WHERE t.appraisal_id = a.id AND t.audience = %(audience)s
                        AND t.returned >= %(least)s AND 100 * t.returned >= %(percent)s * t.issued
                    GROUP BY t.id, t.returned, t.audience
                    HAVING {shown_child_sql("t.returned", "t.audience", "u.returned", "u.audience", "%(smallest)s")})"""


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
        only, shown, valid = "", ALL_SHOWN, ALL_VALID
        if self.parameters["audience"] != "all":
            values["audience"] = self.parameters["audience"]
            only, shown, valid = "AND c.audience = %(audience)s", AUDIENCE_SHOWN, AUDIENCE_VALID
        start = (
            "JOIN evaluations_appraisalcount c ON c.member_id = o.owner JOIN evaluations_appraisal a ON a.id = c.appraisal_id"
            if self.of_members
            else "JOIN evaluations_appraisal a ON a.organization_id = o.owner "
            "JOIN evaluations_appraisalcount c ON c.appraisal_id = a.id"
        )
        return f"""
            SELECT o.owner, a.id AS fact, a.happened_on, SUM({NUMERATORS[self.parameters["formula"]]}) AS numerator,
                SUM(%(full_mark)s * {RATED}) AS denominator
            FROM {owners} o {start} {only} {among("c.item", self.items, values, "item")}
            WHERE a.campaign_id = %(campaign)s AND a.happened_on <= %(as_of)s AND a.confirmed_at <= %(known_at)s
                AND {known("a")} AND {shown.format(same=SAME_MEMBER if self.of_members else SAME_SUBJECT)} AND {valid}
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
        return _("本期没有可以计入的评议（收回不少于八成、不少于 10 份；只计结果里公布的项目），这项不适用。")

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

"""`reached`: activities of the given kinds that serve the criterion, up to a target; more earns nothing more."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.domain.measures.activities import activity_evidence, from_activities
from evaluations.domain.measures.base import Measure, among, known, plain_number
from evaluations.domain.measures.parameters import KINDS, WINDOW, Number
from evaluations.enums import MeasureName


class Reached(Measure):
    name = MeasureName.REACHED
    schema = (KINDS, Number("target", gettext_lazy("次数")), WINDOW)
    counts_rows = True
    numerator_sql = "CAST(CASE WHEN SUM(f.numerator) > %(target)s THEN %(target)s ELSE SUM(f.numerator) END AS bigint)"
    denominator_sql = "CAST(%(target)s AS bigint)"

    @property
    def always(self):
        return self.parameters["target"]

    @property
    def total_values(self):
        return {"target": self.parameters["target"]}

    def facts_sql(self, reading, owners, values):
        values |= reading.window(self.parameters["window"])
        kinds = among("k.code", self.parameters["kinds"], values, "kind")
        serves = ""
        if self.criterion_code:
            values["criterion"] = self.criterion_code
            serves = "JOIN campaign_activitycriterion c ON c.activity_id = a.id AND c.code = %(criterion)s"
        select = f"SELECT o.owner, a.id AS fact, a.happened_on, 1 AS numerator, 0 AS denominator FROM {owners} o"
        where = f"""
            JOIN campaign_activitykind k ON k.id = a.kind_id {kinds} {serves}
            WHERE a.campaign_id = %(campaign)s AND a.happened_on BETWEEN %(first)s AND %(last)s AND {known("a")}"""
        return from_activities(self.of_members, select, where, only_present=True)

    def told(self, numerator, denominator):
        return _("%(target)s 次中完成 %(done)s 次") % {
            "target": plain_number(denominator), "done": plain_number(numerator)
        }

    def absent(self):
        return _("没有任何可以计分的记录，这项不适用。")

    def evidence(self, rows, user):
        return activity_evidence(self, rows, user, lambda numerator, denominator: _("1 次"))

"""`took_part`: attendances of those expected; for a member, the activities the member was expected at."""
from django.utils.translation import gettext as _

from evaluations.domain.measures.activities import activity_evidence, from_activities
from evaluations.domain.measures.base import Measure, among, known, plain_number
from evaluations.domain.measures.parameters import KINDS, WINDOW
from evaluations.enums import MeasureName


class TookPart(Measure):
    name = MeasureName.TOOK_PART
    schema = (KINDS, WINDOW)

    @property
    def counts_rows(self):
        return self.of_members

    def facts_sql(self, reading, owners, values):
        values |= reading.window(self.parameters["window"])
        kinds = among("k.code", self.parameters["kinds"], values, "kind")
        numbers = "held.present AS numerator, held.expected AS denominator"
        if self.of_members:
            numbers = "CASE WHEN p.was_present THEN 1 ELSE 0 END AS numerator, 1 AS denominator"
        select = f"SELECT o.owner, a.id AS fact, a.happened_on, {numbers} FROM {owners} o"
        where = f"""
            JOIN campaign_activitykind k ON k.id = a.kind_id {kinds}
            WHERE a.campaign_id = %(campaign)s AND a.happened_on BETWEEN %(first)s AND %(last)s AND {known("a")}"""
        return from_activities(self.of_members, select, where)

    def told(self, numerator, denominator):
        numbers = {"expected": plain_number(denominator), "present": plain_number(numerator)}
        if self.of_members:
            return _("应参加 %(expected)s 次，参加 %(present)s 次") % numbers
        return _("应到 %(expected)s 人次，实到 %(present)s 人次") % numbers

    def absent(self):
        return _("本期没有应参加的活动，这项不适用。")

    def evidence(self, rows, user):
        def counts(numerator, denominator):
            if self.of_members:
                return _("参加") if numerator else _("没有参加")
            return _("实到 %(present)s，应到 %(expected)s") % {"present": numerator, "expected": denominator}

        return activity_evidence(self, rows, user, counts)

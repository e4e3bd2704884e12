"""`on_time`: tasks of approved plans done by their date, of those due and not dropped."""
from django.utils.translation import gettext as _

from campaign.enums import TaskOutcome
from campaign.models import Task
from evaluations.domain.measures.base import Evidence, Measure, known, plain_number
from evaluations.enums import MeasureName


def _result(outcome, more=""):
    """SQL: a known result of the task `t`, whichever version of the task it was written for."""
    return f"""EXISTS (
        SELECT 1 FROM campaign_task v JOIN campaign_taskresult r ON r.task_id = v.id
        WHERE v.lineage = t.lineage AND r.outcome = %({outcome})s AND r.happened_on <= %(as_of)s AND {known("r")} {more})"""


class OnTime(Measure):
    name = MeasureName.ON_TIME
    counts_rows = True

    def facts_sql(self, reading, owners, values):
        values |= {"done": TaskOutcome.DONE.value, "dropped": TaskOutcome.DROPPED.value}
        whose = "t.owner_id" if self.of_members else "t.organization_id"
        return f"""
            SELECT o.owner, t.id AS fact, t.due_on AS happened_on,
                CASE WHEN {_result("done", "AND r.happened_on <= t.due_on")} THEN 1 ELSE 0 END AS numerator,
                1 AS denominator
            FROM {owners} o JOIN campaign_task t ON {whose} = o.owner JOIN campaign_plan n ON n.id = t.plan_id
            WHERE n.campaign_id = %(campaign)s AND n.approved_at <= %(known_at)s AND t.due_on <= %(as_of)s
                AND {known("t")} AND NOT {_result("dropped")}"""

    def told(self, numerator, denominator):
        return _("到期任务 %(due)s 项，按期完成 %(done)s 项") % {
            "due": plain_number(denominator), "done": plain_number(numerator)
        }

    def absent(self):
        return _("本期没有到期的计划任务，这项不适用。")

    def evidence(self, rows, user):
        found = Task.objects.visible_to(user).select_related("organization", "plan")
        seen = found.in_bulk([row[0] for row in rows])
        words = {1: _("按期完成"), 0: _("没有按期完成")}
        return [
            Evidence(
                title=seen[fact].title, url=seen[fact].plan.get_absolute_url(), where=seen[fact].organization.name,
                note=_("到期"), happened_on=due_on, counts=words[numerator],
            )
            if fact in seen
            else self.hidden(due_on, words[numerator])
            for fact, due_on, numerator, _denominator in rows
        ]

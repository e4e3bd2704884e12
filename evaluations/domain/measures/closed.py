"""`closed`: rectification items verified as closed by their date, of those due and not called off.

An item counts for the organisation whose it was on the day it was due, and in the campaign that it stood in then.
"""
from django.utils.translation import gettext as _

from campaign.models import Rectification
from evaluations.domain.measures.base import Evidence, Measure, known, place, plain_number
from evaluations.enums import MeasureName

# The day an item was due as known at the moment: a day that was moved later is still the old one then.
DUE_ON = """COALESCE((SELECT f.due_on FROM campaign_formerdeadline f
    WHERE f.rectification_id = i.id AND f.moved_at > %(known_at)s ORDER BY f.moved_at, f.id LIMIT 1), i.due_on)"""


class Closed(Measure):
    name = MeasureName.CLOSED
    counts_rows = True

    def facts_sql(self, reading, owners, values):
        whose = "i.owner_id = o.owner" if self.of_members else f"{place('i', 'rectification')} = o.owner"
        return f"""
            SELECT d.owner, d.fact, d.due_on AS happened_on, CASE WHEN EXISTS (
                SELECT 1 FROM campaign_rectificationclosing c WHERE c.rectification_id = d.fact AND c.happened_on <= d.due_on
                    AND c.happened_on <= %(as_of)s AND {known("c")}) THEN 1 ELSE 0 END AS numerator, 1 AS denominator
            FROM (SELECT o.owner, i.id AS fact, {DUE_ON} AS due_on
                FROM {owners} o JOIN campaign_rectification i ON {whose}
                WHERE i.campaign_id = %(campaign)s AND i.recorded_at <= %(known_at)s
                    AND NOT (i.state = 'called_off' AND i.moved_at <= %(known_at)s)) d
            WHERE d.due_on <= %(as_of)s AND NOT EXISTS (
                SELECT 1 FROM campaign_rectification n WHERE n.carried_from_id = d.fact AND n.carried_on <= d.due_on
                    AND n.recorded_at <= %(known_at)s)"""

    def told(self, numerator, denominator):
        return _("到期整改 %(due)s 项，按期销号 %(done)s 项") % {
            "due": plain_number(denominator), "done": plain_number(numerator)
        }

    def absent(self):
        return _("本期没有到期的整改，这项不适用。")

    def evidence(self, rows, user):
        seen = Rectification.objects.visible_to(user).select_related("organization").in_bulk([row[0] for row in rows])
        words = {1: _("按期销号"), 0: _("没有按期销号")}
        return [
            Evidence(
                title=seen[fact].problem, url=seen[fact].get_absolute_url(), where=seen[fact].organization.name,
                note=_("到期"), happened_on=due_on, counts=words[numerator],
            )
            if fact in seen
            else self.hidden(due_on, words[numerator])
            for fact, due_on, numerator, _denominator in rows
        ]

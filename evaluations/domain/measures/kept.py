"""`kept`: commitments judged kept, of those due; part-kept counts half, so both numbers count halves.

From the day on which a commitment was carried on to a later campaign it counts there and no more here.
"""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.enums import CommitmentOutcomeKind
from campaign.models import Commitment
from evaluations.domain.measures.base import Evidence, Measure, known, plain_number
from evaluations.domain.measures.parameters import Choice
from evaluations.enums import MeasureName

WHOSE = {"all": "", "organization": "AND m.member_id IS NULL", "members": "AND m.member_id IS NOT NULL"}


class Kept(Measure):
    name = MeasureName.KEPT
    schema = (
        Choice(
            "of", gettext_lazy("谁的承诺"),
            (
                ("all", gettext_lazy("党组织和党员")),
                ("organization", gettext_lazy("党组织")),
                ("members", gettext_lazy("党员")),
            ),
        ),
    )

    def facts_sql(self, reading, owners, values):
        values |= {"kept": CommitmentOutcomeKind.KEPT.value, "partly": CommitmentOutcomeKind.PARTLY.value}
        whose = "m.member_id = o.owner" if self.of_members else f"m.organization_id = o.owner {WHOSE[self.parameters['of']]}"
        return f"""
            SELECT o.owner, m.id AS fact, m.due_on AS happened_on,
                CASE r.outcome WHEN %(kept)s THEN 2 WHEN %(partly)s THEN 1 ELSE 0 END AS numerator, 2 AS denominator
            FROM {owners} o JOIN campaign_commitment m ON {whose}
            LEFT JOIN campaign_commitmentoutcome r
                ON r.commitment_id = m.id AND r.happened_on <= %(as_of)s AND {known("r")}
            WHERE m.campaign_id = %(campaign)s AND m.published_at <= %(known_at)s AND m.due_on <= %(as_of)s
                AND NOT EXISTS (
                    SELECT 1 FROM campaign_commitment n
                    WHERE n.carried_from_id = m.id AND n.carried_on <= %(as_of)s AND n.published_at <= %(known_at)s
                )"""

    def told(self, numerator, denominator):
        halves = plain_number(numerator // 2) + (".5" if numerator % 2 else "")
        return _("到期承诺 %(due)s 项，折合兑现 %(kept)s 项（部分兑现算半项）") % {
            "due": plain_number(denominator // 2), "kept": halves
        }

    def absent(self):
        return _("本期没有到期的承诺，这项不适用。")

    def evidence(self, rows, user):
        found = Commitment.objects.visible_to(user).select_related("organization", "member")
        seen = found.in_bulk([row[0] for row in rows])
        words = {2: _("兑现，计 1 项"), 1: _("部分兑现，计半项"), 0: _("没有兑现，不计")}
        return [
            Evidence(
                title=seen[fact].text, url=seen[fact].get_absolute_url(), where=str(seen[fact].promiser),
                note=_("到期"), happened_on=due_on, counts=words[numerator],
            )
            if fact in seen
            else self.hidden(due_on, words[numerator])
            for fact, due_on, numerator, _denominator in rows
        ]

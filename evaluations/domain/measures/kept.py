"""`kept`: commitments judged kept, of those due; part-kept counts half, so both numbers count halves.

A commitment counts for the organisation whose it was on the day it was due: a member's for the one that the member belonged to
then, and for none where the member had left. From the day on which one was carried on to a later campaign it counts there and
no more here.
"""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.enums import CommitmentOutcomeKind
from campaign.models import Commitment
from evaluations.domain.measures.base import Evidence, Measure, known, place, plain_number
from evaluations.domain.measures.parameters import Choice
from evaluations.enums import MeasureName

OWN = f"JOIN campaign_commitment m ON {place('m', 'commitment')} = o.owner AND m.member_id IS NULL WHERE"
# Of two memberships on one day the one that began later, as in the roster of a run.
OF_MEMBERS = f"""JOIN units_membership s ON s.organization_id = o.owner AND {known("s")}
    JOIN campaign_commitment m ON m.member_id = s.member_id
        AND m.due_on >= s.starts_on AND (s.ends_on IS NULL OR m.due_on <= s.ends_on)
    WHERE NOT EXISTS (
        SELECT 1 FROM units_membership l WHERE l.member_id = s.member_id AND l.id <> s.id AND {known("l")}
            AND l.starts_on <= m.due_on AND (l.ends_on IS NULL OR l.ends_on >= m.due_on)
            AND (l.starts_on, l.recorded_at, l.lineage) > (s.starts_on, s.recorded_at, s.lineage)) AND"""
OF_ONE_MEMBER = "JOIN campaign_commitment m ON m.member_id = o.owner WHERE"
WHOSE = {"all": (OWN, OF_MEMBERS), "organization": (OWN,), "members": (OF_MEMBERS,)}


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
        whose = (OF_ONE_MEMBER,) if self.of_members else WHOSE[self.parameters["of"]]
        due = " UNION ALL ".join(
            f"""SELECT o.owner, m.id AS fact, m.due_on FROM {owners} o {of}
                m.campaign_id = %(campaign)s AND m.published_at <= %(known_at)s AND m.due_on <= %(as_of)s""" for of in whose
        )
        return f"""
            SELECT d.owner, d.fact, d.due_on AS happened_on,
                CASE r.outcome WHEN %(kept)s THEN 2 WHEN %(partly)s THEN 1 ELSE 0 END AS numerator, 2 AS denominator
            FROM ({due}) d LEFT JOIN campaign_commitmentoutcome r
                ON r.commitment_id = d.fact AND r.happened_on <= %(as_of)s AND {known("r")}
            WHERE NOT EXISTS (
                SELECT 1 FROM campaign_commitment n
                WHERE n.carried_from_id = d.fact AND n.carried_on <= %(as_of)s AND n.published_at <= %(known_at)s
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

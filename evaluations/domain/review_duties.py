"""Who owes whom a review in a half-year: required pairs as one SELECT over dated facts, as known at a moment (1-domain, Reviews).

The rule, told once more by loops in tests/evaluations/domain/duty_oracle.py; docs/decisions/0005 says why:

- an organisation below the root, and its secretary as a person, are owed by the leader in charge of it (分工); without one
  by the secretary of the organisation above; without one by the account that acts for that organisation;
- where the secretary above is the same person, by who leads the level above that; nobody reviews themselves;
- every other member is owed by the secretary of the own organisation, without one by the account that acts for it;
- members who need not take part on the day are not owed. Where no one is found the duty is a gap, with its reason.

A duty is done by any review of its subject in the half-year.
"""
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from config.kit.half_year import HalfYear


@dataclass(frozen=True)
class DutyReading:
    """What is read: the duties of `half` in a campaign on its day `as_of`, as known at `known_at`."""

    campaign_id: int
    half: HalfYear
    as_of: date
    known_at: datetime

    @property
    def day(self):
        """The day whose posts, charges and memberships decide: the last of the half-year, or `as_of` before that."""
        return min(self.as_of, self.half.last)

    @property
    def day_ends(self):
        """The moment by which a role had to be revoked to be gone on that day, as far as known."""
        return min(self.known_at, timezone.make_aware(datetime.combine(self.day + timedelta(days=1), time())))

    @property
    def values(self):
        """The values of DUTIES in the database's own spelling."""
        adapt = connection.ops
        return {
            "campaign": self.campaign_id,
            "duty_day": adapt.adapt_datefield_value(self.day),
            "half_first": adapt.adapt_datefield_value(self.half.first),
            "half_last": adapt.adapt_datefield_value(self.half.last),
            "known_at": adapt.adapt_datetimefield_value(self.known_at),
            "day_ends": adapt.adapt_datetimefield_value(self.day_ends),
        }


def _known(alias):
    return f"{alias}.recorded_at <= %(known_at)s AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > %(known_at)s)"


def _on_the_day(alias):
    return f"{alias}.starts_on <= %(duty_day)s AND ({alias}.ends_on IS NULL OR {alias}.ends_on >= %(duty_day)s)"


def _newest(table, key, more="1 = 1"):
    """SQL: the one span of each `key` that holds on the day; of two that overlap the one that began later."""
    return f"""SELECT x.* FROM (
        SELECT x.*, ROW_NUMBER() OVER (
            PARTITION BY x.{key} ORDER BY x.starts_on DESC, x.recorded_at DESC, x.lineage DESC) AS place
        FROM {table} x WHERE {_on_the_day("x")} AND {_known("x")} AND {more}) x WHERE x.place = 1"""


_IN_FORCE = f"""{_on_the_day("g")} AND g.granted_at <= %(known_at)s AND (g.revoked_at IS NULL OR g.revoked_at > %(day_ends)s)"""


def _reviewed(subject, only):
    return f"""SELECT r.{subject} AS subject, MAX(r.happened_on) AS happened_on FROM evaluations_review r
        WHERE r.campaign_id = %(campaign)s AND {only} AND r.happened_on BETWEEN %(half_first)s AND %(half_last)s
            AND r.happened_on <= %(duty_day)s AND {_known("r")} GROUP BY r.{subject}"""


_EVERYBODY = "1 = 1 /* everybody */"

# `above` holds who may review each organisation, the first column that is filled wins; `owed` says who it is.
DUTIES = f"""
WITH RECURSIVE affiliated AS ({_newest("units_affiliation", "organization_id")}),
tree AS (
    SELECT c.organization_id, CAST(NULL AS bigint) AS parent_id, CAST('' AS varchar(20)) AS category, 0 AS depth
    FROM campaign_campaign c WHERE c.id = %(campaign)s AND c.starts_on <= %(half_last)s
    UNION ALL
    SELECT a.organization_id, a.parent_id, CAST(a.category AS varchar(20)), t.depth + 1
    FROM affiliated a JOIN tree t ON a.parent_id = t.organization_id),
led AS ({_newest("units_post", "organization_id", "x.kind IN ('secretary', 'acting_secretary')")}),
acting AS (
    SELECT g.organization_id, g.user_id, g.member_id FROM (
        SELECT g.organization_id, g.user_id, u.member_id,
            ROW_NUMBER() OVER (PARTITION BY g.organization_id ORDER BY g.id) AS place
        FROM units_rolegrant g JOIN units_user u ON u.id = g.user_id
        WHERE g.role IN ('secretary', 'committee') AND {_IN_FORCE}) g WHERE g.place = 1),
charged AS (
    SELECT c.organization_id, c.leader_id, u.member_id FROM ({_newest("units_charge", "organization_id")}) c
    JOIN units_user u ON u.id = c.leader_id
    WHERE EXISTS (SELECT 1 FROM units_rolegrant g WHERE g.user_id = c.leader_id AND g.role = 'leader' AND {_IN_FORCE})),
above AS (
    SELECT t.organization_id, t.parent_id, t.category, t.depth, p.parent_id AS grandparent_id, s.member_id AS secretary,
        CASE WHEN COALESCE(c.member_id, 0) <> COALESCE(s.member_id, -1) THEN c.leader_id END AS leader,
        CASE WHEN ps.member_id <> COALESCE(s.member_id, 0) THEN ps.member_id END AS secretary_above,
        CASE WHEN ps.member_id = s.member_id THEN 1 ELSE 0 END AS is_same,
        CASE WHEN COALESCE(pc.member_id, 0) <> COALESCE(s.member_id, -1) THEN pc.leader_id END AS leader_above,
        CASE WHEN pps.member_id <> COALESCE(s.member_id, 0) THEN pps.member_id END AS secretary_two_above,
        CASE WHEN ps.member_id IS NULL AND COALESCE(pa.member_id, 0) <> COALESCE(s.member_id, -1)
            THEN pa.user_id END AS acting_above
    FROM tree t
    JOIN tree p ON p.organization_id = t.parent_id
    LEFT JOIN led s ON s.organization_id = t.organization_id
    LEFT JOIN charged c ON c.organization_id = t.organization_id
    LEFT JOIN led ps ON ps.organization_id = t.parent_id
    LEFT JOIN acting pa ON pa.organization_id = t.parent_id
    LEFT JOIN charged pc ON pc.organization_id = t.parent_id
    LEFT JOIN led pps ON pps.organization_id = p.parent_id
    WHERE t.depth > 0),
owed AS (
    SELECT w.organization_id, w.category, w.depth, w.secretary,
        CASE WHEN w.leader IS NOT NULL THEN w.leader WHEN w.is_same = 1 THEN w.leader_above
            ELSE w.acting_above END AS reviewer_user,
        CASE WHEN w.leader IS NOT NULL THEN NULL WHEN w.is_same = 0 THEN w.secretary_above
            WHEN w.leader_above IS NULL THEN w.secretary_two_above END AS reviewer_member,
        CASE WHEN w.leader IS NOT NULL OR (w.is_same = 1 AND w.leader_above IS NOT NULL) THEN NULL
            WHEN w.is_same = 1 THEN w.grandparent_id ELSE w.parent_id END AS reviewer_organization,
        CASE WHEN w.is_same = 1 THEN 'same_person' WHEN w.depth = 1 THEN 'no_leader' ELSE 'no_secretary_above' END AS reason
    FROM above w),
headed AS (
    SELECT l.* FROM (
        SELECT w.*, ROW_NUMBER() OVER (PARTITION BY w.secretary ORDER BY w.depth, w.organization_id) AS place
        FROM owed w WHERE w.secretary IS NOT NULL) l WHERE l.place = 1),
rostered AS (
    SELECT m.member_id, m.organization_id FROM ({_newest("units_membership", "member_id", _EVERYBODY)}) m
    JOIN units_member p ON p.id = m.member_id
    WHERE NOT EXISTS (SELECT 1 FROM units_exemption e WHERE e.member_id = m.member_id AND {_on_the_day("e")} AND {_known("e")})
        AND NOT (p.is_exempt AND NOT EXISTS (SELECT 1 FROM units_exemption e WHERE e.member_id = m.member_id))),
pair AS (
    SELECT 'organization' AS kind, w.organization_id, CAST(NULL AS bigint) AS member_id, w.category,
        w.reviewer_user, w.reviewer_member, w.reviewer_organization, w.reason FROM owed w
    UNION ALL
    SELECT 'secretary', l.organization_id, l.secretary, l.category,
        l.reviewer_user, l.reviewer_member, l.reviewer_organization, l.reason FROM headed l
    UNION ALL
    SELECT 'member', m.organization_id, m.member_id, t.category,
        CASE WHEN s.member_id IS NULL AND COALESCE(a.member_id, 0) <> m.member_id THEN a.user_id END,
        CASE WHEN s.member_id <> m.member_id THEN s.member_id END, m.organization_id, 'no_secretary'
    FROM rostered m JOIN tree t ON t.organization_id = m.organization_id
    LEFT JOIN headed l ON l.secretary = m.member_id
    LEFT JOIN led s ON s.organization_id = m.organization_id
    LEFT JOIN acting a ON a.organization_id = m.organization_id
    WHERE l.secretary IS NULL),
organization_review AS ({_reviewed("organization_id", "r.member_id IS NULL")}),
member_review AS ({_reviewed("member_id", "r.member_id IS NOT NULL")}),
duty AS (
    SELECT d.*, COALESCE(o.happened_on, m.happened_on) AS reviewed_on,
        CASE WHEN COALESCE(o.happened_on, m.happened_on) IS NOT NULL THEN 'done'
            WHEN d.reviewer_user IS NULL AND d.reviewer_member IS NULL THEN 'gap' ELSE 'due' END AS state
    FROM pair d
    LEFT JOIN organization_review o ON d.kind = 'organization' AND o.subject = d.organization_id
    LEFT JOIN member_review m ON d.kind <> 'organization' AND m.subject = d.member_id)
"""

def duties_owed_by(owners, *, of_members):
    """SQL of the duties, of ordinary members only those whom the organisations, or with `of_members` the secretaries, in the
    column `owner` of `owners` owe one: a chunk of a run does not read everybody."""
    theirs = f"SELECT w.owner FROM {owners} w"
    if of_members:
        theirs = f"SELECT led.organization_id FROM led WHERE led.member_id IN ({theirs})"
    whom = f"x.member_id IN (SELECT q.member_id FROM units_membership q WHERE q.organization_id IN ({theirs}))"
    return f"{DUTIES.replace(_EVERYBODY, whom)} SELECT d.* FROM duty d"

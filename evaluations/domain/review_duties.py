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


_IN_FORCE = f"""{_on_the_day("g")} AND g.granted_at <= %(known_at)s AND (g.revoked_at IS NULL OR g.revoked_at > %(day_ends)s)"""


# Reviews r that do a duty of their subject.
REVIEWED = f"""r.campaign_id = %(campaign)s AND r.happened_on BETWEEN %(half_first)s AND %(half_last)s
    AND r.happened_on <= %(duty_day)s AND {_known("r")}"""


def _later(table, key, more="1 = 1"):
    """SQL condition over the span x: no other one of the same `key` that holds on the day began later."""
    return f"""NOT EXISTS (SELECT 1 FROM {table} y WHERE y.{key} = x.{key} AND {_on_the_day("y")} AND {_known("y")} AND {more}
        AND (y.starts_on, y.recorded_at, y.lineage) > (x.starts_on, x.recorded_at, x.lineage))"""


def _held(what, table, more="1 = 1"):
    """SQL: `what` of the one span of the organisation t that holds on the day. A look-up for each organisation, because what is
    found would have no index in a WITH of its own."""
    return f"""(SELECT {what} FROM {table} x WHERE x.organization_id = t.organization_id AND {_on_the_day("x")} AND {_known("x")}
        AND {more} ORDER BY x.starts_on DESC, x.recorded_at DESC, x.lineage DESC LIMIT 1)"""


# `held` says who leads, acts for and is in charge of each organisation, `above` who may review it: the first column that is
# filled wins; `owed` says who it is.
_WHO = f"""
WITH RECURSIVE tree AS (
    SELECT c.organization_id, CAST(NULL AS bigint) AS parent_id, CAST('' AS varchar(20)) AS category, 0 AS depth
    FROM campaign_campaign c WHERE c.id = %(campaign)s AND c.starts_on <= %(half_last)s
    UNION ALL
    SELECT x.organization_id, x.parent_id, CAST(x.category AS varchar(20)), t.depth + 1
    FROM tree t CROSS JOIN units_affiliation x
    WHERE x.parent_id = t.organization_id AND {_on_the_day("x")} AND {_known("x")}
        AND {_later("units_affiliation", "organization_id")}),
found AS (
    SELECT t.*, {_held("x.member_id", "units_post", "x.kind IN ('secretary', 'acting_secretary')")} AS secretary,
        (SELECT g.user_id FROM units_rolegrant g WHERE g.organization_id = t.organization_id
            AND g.role IN ('secretary', 'committee') AND {_IN_FORCE} ORDER BY g.id LIMIT 1) AS acting,
        {_held("x.leader_id", "units_charge")} AS charged
    FROM tree t),
held AS (
    SELECT f.organization_id, f.parent_id, f.category, f.depth, f.secretary, f.acting, a.member_id AS acting_member,
        CASE WHEN EXISTS (SELECT 1 FROM units_rolegrant g WHERE g.user_id = f.charged AND g.role = 'leader' AND {_IN_FORCE})
            THEN f.charged END AS leader, c.member_id AS leader_member
    FROM found f LEFT JOIN units_user a ON a.id = f.acting LEFT JOIN units_user c ON c.id = f.charged),
above AS (
    SELECT t.organization_id, t.parent_id, t.category, t.depth, p.parent_id AS grandparent_id, t.secretary,
        CASE WHEN COALESCE(t.leader_member, 0) <> COALESCE(t.secretary, -1) THEN t.leader END AS leader,
        CASE WHEN p.secretary <> COALESCE(t.secretary, 0) THEN p.secretary END AS secretary_above,
        CASE WHEN p.secretary = t.secretary THEN 1 ELSE 0 END AS is_same,
        CASE WHEN COALESCE(p.leader_member, 0) <> COALESCE(t.secretary, -1) THEN p.leader END AS leader_above,
        CASE WHEN g.secretary <> COALESCE(t.secretary, 0) THEN g.secretary END AS secretary_two_above,
        CASE WHEN p.secretary IS NULL AND COALESCE(p.acting_member, 0) <> COALESCE(t.secretary, -1)
            THEN p.acting END AS acting_above
    FROM held t
    JOIN held p ON p.organization_id = t.parent_id
    LEFT JOIN held g ON g.organization_id = p.parent_id
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
        FROM owed w WHERE w.secretary IS NOT NULL) l WHERE l.place = 1)"""

_MEMBER_REVIEWED = f"""(SELECT MAX(r.happened_on) FROM evaluations_review r WHERE r.member_id = {{member}} AND {REVIEWED})"""

_DUTIES = f"""organization_review AS (
    SELECT r.organization_id, MAX(r.happened_on) AS happened_on FROM evaluations_review r
    WHERE r.member_id IS NULL AND {REVIEWED} GROUP BY r.organization_id),
duty AS (
    SELECT d.*, CASE WHEN d.reviewed_on IS NOT NULL THEN 'done'
        WHEN d.reviewer_user IS NULL AND d.reviewer_member IS NULL THEN 'gap' ELSE 'due' END AS state
    FROM (
        SELECT 'organization' AS kind, w.organization_id, CAST(NULL AS bigint) AS member_id, w.category,
            w.reviewer_user, w.reviewer_member, w.reviewer_organization, w.reason, r.happened_on AS reviewed_on
        FROM owed w LEFT JOIN organization_review r ON r.organization_id = w.organization_id
        UNION ALL
        SELECT 'secretary', l.organization_id, l.secretary, l.category,
            l.reviewer_user, l.reviewer_member, l.reviewer_organization, l.reason, {_MEMBER_REVIEWED.format(member="l.secretary")}
        FROM headed l
        UNION ALL
        SELECT 'member', m.organization_id, m.member_id, t.category,
            CASE WHEN t.secretary IS NULL AND COALESCE(t.acting_member, 0) <> m.member_id THEN t.acting END,
            CASE WHEN t.secretary <> m.member_id THEN t.secretary END, m.organization_id, 'no_secretary',
            {_MEMBER_REVIEWED.format(member="m.member_id")}
        FROM rostered m JOIN held t ON t.organization_id = m.organization_id
        WHERE m.member_id NOT IN (SELECT h.secretary FROM held h WHERE h.secretary IS NOT NULL AND h.depth > 0)) d)"""


def _rostered(whom):
    return f"""rostered AS (
    SELECT x.member_id, x.organization_id FROM units_membership x
    JOIN units_member p ON p.id = x.member_id
    WHERE {_on_the_day("x")} AND {_known("x")} AND {whom} AND {_later("units_membership", "member_id")}
        AND NOT EXISTS (SELECT 1 FROM units_exemption e WHERE e.member_id = x.member_id AND {_on_the_day("e")} AND {_known("e")})
        AND NOT (p.is_exempt AND NOT EXISTS (SELECT 1 FROM units_exemption e WHERE e.member_id = x.member_id)))"""


def duties_of(whom="1 = 1", *, before=""):
    """SQL that opens with the duties as `duty`; of ordinary members only those whose membership x meets the condition `whom`.

    `before`: more named parts that `whom` speaks of; they may use `held` and the others above.
    """
    return f"{_WHO},\n{before}{_rostered(whom)},\n{_DUTIES}"


def duties_owed_by(owners, *, of_members):
    """SQL of the duties, of ordinary members only those whom the organisations, or with `of_members` the secretaries, in the
    column `owner` of `owners` owe one: a chunk of a run does not read everybody."""
    theirs = f"SELECT w.owner FROM {owners} w"
    if of_members:
        theirs = f"SELECT held.organization_id FROM held WHERE held.secretary IN ({theirs})"
    whom = f"x.member_id IN (SELECT q.member_id FROM units_membership q WHERE q.organization_id IN ({theirs}))"
    return f"{duties_of(whom)} SELECT d.* FROM duty d"

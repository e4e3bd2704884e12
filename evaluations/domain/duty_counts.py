"""Duties by the number: the members of an organisation who are alike are one row with their count, the others a row each.

A province has hundreds of thousands of members, and of nearly all of them the organisation alone says who owes them a review.
Looked at one by one (`single`) are those of whom it does not: secretaries and accounts that act for an organisation, who may
not review themselves, members who are or were excused, and those whose membership ends or was corrected after the day.
"""
from evaluations.domain.review_duties import REVIEWED, duties_of

NOBODY = -1  # the value of `own_member` where nobody asks
# What holds on the day and needs no second look: a member has at most one such row (units_membership_one_open).
_OPEN = """x.ends_on IS NULL AND x.superseded_at IS NULL AND x.starts_on <= %(duty_day)s AND x.recorded_at <= %(known_at)s"""


def _enrolled_in(member):
    """SQL: the organisation of such a row, looked up for each member: a join would read the whole table beforehand."""
    return f"(SELECT x.organization_id FROM units_membership x WHERE x.member_id = {member} AND {_OPEN})"


_SINGLE = """single AS (
    SELECT held.secretary AS member_id FROM held WHERE held.secretary IS NOT NULL
    UNION SELECT u.member_id FROM units_rolegrant g JOIN units_user u ON u.id = g.user_id
        WHERE g.role IN ('secretary', 'committee') AND u.member_id IS NOT NULL
    UNION SELECT e.member_id FROM units_exemption e
    UNION SELECT m.id FROM units_member m WHERE m.is_exempt
    UNION SELECT x.member_id FROM units_membership x WHERE x.ends_on >= %(duty_day)s
    UNION SELECT x.member_id FROM units_membership x WHERE x.superseded_at > %(known_at)s
    UNION SELECT %(own_member)s),
"""


def listed_duties(whom):
    """The same as `counted_duties`, a row each: for the members whose membership x meets the condition `whom`, a few."""
    return f"{duties_of(whom)},\ncounted AS (SELECT d.*, 1 AS number FROM duty d)"


def counted_duties(seen="1 = 1"):
    """SQL that opens with the duties as `counted`: the columns of `duty` that say who owes whom, the state, and `number`.

    `member_id` is null where a row stands for several members. `seen`: a condition over the organisation o that narrows
    the members who are alike; the caller narrows the rest.
    """
    return f"""{duties_of("x.member_id IN (SELECT single.member_id FROM single)", before=_SINGLE)},
member_review AS (
    SELECT DISTINCT r.member_id FROM evaluations_review r WHERE r.member_id IS NOT NULL AND {REVIEWED}),
apart AS (
    SELECT a.organization_id, SUM(a.single) AS single, SUM(a.reviewed) AS reviewed FROM (
        SELECT {_enrolled_in("single.member_id")} AS organization_id, 1 AS single, 0 AS reviewed FROM single
        UNION ALL
        SELECT {_enrolled_in("r.member_id")}, 0, 1 FROM member_review r
        WHERE r.member_id NOT IN (SELECT single.member_id FROM single)) a
    WHERE a.organization_id IS NOT NULL GROUP BY a.organization_id),
enrolled AS (
    SELECT o.id AS organization_id, COALESCE(a.reviewed, 0) AS reviewed, COALESCE(a.single, 0) AS single,
        (SELECT COUNT(*) FROM units_membership x WHERE x.organization_id = o.id AND {_OPEN}) AS number
    FROM units_organization o LEFT JOIN apart a ON a.organization_id = o.id WHERE {seen}),
alike AS (
    SELECT e.organization_id, 1 AS is_done, e.reviewed AS number FROM enrolled e
    UNION ALL
    SELECT e.organization_id, 0, e.number - e.single - e.reviewed FROM enrolled e),
counted AS (
    SELECT d.kind, d.organization_id, d.member_id, d.category, d.reviewer_user, d.reviewer_member, d.reviewer_organization,
        d.state, 1 AS number FROM duty d
    UNION ALL
    SELECT 'member', t.organization_id, CAST(NULL AS bigint), t.category,
        CASE WHEN t.secretary IS NULL THEN t.acting END, t.secretary, t.organization_id,
        CASE WHEN m.is_done = 1 THEN 'done' WHEN t.secretary IS NULL AND t.acting IS NULL THEN 'gap' ELSE 'due' END, m.number
    FROM alike m JOIN held t ON t.organization_id = m.organization_id WHERE m.number > 0)
"""

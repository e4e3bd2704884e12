"""Evidence rows of activities, shared by the measures that count them."""
from campaign.models import Activity
from evaluations.domain.measures.base import Evidence


def activity_evidence(measure, rows, user, counts):
    """[Evidence] of activities; `counts(numerator, denominator)` says what one adds."""
    seen = Activity.objects.visible_to(user, joint=True).select_related("organization", "kind").in_bulk([row[0] for row in rows])
    shown = []
    for fact, happened_on, numerator, denominator in rows:
        activity = seen.get(fact)
        if activity is None:
            shown.append(measure.hidden(happened_on, counts(numerator, denominator)))
            continue
        shown.append(
            Evidence(
                title=activity.title, url=activity.get_absolute_url(), where=activity.organization.name,
                note=activity.kind.title, happened_on=happened_on, recorded_at=activity.recorded_at,
                counts=counts(numerator, denominator),
            )
        )
    return shown


def from_activities(of_members, select, where, only_present=False):
    """SQL of the owners' activities as `a` with the numbers `held.present` and `held.expected`; for members through the
    participations `p`. `select` and `where` stand around the FROM.

    A joint activity is one record: it counts for the organisation that wrote it, and for each partner by its confirmed part
    with that partner's numbers. A member counts with whomever they came.
    """
    if of_members:
        present = "AND p.was_present" if only_present else ""
        return f"""{select} JOIN campaign_participation p ON p.member_id = o.owner {present}
            JOIN campaign_activity a ON a.id = p.activity_id {where}"""
    own = "JOIN campaign_activity a ON a.organization_id = o.owner"
    joint = """JOIN campaign_activitypart j ON j.organization_id = o.owner AND j.confirmed_at IS NOT NULL
            JOIN campaign_activity a ON a.id = j.activity_id"""
    return f"""{select.replace("held.", "a.")} {own} {where} UNION ALL {select.replace("held.", "j.")} {joint} {where}"""

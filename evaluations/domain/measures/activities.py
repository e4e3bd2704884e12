"""Evidence rows of activities, shared by the measures that count them."""
from campaign.models import Activity
from evaluations.domain.measures.base import Evidence


def activity_evidence(measure, rows, user, counts):
    """[Evidence] of activities; `counts(numerator, denominator)` says what one adds."""
    seen = Activity.objects.visible_to(user).select_related("organization", "kind").in_bulk([row[0] for row in rows])
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


def from_activities(of_members, only_present=False):
    """SQL: the owners' activities as `a`; for members through the participations `p`."""
    if not of_members:
        return "JOIN campaign_activity a ON a.organization_id = o.owner"
    present = "AND p.was_present" if only_present else ""
    return (
        f"JOIN campaign_participation p ON p.member_id = o.owner {present} "
        "JOIN campaign_activity a ON a.id = p.activity_id"
    )

"""Which indicators count an activity; campaign asks this through its registry, for it cannot look upward."""
from evaluations.enums import MeasureName
from evaluations.models import Indicator

COUNTING = (MeasureName.REACHED, MeasureName.TOOK_PART)


def counting_indicators(organization, facts, *, campaign, on):
    """Titles of the standing indicators that a run on the day `on` lets count an activity of `organization` with `facts`
    (campaign.domain.activities.ActivityFacts); two queries."""
    rows = Indicator.objects.standing().filter(
        campaign=campaign, measure__in=COUNTING, category__in={"", organization.category}
    )
    rows = [row for row in rows.select_related("organization").order_by("track", "position", "pk")
            if row.organization is None or row.organization.contains(organization)]
    rows, refined = _nearest(rows)
    phase = next((phase for phase in campaign.phases.all() if phase.covers(on)), None)
    return [row.title for row in rows if row.code not in refined and _counts(row, facts, phase)]


def _nearest(rows):
    """(rows without the parts of a unit below which a nearer one refined the same, codes that are refined)."""
    nearest = {}
    for row in rows:
        if row.refines:
            nearest[row.refines] = max(nearest.get(row.refines, ""), row.organization.path, key=len)
    return [row for row in rows if not row.refines or row.organization.path == nearest[row.refines]], set(nearest)


def _counts(indicator, facts, phase):
    """Kind, criterion (only `reached` asks for it) and window fit."""
    kinds = indicator.parameters.get("kinds") or []
    if kinds and facts.kind.code not in kinds:
        return False
    if indicator.measure == MeasureName.REACHED and indicator.criterion_code not in facts.codes:
        return False
    return indicator.parameters.get("window") != "phase" or (phase is not None and phase.covers(facts.happened_on))

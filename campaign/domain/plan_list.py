"""The list of plans as those above the units see it: who has none first, then how far each is."""
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from campaign.domain.plan_progress import PlanCount, plan_counts
from campaign.enums import PlanState
from campaign.models import Plan, Task
from units import scope
from units.models import Organization

PAGE_SIZE = 20
NONE, LATE = "none", "late"


@dataclass(frozen=True)
class PlanLine:
    """One organisation and its plans, each with its count."""

    organization: Organization
    plans: list[tuple[Plan, PlanCount]]


def organizations_with_plans(campaign, user, *, on, category="", state="", level="", q="", organization=None):
    """Organisations of the user's scope with `has_plan` on each, those without one first, then in institutional order.

    `state` is a PlanState, "none" or "late"; `level` "all" takes the branches along with the units, as `organization`
    does with everything below it.
    """
    plans = Plan.objects.filter(campaign=campaign, organization=OuterRef("pk"))
    organizations = _planning(user, "all" if organization else level).annotate(has_plan=Exists(plans))
    if organization:
        organizations = organizations.within(organization)
    if category:
        organizations = organizations.filter(category=category)
    if q:
        organizations = organizations.filter(name__icontains=q.strip())
    if state == NONE:
        organizations = organizations.filter(has_plan=False)
    elif state == LATE:
        organizations = organizations.filter(Exists(_late_tasks(campaign, on)))
    elif state in PlanState.values:
        organizations = organizations.filter(Exists(plans.filter(state=state)))
    return organizations.order_by("has_plan", "path")


def plans_of(organizations, campaign, *, on):
    """[PlanLine] of the organisations in their order; two queries."""
    organizations = list(organizations)
    plans = list(
        Plan.objects.filter(campaign=campaign, organization__in=organizations)
        .select_related("phase", "responsible")
        .order_by("phase__starts_on", "pk")
    )
    counts = plan_counts(plans, on=on)
    lines = {organization.pk: PlanLine(organization, []) for organization in organizations}
    for plan in plans:
        lines[plan.organization_id].plans.append((plan, counts.get(plan.pk, PlanCount())))
    return list(lines.values())


def plan_figures(campaign, user, *, on):
    """Counts in one query: {organizations, none} of the list as it opens, {waiting, late} of the whole scope."""
    plans = Plan.objects.filter(campaign=campaign, organization=OuterRef("pk"))
    rows = _planning(user, "all").annotate(
        has_plan=Exists(plans),
        waits=Exists(plans.filter(state=PlanState.SUBMITTED)),
        is_late=Exists(_late_tasks(campaign, on)),
    ).values_list("depth", "has_plan", "waits", "is_late")
    only_units = _reads_root(user)
    figures = {"organizations": 0, "none": 0, "waiting": 0, "late": 0}
    for depth, has_plan, waits, is_late in rows:
        figures["waiting"] += waits
        figures["late"] += is_late
        if depth == 2 or not only_units:
            figures["organizations"] += 1
            figures["none"] += not has_plan
    return figures


def _planning(user, level):
    """Organisations that write plans: all but the root; only the units unless `level` is "all" or the scope is below."""
    organizations = Organization.objects.visible_to(user).active().filter(depth__gt=1)
    return organizations.filter(depth=2) if level != "all" and _reads_root(user) else organizations


def _reads_root(user):
    """Whether the scope reaches up to a root: then the list is one of units, and branches are asked for."""
    return any(len(path) == scope.STEP for path in user.scope_paths())


def _late_tasks(campaign, on):
    return Task.objects.late(on=on).filter(organization=OuterRef("pk")).filter(plan__campaign=campaign)

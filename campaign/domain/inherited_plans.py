"""A branch takes over the plan of its unit: a draft with the unit's tasks, each tied to the one it came from."""
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from campaign.domain.plans import PlanLocked, draft_plan, prefilled_plan
from campaign.domain.tasks import write_codes
from campaign.enums import PLAN_EDITABLE, PlanState, TaskOutcome
from campaign.models import Plan, Task, TaskResult
from config.kit.refusal import Refusal
from units import scope
from units.domain.history import record
from units.models import Organization


class NothingToInherit(Refusal):
    """The unit has no approved plan with tasks ahead, or the branch carries them all."""


@dataclass(frozen=True)
class Offer:
    """What an organisation may take over: the unit's plan and those of its tasks that are not carried yet."""

    plan: Plan
    tasks: list[Task]


@dataclass(frozen=True)
class Carrying:
    """How the branches stand with one task of the unit: `rows` of (organisation, its own task or None, is it done)."""

    task: Task
    rows: list[tuple[Organization, Task | None, bool]] = field(default_factory=list)

    @property
    def carried(self):
        return sum(1 for _organization, task, _done in self.rows if task)

    @property
    def done(self):
        return sum(1 for *_ignored, done in self.rows if done)


def offers_to(organization, campaign, *, on):
    """[Offer] of the approved plans of the levels above (the root has none), the nearest and latest phase first.

    Tasks that are over or given up are not offered; nor those that a standing task of the organisation carries already.
    """
    paths = [organization.path[:end] for end in range(2 * scope.STEP, len(organization.path), scope.STEP)]
    above = (
        Plan.objects.approved().filter(campaign=campaign, organization__path__in=paths)
        .filter(Q(phase__isnull=True) | Q(phase__ends_on__gte=on))
        .select_related("organization", "phase").order_by("-organization__path", "-phase__starts_on", "pk")
    )
    offers = [Offer(plan, list(_takeable(plan, organization, on))) for plan in (above if paths else ())]
    return [offer for offer in offers if offer.tasks]


def _takeable(plan, organization, on):
    dropped = TaskResult.objects.standing().filter(task=OuterRef("pk"), outcome=TaskOutcome.DROPPED)
    carried = Task.objects.standing().filter(organization=organization, parent__lineage=OuterRef("lineage"))
    return (
        plan.tasks.standing().filter(due_on__gte=on).exclude(Exists(dropped)).exclude(Exists(carried))
        .prefetch_related("criteria").order_by("due_on", "position", "pk")
    )


@transaction.atomic
def inherit_plan(plan, organization, *, by, at, on):
    """Put the tasks of the unit's approved `plan` that are still ahead into the organisation's plan of the same phase.

    The plan is drafted when there is none. The secretary becomes the owner of each task. Returns the organisation's plan.
    Raises NothingToInherit, PlanLocked.
    """
    own = _own_plan(plan, organization, by, at)
    tasks = list(_takeable(plan, organization, on)) if plan.state == PlanState.APPROVED else []
    if not tasks:
        raise NothingToInherit(_("上级计划里没有可以沿用的任务，或者都已经沿用。"))
    after = own.tasks.standing().count()
    for position, task in enumerate(tasks, after):
        taken = Task.objects.create(
            plan=own, organization=organization, parent=task, title=task.title, text=task.text, kind=task.kind,
            place=task.place, due_on=task.due_on, target=task.target, owner=own.responsible, position=position,
            recorded_at=at, recorded_by=by,
        )
        write_codes(taken, [row.code for row in task.criteria.all()])
        record(taken, "inherit", by=by, at=at, detail={"note": str(plan)}, organization=organization)
    return own


def _own_plan(plan, organization, by, at):
    """The organisation's editable plan of the phase, held; drafted from what is known when there is none."""
    found = Plan.objects.select_for_update(of=("self",)).filter(
        campaign=plan.campaign, organization=organization, phase=plan.phase
    ).first()
    if found is None:
        known = prefilled_plan(plan.campaign, organization)
        return draft_plan(
            plan.campaign, organization, title=known["title"], theme=plan.theme, vehicle=plan.vehicle,
            responsible=known["responsible"], phase=plan.phase, by=by, at=at,
        )
    if found.state not in PLAN_EDITABLE:
        raise PlanLocked(_("本支部这个阶段的计划已经提交，不能再沿用。"))
    return found


def carrying_counts(plan):
    """{lineage of a task of the plan: (branches that carry it, branches where it is done)}; one query. A branch's plan
    counts from the moment it takes the task over; its state stands on the task's own page."""
    done = TaskResult.objects.standing().filter(task=OuterRef("pk"), outcome=TaskOutcome.DONE)
    rows = Task.objects.standing().filter(parent__plan=plan).annotate(done=Exists(done))
    counts = {}
    for lineage, is_done in rows.values_list("parent__lineage", "done"):
        carried, finished = counts.get(lineage, (0, 0))
        counts[lineage] = (carried + 1, finished + is_done)
    return counts


def carrying(task):
    """The Carrying of one task: every organisation below the plan's, those that carry it not first; three queries."""
    done = TaskResult.objects.standing().filter(task=OuterRef("pk"), outcome=TaskOutcome.DONE)
    taken = {
        row.organization_id: row
        for row in Task.objects.standing().filter(parent__lineage=task.lineage)
        .select_related("plan", "owner").annotate(done=Exists(done))
    }
    below = Organization.objects.active().within(task.organization).exclude(pk=task.organization_id).order_by("path")
    rows = [(one, taken.get(one.pk), bool(taken.get(one.pk) and taken[one.pk].done)) for one in below]
    return Carrying(task, sorted(rows, key=lambda row: (row[1] is not None, row[2])))

"""What a new activity starts from: a task of the plan, an earlier record, or nothing."""
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from campaign.domain.rosters import roster_on
from campaign.models import Activity, Task

SOON = timedelta(days=30)  # a task that is due later is offered, but not chosen unasked
OFFERED = 6


@dataclass(frozen=True)
class Start:
    """Where the form starts: `initial` data of ActivityForm, the chosen task or the record that is copied."""

    initial: dict
    task: Task | None = None
    copied: Activity | None = None
    saved_at: datetime | None = None  # of the draft


def open_tasks(organization, campaign):
    """Open tasks of the organisation, the one that is due first in front."""
    tasks = Task.objects.open().filter(organization=organization, plan__campaign=campaign)
    return tasks.select_related("kind").order_by("due_on", "position", "pk")


def start_blank(organization, *, on):
    """The day, and everybody on its roster as present."""
    size = roster_on(organization, on=on).count()
    return Start({"happened_on": on, "roster_on": on, "present": size, "expected": size})


def start_from_task(task, *, on):
    """Name, kind, place and criteria of the task; the sentence is left to be typed."""
    known = {
        "task": task.lineage, "title": task.title, "place": task.place, "kind": task.kind_id,
        "codes": [row.code for row in task.criteria.all()],
    }
    return Start(start_blank(task.organization, on=on).initial | known, task=task)


def start_from_activity(activity, *, on):
    """Name, kind, place and criteria; never the sentence, the photos, the task or who came: those are of that day."""
    start = start_blank(activity.organization, on=on).initial
    known = {
        "title": activity.title, "place": activity.place, "kind": activity.kind_id,
        "codes": [row.code for row in activity.criteria.all()],
    }
    return Start(start | known, copied=activity)


def start_by_itself(tasks, organization, *, on):
    """The task that is late or due soon, the first of `tasks` (open, in order of their days); else nothing."""
    if tasks and tasks[0].due_on - on <= SOON:
        return start_from_task(tasks[0], on=on)
    return start_blank(organization, on=on)


def start_from_draft(draft):
    """What was typed, as it was typed."""
    initial = initial_of_typed(draft.data)
    task = Task.objects.standing().filter(lineage=lineage_of(initial.get("task"))).select_related("kind").first()
    return Start(initial | {"draft_id": draft.token}, task=task, saved_at=draft.saved_at)


def initial_of_typed(data):
    """Initial data of the form for typed fields {name: [values]}."""
    several = {"absent", "codes", "bodies"}
    return {name: values if name in several else values[0] for name, values in data.items() if values}


def lineage_of(text):
    """The UUID that `text` names, or None: it comes from an address or a draft, where anything may stand."""
    try:
        return UUID(str(text))
    except ValueError:
        return None

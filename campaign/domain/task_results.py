"""The result of a task follows the activities that were logged for it."""
from django.db import transaction
from django.utils.translation import gettext as _

from campaign.enums import TaskOutcome
from campaign.models import Activity, Task, TaskResult
from config.kit.facts import supersede
from units.domain.history import record


def closing_activity(task):
    """The standing activity that makes the task's target full, in order of the days; None while some are missing."""
    done = Activity.objects.standing().filter(task__lineage=task.lineage).order_by("happened_on", "recorded_at", "pk")
    return done[task.target - 1 : task.target].first()


@transaction.atomic
def settle_task(task, *, by, at):
    """Let the standing result of a task's lineage say what its standing activities say; call it after either changes.

    Closes the task by the activity that makes the target full, moves the result when that is another one or another
    day, and opens the task again when it is not full any more. What a person decided instead stays and moves to the
    standing version of the task: a reason, or an activity chosen by hand, as long as that one stands.
    Returns the standing result or None.
    """
    # Locked, so that of two activities logged at once the second counts the first.
    versions = list(Task.objects.select_for_update().filter(lineage=task.lineage))
    standing = next((version for version in versions if version.stands), None)
    results = TaskResult.objects.standing().filter(task__lineage=task.lineage)
    result = results.select_related("activity__task").first()
    wanted = _wanted(standing, result)
    if _content(result) == _content(wanted):
        return result
    if wanted is not None:
        wanted.recorded_at, wanted.recorded_by = at, by
    if result is not None:
        supersede(result, at=at, replacement=wanted)
    else:
        wanted.save()
    if (result is None) != (wanted is None):
        _tell(standing or task, wanted, by=by, at=at)
    return wanted


def _wanted(task, result):
    """The unsaved result that the standing facts ask for, or None."""
    if task is None:
        return None
    if result is not None and result.activity is None:
        return TaskResult(task=task, outcome=result.outcome, reason=result.reason, happened_on=result.happened_on)
    by_hand = result is not None and (result.activity.task is None or result.activity.task.lineage != task.lineage)
    activity = Activity.objects.standing().filter(lineage=result.activity.lineage).first() if by_hand else None
    activity = activity or closing_activity(task)
    if activity is None:
        return None
    return TaskResult(task=task, outcome=TaskOutcome.DONE, activity=activity, happened_on=activity.happened_on)


def _content(result):
    return result and (result.task_id, result.outcome, result.activity_id, result.reason, result.happened_on)


def _tell(task, result, *, by, at):
    if result is not None:
        record(task, "close", by=by, at=at, detail={"activity": str(result.activity)}, organization=task.organization)
    else:
        detail = {"reason": _("完成它的活动更正或撤回了")}
        record(task, "reopen", by=by, at=at, detail=detail, organization=task.organization)

"""The table of clock jobs and the tasks agree, both ways."""
import inspect
from types import SimpleNamespace

from celery import current_app

from config.schedule import BEAT_SCHEDULE
from tests.house import sources

# Tasks that take nothing and yet are no clock jobs, each with its reason; empty until there is one.
ON_DEMAND = set()


def own_tasks():
    """{name: task} of the product's tasks."""
    current_app.loader.import_default_modules()
    return {name: task for name, task in current_app.tasks.items() if name.split(".")[0] in sources.APPS}


def takes_nothing(task):
    """Whether the task can be called without arguments."""
    needed = [word for word in inspect.signature(task.run).parameters.values()
              if word.default is word.empty and word.kind not in {word.VAR_KEYWORD, word.VAR_POSITIONAL}]
    return not needed


def disagreements(schedule, tasks):
    """Sentences about entries without a task, tasks without an entry, and arguments that do not fit."""
    scheduled = {entry["task"] for entry in schedule.values()}
    for label, entry in schedule.items():
        if entry["task"] not in tasks:
            yield f"{label} names {entry['task']}, which does not exist"
        elif not takes_nothing(tasks[entry["task"]]) and not entry.get("args"):
            yield f"{label} calls {entry['task']} without its arguments"
    for name, task in tasks.items():
        if takes_nothing(task) and name not in scheduled | ON_DEMAND:
            yield f"{name} takes nothing and nobody calls it"


def test_schedule_and_tasks_agree():
    assert list(disagreements(BEAT_SCHEDULE, own_tasks())) == []


def test_something_runs_by_the_clock():
    assert BEAT_SCHEDULE
    assert own_tasks()


def test_the_rule_refuses():
    tasks = {"units.tasks.sweep": SimpleNamespace(run=lambda: None), "units.tasks.one": SimpleNamespace(run=lambda pk: None)}
    schedule = {"a": {"task": "units.tasks.gone"}, "b": {"task": "units.tasks.one"}}
    assert list(disagreements(schedule, tasks)) == [
        "a names units.tasks.gone, which does not exist",
        "b calls units.tasks.one without its arguments",
        "units.tasks.sweep takes nothing and nobody calls it",
    ]

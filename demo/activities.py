"""A year of invented plans, tasks and activities."""
from datetime import date, timedelta

from campaign.enums import PlanState
from campaign.models import (
    Activity,
    ActivityCriterion,
    ActivityKind,
    Participation,
    Plan,
    Task,
    TaskCriterion,
    TaskResult,
)
from demo.texts import ACTIVITIES, EXTRAS, KIND_WEIGHTS, PLACES, TASKS, TASKS_TO_DO
from units.enums import Category, Role
from units.models import User

LIVELY = {Category.ORGAN: 92, Category.INSTITUTION: 84, Category.SOCIETY: 66}  # percent of months with an activity


def months(first, last):
    """(first day, last day) of each month of the span, cut to it."""
    day = first
    while day <= last:
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield day, min(last, following - timedelta(days=1))
        day = following


def write_plans(cast, campaign, chance, *, now):
    """A plan of the present phase for nearly every unit and branch; some wait for approval. Returns the tasks written."""
    phase = campaign.phases.get(starts_on__lte=now.date(), ends_on__gte=now.date())
    themes = dict(campaign.category_themes.values_list("category", "theme"))
    kinds = dict(ActivityKind.objects.values_list("code", "pk"))
    plans, tasks, criteria = [], [], []
    for organization in {o.pk: o for o in [*cast.units, *cast.leaves]}.values():
        if chance.happens(6):
            continue
        handed_in = chance.moment(chance.workday(phase.starts_on + timedelta(days=5), phase.starts_on + timedelta(days=40)))
        waits = chance.happens(4)
        plans.append(Plan(
            campaign=campaign, organization=organization, phase=phase, title=f"{phase.title}工作计划",
            theme=themes[organization.category], vehicle=campaign.vehicle,
            responsible_id=cast.secretary_members.get(organization.pk),
            state=PlanState.SUBMITTED if waits else PlanState.APPROVED, moved_at=handed_in,
            approved_at=None if waits else handed_in + timedelta(days=3), created_by=cast.secretaries.get(organization.pk),
        ))
    Plan.objects.bulk_create(plans)
    for plan in plans:
        for position, (title, kind, codes, place) in enumerate(chance.sample(TASKS, chance.randrange(3, 6))):
            due_on = date(2011, 6, 30) if title.startswith("6月") else chance.workday(date(2011, 2, 20), date(2011, 6, 28))
            task = Task(
                plan=plan, organization=plan.organization, title=title, kind_id=kinds[kind], place=place, due_on=due_on,
                position=position, owner_id=plan.responsible_id, recorded_at=plan.moved_at, recorded_by=plan.created_by,
            )
            tasks.append(task)
            criteria.append((task, codes))
    Task.objects.bulk_create(tasks, batch_size=400)
    TaskCriterion.objects.bulk_create(
        [TaskCriterion(task=task, code=code) for task, codes in criteria for code in codes], batch_size=900
    )
    return [task for task in tasks if task.plan.approved_at]


def write_activities(cast, campaign, tasks, chance, *, now):
    """Monthly activities of every branch with their rosters; most tasks are closed by one. Returns the activities."""
    kinds = dict(ActivityKind.objects.values_list("code", "pk"))
    planned = [
        activity
        for organization in cast.leaves
        if cast.rosters[organization.pk]
        for activity in _of_branch(organization, cast, campaign, kinds, chance, now)
    ]
    closing = _closing_tasks(tasks, cast, campaign, kinds, chance, now)
    written = [*planned, *closing]
    _say_extras([activity for activity, _codes in written], kinds)
    Activity.objects.bulk_create([activity for activity, _codes in written], batch_size=400)
    ActivityCriterion.objects.bulk_create(
        [ActivityCriterion(activity=activity, code=code) for activity, codes in written for code in codes], batch_size=900
    )
    TaskResult.objects.bulk_create(
        [
            TaskResult(
                task=activity.task, outcome="done", activity=activity, happened_on=activity.happened_on,
                recorded_at=activity.recorded_at, recorded_by=activity.recorded_by,
            )
            for activity, _codes in closing
        ],
        batch_size=400,
    )
    _close_units_tasks(tasks, cast, chance, now)
    _write_rosters([activity for activity, _codes in written], cast, chance)
    return [activity for activity, _codes in written]


def leave_tasks_open(campaign, *, now):
    """Tasks still to be done for the secretary who signs in: the demo opens with the main job of a branch."""
    secretary = User.objects.get(username=Role.SECRETARY.value)
    plan = Plan.objects.get(campaign=campaign, organization=secretary.main_grant.organization)
    kinds = dict(ActivityKind.objects.values_list("code", "pk"))
    after = plan.tasks.count()
    for position, (days, title, kind, codes, place) in enumerate(TASKS_TO_DO, after):
        task = Task.objects.create(
            plan=plan, organization=plan.organization, title=title, kind_id=kinds[kind], place=place,
            due_on=now.date() + timedelta(days=days), position=position, owner_id=plan.responsible_id,
            recorded_at=plan.moved_at, recorded_by=plan.created_by,
        )
        TaskCriterion.objects.bulk_create([TaskCriterion(task=task, code=code) for code in codes])


def _of_branch(organization, cast, campaign, kinds, chance, now):
    """One branch's months; a few branches have been silent of late."""
    silent_since = now.date() - timedelta(days=chance.randrange(31, 75)) if chance.happens(9) else now.date()
    for first, last in months(date(2010, 6, 3), min(now.date() - timedelta(days=1), silent_since)):
        for _turn in range(2 if chance.happens(22) else 1):
            if not chance.happens(LIVELY[organization.category]):
                continue
            code = chance.weighted(KIND_WEIGHTS)
            title, text, criteria = chance.choice(ACTIVITIES[code])
            yield _activity(
                organization, cast, campaign, chance, now, kind_id=kinds[code], title=title, text=text,
                happened_on=chance.day(first, last), place=chance.choice(PLACES),
            ), criteria


def _closing_tasks(tasks, cast, campaign, kinds, chance, now):
    """Activities that did a task, mostly by its day; some tasks stay open or were late."""
    codes_of = {pk: code for code, pk in kinds.items()}
    closing = []
    for task in tasks:
        if not cast.rosters[task.organization_id] or not chance.happens(88 if task.due_on < now.date() else 18):
            continue
        begin = max(task.plan.approved_at.date(), task.due_on - timedelta(days=30))
        end = min(now.date() - timedelta(days=1), task.due_on + timedelta(days=9 if chance.happens(10) else 0))
        if begin > end:
            continue
        _title, text, criteria = chance.choice(ACTIVITIES[codes_of[task.kind_id]])
        activity = _activity(
            task.organization, cast, campaign, chance, now, kind_id=task.kind_id, title=task.title, text=text,
            happened_on=chance.day(begin, end), place=task.place,
        )
        activity.task = task
        closing.append((activity, criteria))
    return closing


def _close_units_tasks(tasks, cast, chance, now):
    """A unit without members of its own leaves its tasks to its branches, and closes them by saying so."""
    due = [task for task in tasks if not cast.rosters[task.organization_id] and task.due_on < now.date()]
    results = []
    for task in due:
        if chance.happens(90):
            day = task.due_on - timedelta(days=chance.randrange(1, 12))
            results.append(TaskResult(
                task=task, outcome="done", reason="各支部已分别完成，见支部的活动。", happened_on=day,
                recorded_at=chance.recorded(day, now), recorded_by=task.recorded_by,
            ))
    TaskResult.objects.bulk_create(results, batch_size=400)


def _activity(organization, cast, campaign, chance, now, *, text, happened_on, **fields):
    expected = sum(1 for member in cast.rosters[organization.pk] if not member.is_exempt)
    absent = min(expected, chance.choices([0, 1, 2, 3, 5], [34, 26, 20, 12, 8])[0])
    return Activity(
        campaign=campaign, organization=organization, text=chance.filled(text), happened_on=happened_on,
        expected=expected, present=expected - absent, masses=chance.choice([0, 0, 0, 4, 8, 15]),
        has_roster=absent == 0 or chance.happens(80), recorded_at=chance.recorded(happened_on, now),
        recorded_by=cast.secretaries.get(organization.pk), **fields,
    )


def _say_extras(activities, kinds):
    """What some kinds ask for, and whom some served; by the day, so that nothing else of the demo changes."""
    asked = {kinds[code]: said for code, said in EXTRAS.items()}
    serving = {kinds["volunteer"], kinds["theme_practice"]}
    for activity in activities:
        said = asked.get(activity.kind_id)
        activity.extras = said[activity.happened_on.day % len(said)] if said else {}
        activity.served = 6 + activity.happened_on.day if activity.kind_id in serving else 0
        activity.bodies = ["union"] if activity.happened_on.day % 7 == 0 else ["youth"] if activity.happened_on.day % 9 == 0 else []


def _write_rosters(activities, cast, chance):
    """Participation rows for activities whose names are known."""
    rows = []
    for activity in activities:
        if activity.has_roster:
            people = [member for member in cast.rosters[activity.organization_id] if not member.is_exempt]
            absent = set(chance.sample(range(len(people)), activity.expected - activity.present))
            rows += [
                Participation(activity=activity, member=member, was_present=place not in absent)
                for place, member in enumerate(people)
            ]
    Participation.objects.bulk_create(rows, batch_size=5000)

"""The version of each plan that was handed in before versions were kept, as far as the records still tell what it said.

A plan's own words stand still from the moment it is handed in, unless it is given back; tasks have two times, so those of
that moment are known, unless one was changed in place or taken out after the plan was given back. The history says when and
by whom; what nobody recorded is not made up.
"""
from django.db import migrations
from django.db.models import Q

CHUNK = 500
WHOLE_CAMPAIGN = "全程"
IN_PLACE = ("change", "remove")


def derive(apps, schema_editor):
    Plan, PlanVersion = (apps.get_model("campaign", name) for name in ("Plan", "PlanVersion"))
    bare = Plan.objects.exclude(state="draft").filter(versions__isnull=True).order_by("pk")
    keys = list(bare.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        plans = Plan.objects.filter(pk__in=keys[start : start + CHUNK]).select_related("phase", "responsible").order_by("pk")
        PlanVersion.objects.bulk_create(_versions(apps, list(plans)))


def _versions(apps, plans):
    """The PlanVersions of up to CHUNK plans; four queries."""
    handed_in, changed_later = _handed_in(apps, plans), _changed_in_place(apps, plans)
    known = {plan: handed_in[plan.pk] for plan in plans if plan.pk in handed_in}
    kept = {
        plan: moment for plan, (moment, _account) in known.items()
        if plan.state != "returned" or not any(later > moment for later in changed_later.get(plan.pk, ()))
    }
    tasks = _tasks(apps, kept)
    PlanVersion = apps.get_model("campaign", "PlanVersion")
    return [
        PlanVersion(
            plan=plan, number=1, handed_in_at=moment, handed_in_by_id=known[plan][1],
            words=_words(plan, tasks.get(plan.pk, ())),
        )
        for plan, moment in kept.items()
    ]


def _handed_in(apps, plans):
    """{plan: (moment, account)} of the last time that each was handed in; one that waits was moved by just that."""
    found = {plan.pk: (plan.moved_at, None) for plan in plans if plan.state == "submitted"}
    entries = _entries(apps, "campaign.Plan", plans).filter(verb="submit")
    for key, moment, account in entries.values_list("subject_id", "at", "actor_id"):
        found[int(key)] = (moment, account)
    return found


def _changed_in_place(apps, plans):
    """{plan: [moments]} of changes of its own words, and of its organisation's tasks, of which those removed left no row."""
    found, plans_of = {}, {}
    for plan in plans:
        plans_of.setdefault(plan.organization_id, []).append(plan.pk)
    HistoryEntry = apps.get_model("units", "HistoryEntry")
    of_plans = Q(subject_type="campaign.Plan", subject_id__in=[str(plan.pk) for plan in plans])
    of_tasks = Q(subject_type="campaign.Task", organization__in=list(plans_of))
    entries = HistoryEntry.objects.filter(of_plans | of_tasks, verb__in=IN_PLACE)
    for kind, key, organization, moment in entries.values_list("subject_type", "subject_id", "organization_id", "at"):
        for plan in [int(key)] if kind == "campaign.Plan" else plans_of[organization]:
            found.setdefault(plan, []).append(moment)
    return found


def _entries(apps, kind, rows):
    HistoryEntry = apps.get_model("units", "HistoryEntry")
    return HistoryEntry.objects.filter(subject_type=kind, subject_id__in=[str(row.pk) for row in rows]).order_by("sequence")


def _tasks(apps, kept):
    """{plan: [its tasks as they stood when it was handed in]}"""
    found, moments = {}, {plan.pk: moment for plan, moment in kept.items()}
    rows = apps.get_model("campaign", "Task").objects.filter(plan__in=list(moments)).order_by("position", "pk")
    for task in rows.select_related("kind", "owner").prefetch_related("criteria"):
        moment = moments[task.plan_id]
        if task.recorded_at <= moment and (task.superseded_at is None or task.superseded_at > moment):
            found.setdefault(task.plan_id, []).append(task)
    return found


def _words(plan, tasks):
    """As campaign/domain/plan_versions.py writes them on the day of this migration."""
    return {
        "title": plan.title, "phase": plan.phase.title if plan.phase else WHOLE_CAMPAIGN, "theme": plan.theme,
        "vehicle": plan.vehicle, "responsible": plan.responsible.name if plan.responsible else "",
        "tasks": [_task_words(task) for task in tasks],
    }


def _task_words(task):
    return {
        "lineage": str(task.lineage), "title": task.title, "kind": task.kind.title if task.kind else "",
        "codes": "、".join(sorted(row.code for row in task.criteria.all())), "due_on": task.due_on.isoformat(),
        "target": str(task.target), "owner": task.owner.name if task.owner else "", "place": task.place, "text": task.text,
    }


class Migration(migrations.Migration):

    dependencies = [
        ("campaign", "0002_activity_kinds"),
        ("units", "0001_tables"),
    ]

    operations = [migrations.RunPython(derive, migrations.RunPython.noop, elidable=True)]

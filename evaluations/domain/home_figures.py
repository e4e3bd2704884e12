"""Figures of the home pages: own quarter of a branch, completion of the phase for the office, a member's own year."""
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.models import Activity, Commitment, Plan, Rectification, Task, TaskResult
from evaluations.models import Appraisal, Review
from units.models import Organization


@dataclass(frozen=True)
class Figure:
    """One line of a panel: a label, the figure in words, and where it opens."""

    label: str
    value: str
    url: str


def quarter(day):
    """(first day, last day) of the calendar quarter that holds `day`."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    following = (first + timedelta(days=92)).replace(day=1)
    return first, following - timedelta(days=1)


def tasks_done(tasks):
    """(done, all) of a task queryset: standing tasks of approved plans, and those with a standing `done` result."""
    done = TaskResult.objects.standing().filter(task=OuterRef("pk"), outcome="done")
    counts = (
        tasks.standing()
        .filter(plan__approved_at__isnull=False)
        .annotate(is_done=Exists(done))
        .aggregate(all=Count("pk"), done=Count("pk", filter=Q(is_done=True)))
    )
    return counts["done"], counts["all"]


def branch_quarter(organization, campaign, *, on):
    """The five lines 本季度 of a branch's home page. Six queries."""
    first, last = quarter(on)
    span = f"first={first.isoformat()}&last={last.isoformat()}&organization={organization.pk}"
    done, tasks = tasks_done(Task.objects.filter(organization=organization, due_on__range=(first, last)))
    activities = Activity.objects.standing().filter(
        campaign=campaign, organization=organization, happened_on__range=(first, last)
    ).count()
    joint = organization.activity_parts.standing().confirmed()
    activities += joint.filter(activity__campaign=campaign, activity__happened_on__range=(first, last)).count()
    promises = Commitment.objects.filter(campaign=campaign, organization=organization).aggregate(
        all=Count("pk", filter=Q(published_at__isnull=False)),
        kept=Count("pk", filter=Q(outcomes__superseded_at__isnull=True, outcomes__outcome="kept"), distinct=True),
    )
    reviews = Review.objects.standing().filter(
        organization=organization, member__isnull=True, happened_on__range=(first, last)
    ).count()
    open_items = Rectification.objects.filter(organization=organization).unfinished().count()
    here = f"organization={organization.pk}"
    return [
        Figure(_("计划任务"), _("%(done)s/%(all)s 完成") % {"done": done, "all": tasks}, reverse("plan_list")),
        Figure(_("记录活动"), _("%(n)s 条") % {"n": activities}, reverse("activity_list") + f"?{span}"),
        Figure(
            _("公开承诺"), _("%(all)s 项，兑现 %(kept)s 项") % promises, reverse("commitment_list") + f"?{here}"
        ),
        Figure(_("领导点评"), _("%(n)s 次") % {"n": reviews}, reverse("review_list") + f"?{here}"),
        Figure(
            _("整改"), _("%(n)s 项没有完成") % {"n": open_items} if open_items else _("没有未完成的"),
            reverse("rectification_list") + f"?{here}",
        ),
    ]


def phase_progress(campaign, phase, *, on):
    """What is done of the phase across all units: [(label, done, all, url)]. For the office; six queries."""
    units = Organization.objects.active().units().within(campaign.organization)
    unit_count = units.count()
    handed_in = Plan.objects.filter(campaign=campaign, phase=phase).exclude(state="draft").exclude(state="returned")
    first, last = phase.starts_on, min(phase.ends_on, on)
    done, tasks = tasks_done(Task.objects.filter(plan__campaign=campaign, due_on__range=(first, last)))
    reviewed = Review.objects.standing().filter(
        campaign=campaign, member__isnull=True, happened_on__range=(first, last), organization__in=units
    )
    appraised = Appraisal.objects.standing().confirmed().filter(
        campaign=campaign, sheet="organization", happened_on__range=(first, last), organization__in=units
    )
    promises = Commitment.objects.filter(campaign=campaign, published_at__isnull=False, due_on__range=(first, last))
    judged = promises.filter(state="judged").count()
    return [
        (_("单位计划已报"), handed_in.filter(organization__in=units).count(), unit_count, reverse("plan_list")),
        (_("到期任务已完成"), done, tasks, reverse("plan_list")),
        (_("单位已点评"), reviewed.values("organization").distinct().count(), unit_count, reverse("coverage", args=["review"])),
        (_("单位已评议"), appraised.values("organization").distinct().count(), unit_count, reverse("appraisal_list")),
        (_("到期承诺已评定"), judged, promises.count(), reverse("commitment_list") + "?state=judged"),
    ]

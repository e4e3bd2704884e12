"""Sources of the agenda on the campaign's side: tasks, activities, commitments, rectification, plans and the frame."""
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.domain.agenda import Entry
from campaign.enums import CommitmentState, PlanState, RectificationState, TaskOutcome
from campaign.models import Activity, Commitment, Plan, Rectification, Task, TaskResult


def _rows(model, campaign, organizations, user, **days):
    """The rows of `model` in the campaign, of the organisations, in the days, as far as `user` sees them."""
    rows = model.objects.visible_to(user) if user else model.objects.all()
    return rows.filter(organization__in=organizations, **days).filter(**campaign)


def task_entry(task, *, is_done=False):
    """A task on its day; also of a plan that nobody approved yet."""
    url = reverse("plan_detail", args=[task.plan_id]) + f"#task-{task.pk}"
    return Entry(
        f"task-{task.lineage}", task.due_on, _("任务到期"), task.title, url, task.organization_id, not is_done, is_done
    )


def commitment_entry(row):
    """A promise on its day; also one that is not public yet."""
    is_done = row.state == CommitmentState.JUDGED
    return Entry(
        f"commitment-{row.pk}", row.due_on, _("承诺到期"), row.text, row.get_absolute_url(), row.organization_id, not is_done,
        is_done,
    )


def rectification_entry(row):
    """An item on its day; reported it is nobody's duty any more, though not done."""
    return Entry(
        f"rectification-{row.pk}", row.due_on, _("整改到期"), row.problem, row.get_absolute_url(), row.organization_id,
        row.state == RectificationState.OPEN, row.state == RectificationState.VERIFIED,
    )


def tasks(campaign, organizations, first, last, *, user=None):
    outcome = TaskResult.objects.standing().filter(task=OuterRef("pk")).values("outcome")[:1]
    rows = _rows(Task, {"plan__campaign": campaign}, organizations, user, due_on__range=(first, last))
    rows = rows.standing().filter(plan__approved_at__isnull=False).annotate(outcome=Subquery(outcome))
    for task in rows.order_by("pk"):
        if task.outcome != TaskOutcome.DROPPED:
            yield task_entry(task, is_done=task.outcome == TaskOutcome.DONE)


def activities(campaign, organizations, first, last, *, user=None):
    rows = _rows(Activity, {"campaign": campaign}, organizations, user, happened_on__range=(first, last)).standing()
    for row in rows.order_by("pk").only("lineage", "happened_on", "title", "organization_id"):
        yield Entry(
            f"activity-{row.lineage}", row.happened_on, _("活动"), row.title, row.get_absolute_url(), row.organization_id,
            is_done=True,
        )


def commitments(campaign, organizations, first, last, *, user=None):
    """The organisation's own one by one; those of its members counted by day, and no duty of the organisation."""
    rows = _rows(Commitment, {"campaign": campaign}, organizations, user, due_on__range=(first, last))
    own = rows.filter(member__isnull=True)
    for row in [*own.in_progress(), *own.filter(state=CommitmentState.JUDGED)]:
        yield commitment_entry(row)
    counted = rows.in_progress().filter(member__isnull=False).values_list("organization_id", "due_on").annotate(n=Count("pk"))
    for organization, due_on, number in counted.order_by("organization_id", "due_on"):
        url = reverse("commitment_list") + f"?organization={organization}&whose=member&state=published"
        yield Entry(
            f"members-{organization}-{due_on:%Y%m%d}", due_on, _("承诺到期"), _("党员的承诺 %(n)s 条") % {"n": number}, url,
            organization,
        )


def rectifications(campaign, organizations, first, last, *, user=None):
    rows = _rows(Rectification, {"campaign": campaign}, organizations, user, due_on__range=(first, last))
    for row in [*rows.unfinished(), *rows.filter(state=RectificationState.VERIFIED)]:
        yield rectification_entry(row)


def plans(campaign, organizations, first, last, *, user=None):
    """The day on which a plan got its present state, unless it is a draft."""
    words = {PlanState.SUBMITTED: _("计划提交"), PlanState.APPROVED: _("计划同意"), PlanState.RETURNED: _("计划退回")}
    rows = _rows(Plan, {"campaign": campaign}, organizations, user, state__in=words)
    for row in rows.order_by("pk"):
        day = timezone.localtime(row.approved_at or row.moved_at).date()
        if first <= day <= last:
            yield Entry(
                f"plan-{row.pk}", day, words[row.state], row.title, row.get_absolute_url(), row.organization_id,
                is_done=row.state != PlanState.RETURNED,
            )


def frame(campaign, organizations, first, last, *, user=None):
    """Milestones, which everybody works towards, and the days on which phases begin and end."""
    url = campaign.get_absolute_url()
    for mark in campaign.milestones.filter(on__range=(first, last)).order_by("pk"):
        yield Entry(f"milestone-{mark.pk}", mark.on, _("节点"), mark.title, url, is_duty=True)
    for phase in campaign.phases.order_by("starts_on", "pk"):
        for day, word, end in ((phase.starts_on, _("阶段开始"), "start"), (phase.ends_on, _("阶段结束"), "end")):
            if first <= day <= last:
                yield Entry(f"phase-{phase.pk}-{end}", day, word, phase.title, url)


SOURCES = {
    "task": tasks, "activity": activities, "commitment": commitments, "rectification": rectifications, "plan": plans,
    "frame": frame,
}

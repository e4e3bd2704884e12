"""What happened since the last review of an organisation or a member: the facts a reviewer may quote, with their links."""
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.enums import CommitmentState
from campaign.models import Activity, Commitment, CommitmentOutcome, Participation, Rectification, Task, TaskResult
from config.kit.numbers import share_in_tenths, tenths_text
from evaluations.domain.appraisal_figures import audiences_of, is_valid, item_rows, overall_row
from evaluations.enums import SHEET_ITEMS, AppraisalSheet, SatisfactionFormula
from evaluations.models import Appraisal, Review
from units import scope
from units.enums import LEADS_BRANCH
from units.models import Post

LINES = 3
WITHOUT_REVIEW = timedelta(days=183)  # how far to look back where there was no review yet


@dataclass(frozen=True)
class Fact:
    """One quotable fact. `key` names it in the form; `days`: until it is due (negative: overdue), None says nothing."""

    key: str
    text: str
    note: str
    url: str
    days: int | None = None


@dataclass
class Group:
    """Facts of one kind; `count` in words stands beside the title, `percent` draws a bar."""

    title: str
    count: str = ""
    facts: list = field(default_factory=list)
    percent: int | None = None
    more_url: str = ""
    more: str = ""


def organization_of(member, *, on):
    """Whose ledger a review of the member stands in: the highest organisation that the member is secretary of, else the own."""
    posts = Post.objects.standing().on(on).filter(member=member, kind__in=LEADS_BRANCH, organization__parent__isnull=False)
    post = posts.select_related("organization").order_by("organization__depth", "pk").first()
    return post.organization if post else member.organization


def last_review(user, organization, member, campaign):
    """The newest standing review of the same subject, or None."""
    rows = Review.objects.visible_to(user).standing().filter(campaign=campaign, member=member)
    if member is None:
        rows = rows.filter(organization=organization)
    return rows.select_related("reviewer").newest_first().first()


def facts_since(review, *, user, campaign, organization, member=None, on):
    """[Group] of what `user` may see since `review` (or half a year back), empty groups left out."""
    since = review.happened_on if review else on - WITHOUT_REVIEW
    if member is None:
        makers = (_tasks, _activities, _commitments, _rectifications, _appraisal)
    else:
        makers = (_attendance, _own_commitments, _rectifications)
    groups = [_problems(review, user)] if review else []
    groups += [make(user, campaign, organization, member, since, on) for make in makers]
    return [group for group in groups if group.facts]


def chosen_facts(groups, keys):
    """The facts that `keys` name, as a review keeps them: [{"text", "url"}]. Unknown keys are left out."""
    wanted = set(keys)
    return [{"text": fact.text, "url": fact.url} for group in groups for fact in group.facts if fact.key in wanted]


def _day(day):
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


def _problems(review, user):
    group = Group(_("上次指出的问题"))
    seen = set(Rectification.objects.visible_to(user).filter(review_problems__review=review).values_list("pk", flat=True))
    for problem in review.problems.select_related("rectification").order_by("position"):
        item = problem.rectification if problem.rectification_id in seen else None
        note = _("%(day)s %(name)s的点评") % {"day": _day(review.happened_on), "name": review.reviewer.display_name}
        if item:
            note += f" · {item.get_state_display()}"
        url = item.get_absolute_url() if item else review.get_absolute_url()
        group.facts.append(Fact(f"problem-{problem.pk}", problem.text, note, url))
    return group


def _tasks(user, campaign, organization, member, since, on):
    ended = TaskResult.objects.standing().filter(task=OuterRef("pk"))
    done = ended.filter(outcome="done")
    tasks = Task.objects.visible_to(user).standing().filter(
        scope.within(organization.path, "organization__"), plan__campaign=campaign, plan__approved_at__isnull=False
    )
    in_time = done.filter(happened_on__lte=OuterRef("due_on"))
    counts = tasks.filter(due_on__range=(since, on)).annotate(was_done=Exists(done), was_in_time=Exists(in_time)).aggregate(
        due=Count("pk"), done=Count("pk", filter=Q(was_done=True)), in_time=Count("pk", filter=Q(was_in_time=True))
    )
    url = reverse("plan_list") + f"?organization={organization.pk}"
    group = Group(_("计划进度"), _("%(done)s/%(due)s 项") % counts, more_url=url, more=_("看全部任务"))
    if counts["due"]:
        group.percent = 100 * counts["done"] // counts["due"]
        text = _("到期的 %(due)s 项任务，按期完成 %(in_time)s 项") % counts
        group.facts.append(Fact("tasks", text, "", url))
    for task in tasks.open().filter(due_on__lte=on + timedelta(days=30)).order_by("due_on", "pk")[:LINES]:
        note = _("%(day)s到期") % {"day": _day(task.due_on)}
        plan = reverse("plan_detail", args=[task.plan_id])
        group.facts.append(Fact(f"task-{task.lineage}", task.title, note, plan, (task.due_on - on).days))
    return group


def _activities(user, campaign, organization, member, since, on):
    rows = Activity.objects.visible_to(user).standing().within(organization).filter(campaign=campaign).between(since, on)
    count = rows.count()
    url = reverse("activity_list") + f"?organization={organization.pk}&from={since.isoformat()}"
    group = Group(_("活动"), _("%(n)s 次") % {"n": count}, more_url=url, more=_("全部 %(n)s 次活动") % {"n": count})
    for activity in rows.select_related("kind").newest_first()[:LINES]:
        note = _("%(day)s · %(kind)s · 参加 %(present)s/%(expected)s 人") % {
            "day": _day(activity.happened_on), "kind": activity.kind.title, "present": activity.present,
            "expected": activity.expected,
        }
        group.facts.append(Fact(f"activity-{activity.lineage}", activity.title, note, activity.get_absolute_url()))
    return group


def _attendance(user, campaign, organization, member, since, on):
    rows = Participation.objects.filter(
        member=member, activity__campaign=campaign, activity__superseded_at__isnull=True,
        activity__happened_on__range=(since, on), activity__in=Activity.objects.visible_to(user).standing(),
    )
    counts = rows.aggregate(expected=Count("pk"), present=Count("pk", filter=Q(was_present=True)))
    url = reverse("member_detail", args=[member.pk])
    group = Group(_("参加活动"), _("%(present)s/%(expected)s 次") % counts)
    if counts["expected"]:
        text = _("应参加 %(expected)s 次活动，参加 %(present)s 次") % counts
        group.facts.append(Fact("attendance", text, "", url))
    came = rows.filter(was_present=True).select_related("activity__kind").order_by("-activity__happened_on", "-pk")
    for row in came[:LINES]:
        note = f"{_day(row.activity.happened_on)} · {row.activity.kind.title}"
        key = f"activity-{row.activity.lineage}"
        group.facts.append(Fact(key, row.activity.title, note, row.activity.get_absolute_url()))
    return group


def _promise(commitment, on):
    note = f"{commitment.get_state_display()} · " + _("%(day)s到期") % {"day": _day(commitment.due_on)}
    days = (commitment.due_on - on).days if commitment.state == CommitmentState.PUBLISHED else None
    return Fact(f"commitment-{commitment.pk}", commitment.text, note, commitment.get_absolute_url(), days)


def _commitments(user, campaign, organization, member, since, on):
    rows = Commitment.objects.visible_to(user).within(organization).filter(campaign=campaign, published_at__isnull=False)
    kept = CommitmentOutcome.objects.standing().filter(commitment=OuterRef("pk"), outcome="kept")
    counts = rows.filter(member__isnull=False, due_on__gte=since).annotate(was_kept=Exists(kept)).aggregate(
        all=Count("pk"), kept=Count("pk", filter=Q(was_kept=True)), going=Count("pk", filter=Q(state="published"))
    )
    own = rows.filter(member__isnull=True, due_on__gte=since).order_by("due_on", "pk")
    group = Group(_("承诺"), _("党组织 %(own)s 项，党员 %(all)s 项") % {"own": own.count(), "all": counts["all"]})
    group.facts = [_promise(row, on) for row in own[:LINES]]
    if counts["all"]:
        text = _("党员承诺 %(all)s 项：兑现 %(kept)s 项，进行中 %(going)s 项") % counts
        url = reverse("commitment_list") + f"?organization={organization.pk}&whose=members"
        group.facts.append(Fact("commitments", text, "", url))
    return group


def _own_commitments(user, campaign, organization, member, since, on):
    rows = Commitment.objects.visible_to(user).filter(campaign=campaign, member=member, published_at__isnull=False)
    rows = rows.filter(due_on__gte=since).order_by("due_on", "pk")
    return Group(_("承诺"), facts=[_promise(row, on) for row in rows[:LINES]])


def _rectifications(user, campaign, organization, member, since, on):
    rows = Rectification.objects.visible_to(user).filter(campaign=campaign).unfinished()
    rows = rows.filter(owner=member) if member else rows.within(organization)
    rows = rows.select_related("owner").order_by("due_on", "pk")
    group = Group(_("没完成的整改"), _("%(n)s 项") % {"n": rows.count()})
    for item in rows[: LINES + 2]:
        note = _("%(source)s · 责任人 %(owner)s · %(day)s到期") % {
            "source": item.get_source_display(), "owner": item.owner or "—", "day": _day(item.due_on)
        }
        url = item.get_absolute_url()
        group.facts.append(Fact(f"item-{item.pk}", item.problem, note, url, (item.due_on - on).days))
    return group


def _appraisal(user, campaign, organization, member, since, on):
    group, formula = Group(_("群众怎么说")), SatisfactionFormula.TOP2
    newest = Appraisal.objects.visible_to(user).standing().confirmed().filter(
        campaign=campaign, organization=organization, sheet=AppraisalSheet.ORGANIZATION, happened_on__range=(since, on)
    ).newest_first().first()
    turnouts = list(newest.turnouts.all()) if newest else []
    if not turnouts or not is_valid(turnouts):
        return group
    audiences = audiences_of(turnouts)
    rows = item_rows(newest.counts.all(), SHEET_ITEMS[AppraisalSheet.ORGANIZATION], formula, audiences)
    for cell in overall_row(rows, formula).cells:
        if cell.is_shown:
            numerator, denominator = cell.fraction
            text = _("%(group)s满意和比较满意 %(n)s/%(d)s 项次（%(share)s%%）") % {
                "group": cell.label, "n": numerator, "d": denominator,
                "share": tenths_text(share_in_tenths(numerator, denominator)),
            }
            note = _("%(day)s评议 · 满意率 = %(formula)s") % {"day": _day(newest.happened_on), "formula": formula.label}
            group.facts.append(Fact(f"appraisal-{cell.group}", text, note, newest.get_absolute_url()))
    return group

"""An organisation's page (单位 360°): what is on record about it and everything below it, each figure with its link.

A figure counts rows that the reader may see, of the organisation's subtree and one campaign, this calendar year unless it
says otherwise. Every section costs one or two queries whatever the number of rows.
"""
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.models import Activity, Commitment, Rectification, RectificationClosing, Task, TaskResult
from evaluations.domain.appraisal_figures import too_few_returned
from evaluations.models import Appraisal, CurrentRun, Nomination, Review, Score
from units import scope
from units.models import BodyHonour, LinkedBody

LINES = 3  # newest entries shown under the figures of a section


@dataclass(frozen=True)
class Figure:
    """`value` in words, what it counts, where it opens; `level` is "", "low" (amber) or "bad" (late)."""

    value: str
    label: str
    url: str
    level: str = ""


@dataclass(frozen=True)
class Line:
    """One entry: title and link, a small second line, and either a day or days left."""

    title: str
    url: str
    small: str
    on: date | None = None
    days: int | None = None


@dataclass
class Section:
    key: str
    title: str
    all_url: str
    brief: str
    figures: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    empty: str = ""
    is_hot: bool = False


def sections(organization, user, *, campaign, on):
    """The sections that `user` may read: a plain member of the branch sees what the branch did, not how it was judged."""
    shown = [_tasks, _activities, _commitments]
    if any(organization.path.startswith(path) for path in user.reading_paths()):
        shown += [_reviews, _appraisals, _rectifications, _nominations, _linked_bodies]
    return [section for make in shown if (section := make(organization, user, campaign, on))]


def _under(row, organization, *words):
    """The second line of `row`: its organisation where that is not the page's own, then `words`."""
    return " · ".join(filter(None, [row.organization.name if row.organization_id != organization.pk else "", *words]))


def _due(day):
    return _("%(month)s月%(day)s日到期") % {"month": day.month, "day": day.day}


def _here(organization, name, more=""):
    return reverse(name) + f"?organization={organization.pk}{more}"


def _tasks(organization, user, campaign, on):
    results = TaskResult.objects.standing().filter(task=OuterRef("pk"), outcome="done")
    tasks = Task.objects.visible_to(user).standing().filter(
        scope.within(organization.path, "organization__"), plan__campaign=campaign, plan__approved_at__isnull=False
    )
    counts = tasks.annotate(
        is_done=Exists(results), is_in_time=Exists(results.filter(happened_on__lte=OuterRef("due_on"))),
        is_ended=Exists(TaskResult.objects.standing().filter(task=OuterRef("pk"))),
    ).aggregate(
        all=Count("pk"), due=Count("pk", filter=Q(due_on__lte=on)), in_time=Count("pk", filter=Q(is_in_time=True)),
        tardy=Count("pk", filter=Q(is_done=True, is_in_time=False)),
        late=Count("pk", filter=Q(is_ended=False, due_on__lt=on)),
    )
    url = _here(organization, "plan_list")
    waiting = tasks.open().select_related("organization").order_by("due_on", "pk")[:LINES]
    return Section(
        "plan", _("计划"), url, f"{counts['in_time'] + counts['tardy']}/{counts['all']}",
        [
            Figure(str(counts["all"]), _("全部任务"), url), Figure(str(counts["due"]), _("已到期"), url),
            Figure(str(counts["in_time"]), _("按期完成"), url), Figure(str(counts["tardy"]), _("晚完成"), url),
            Figure(str(counts["late"]), _("逾期"), url, "bad" if counts["late"] else ""),
        ],
        [
            Line(task.title, reverse("plan_detail", args=[task.plan_id]), _under(task, organization, _due(task.due_on)),
                 days=(task.due_on - on).days)
            for task in waiting
        ],
        _("任务都办完了。") if counts["all"] else _("还没有同意的计划。"), is_hot=bool(counts["late"]),
    )


def _activities(organization, user, campaign, on):
    activities = Activity.objects.visible_to(user).standing().within(organization).filter(campaign=campaign)
    counts = activities.filter(happened_on__gte=date(on.year, 1, 1)).aggregate(
        all=Count("pk"), month=Count("pk", filter=Q(happened_on__gte=on.replace(day=1))), present=Sum("present"),
        expected=Sum("expected"),
    )
    year = _here(organization, "activity_list", f"&first={on.year}-01-01")
    month = _here(organization, "activity_list", f"&first={on.replace(day=1).isoformat()}")
    newest = activities.select_related("organization", "kind").newest_first()[:LINES]
    return Section(
        "act", _("活动"), _here(organization, "activity_list"), str(counts["all"]),
        [
            Figure(str(counts["all"]), _("今年活动"), year),
            Figure(str(counts["month"]), _("%(m)s月至今") % {"m": on.month}, month),
            Figure(f"{counts['present'] or 0:,}/{counts['expected'] or 0:,}", _("实到/应到人次"), year),
        ],
        [
            Line(a.title, a.get_absolute_url(), _under(a, organization, a.kind.title, a.text), on=a.happened_on)
            for a in newest
        ],
        _("还没有记活动。"),
    )


def _commitments(organization, user, campaign, on):
    promises = Commitment.objects.visible_to(user).filter(
        scope.within(organization.path, "organization__"), campaign=campaign, published_at__isnull=False
    )
    standing = Q(outcomes__superseded_at__isnull=True)
    counts = promises.aggregate(
        all=Count("pk", distinct=True), due=Count("pk", filter=Q(due_on__lte=on), distinct=True),
        kept=Count("pk", filter=standing & Q(outcomes__outcome="kept"), distinct=True),
        partly=Count("pk", filter=standing & Q(outcomes__outcome="partly"), distinct=True),
        broken=Count("pk", filter=standing & Q(outcomes__outcome="broken"), distinct=True),
    )
    url = _here(organization, "commitment_list")
    own = promises.in_progress().filter(member__isnull=True).select_related("organization").order_by("due_on", "pk")[:LINES]
    return Section(
        "com", _("承诺"), url, f"{counts['kept']}/{counts['due']}",
        [
            Figure(str(counts["all"]), _("公开承诺"), url), Figure(str(counts["due"]), _("已到期"), url),
            Figure(str(counts["kept"]), _("兑现"), url), Figure(str(counts["partly"]), _("部分兑现"), url),
            Figure(str(counts["broken"]), _("未兑现"), url, "low" if counts["broken"] else ""),
        ],
        [
            Line(row.text, row.get_absolute_url(), _under(row, organization, _due(row.due_on)), days=(row.due_on - on).days)
            for row in own
        ],
        _("还没有公开的承诺。"),
    )


def _reviews(organization, user, campaign, on):
    reviews = Review.objects.visible_to(user).standing().filter(
        scope.within(organization.path, "organization__"), campaign=campaign
    )
    year = Q(happened_on__gte=date(on.year, 1, 1))
    counts = reviews.aggregate(
        own=Count("pk", filter=year & Q(organization=organization, member__isnull=True)),
        below=Count("pk", filter=year & Q(member__isnull=True) & ~Q(organization=organization)),
        members=Count("pk", filter=year & Q(member__isnull=False)),
    )
    url = _here(organization, "review_list")
    newest = reviews.filter(member__isnull=True).select_related("reviewer", "organization").newest_first()[:LINES]
    return Section(
        "rev", _("点评"), url, _("今年 %(n)s") % {"n": counts["own"]},
        [
            Figure(str(counts["own"]), _("对本单位 今年"), url, "" if counts["own"] else "low"),
            Figure(str(counts["below"]), _("对下级 今年"), url), Figure(str(counts["members"]), _("对党员 今年"), url),
        ],
        [
            Line(f"{r.reviewer.display_name}：{r.strengths}", r.get_absolute_url(),
                 _under(r, organization, r.get_form_display(), _("努力方向：") + (r.direction or "—")), on=r.happened_on)
            for r in newest
        ],
        _("还没有点评。"),
    )


def _appraisals(organization, user, campaign, on):
    sheets = Appraisal.objects.visible_to(user).standing().filter(
        scope.within(organization.path, "organization__"), campaign=campaign
    )
    may_be_told = ~Q(pk__in=too_few_returned())
    counts = sheets.filter(sheet="organization").aggregate(
        sheets=Count("pk", distinct=True), waiting=Count("pk", filter=Q(confirmed_at__isnull=True), distinct=True),
        issued=Sum("turnouts__issued", filter=may_be_told), returned=Sum("turnouts__returned", filter=may_be_told),
    )
    url = _here(organization, "appraisal_list")
    newest = sheets.select_related("organization").newest_first()[:LINES]
    return Section(
        "app", _("评议"), url, _("%(n)s 次") % {"n": counts["sheets"]},
        [
            Figure(str(counts["sheets"]), _("党组织评议"), url),
            Figure(f"{counts['returned'] or 0:,}/{counts['issued'] or 0:,}", _("收回/发出"), url),
            Figure(str(counts["waiting"]), _("待核对"), url, "low" if counts["waiting"] else ""),
        ],
        [Line(row.title, row.get_absolute_url(), _under(row, organization), on=row.happened_on) for row in newest],
        _("还没有评议。"),
    )


def _rectifications(organization, user, campaign, on):
    closed = RectificationClosing.objects.standing().filter(rectification=OuterRef("pk"))
    items = Rectification.objects.visible_to(user).counted().filter(
        scope.within(organization.path, "organization__"), campaign=campaign
    )
    counts = items.annotate(
        is_in_time=Exists(closed.filter(happened_on__lte=OuterRef("due_on"))), is_closed=Exists(closed)
    ).aggregate(
        all=Count("pk"), due=Count("pk", filter=Q(due_on__lte=on)), in_time=Count("pk", filter=Q(is_in_time=True)),
        tardy=Count("pk", filter=Q(is_closed=True, is_in_time=False)),
        late=Count("pk", filter=Q(is_closed=False, due_on__lt=on)),
    )
    url = _here(organization, "rectification_list")
    waiting = items.unfinished().select_related("organization", "owner").order_by("due_on", "pk")[:LINES]
    return Section(
        "fix", _("整改"), url, _("逾期 %(n)s") % {"n": counts["late"]} if counts["late"] else str(counts["all"]),
        [
            Figure(str(counts["all"]), _("整改共"), url), Figure(str(counts["due"]), _("已到期"), url),
            Figure(str(counts["in_time"]), _("按期销号"), url), Figure(str(counts["tardy"]), _("晚销号"), url),
            Figure(str(counts["late"]), _("逾期"), url, "bad" if counts["late"] else ""),
        ],
        [
            Line(row.problem, row.get_absolute_url(),
                 _under(row, organization, row.get_source_display(), row.owner and row.owner.name),
                 days=(row.due_on - on).days)
            for row in waiting
        ],
        _("没有未完成的整改。"), is_hot=bool(counts["late"]),
    )


def _nominations(organization, user, campaign, on):
    found = (
        Nomination.objects.visible_to(user).standing()
        .filter(scope.within(organization.path, "organization__"), round__campaign=campaign)
        .select_related("organization", "member", "round").order_by(F("nominated_at").desc(), "-pk")
    )
    newest = list(found[: LINES + 1])
    count = len(newest) if len(newest) <= LINES else found.count()
    return Section(
        "award", _("表彰"), reverse("award_list"), str(count), [Figure(str(count), _("推荐"), reverse("award_list"))],
        [
            Line(f"{n.get_kind_display()}：{n}", n.get_absolute_url(), f"{n.round.title} · {n.get_state_display()}")
            for n in newest[:LINES]
        ],
        _("还没有推荐。"),
    )


def current_score(organization, user, campaign):
    """The organisation's score in the run that the pages show, or None."""
    current = CurrentRun.objects.filter(campaign=campaign).values("run")
    return (
        Score.objects.visible_to(user).filter(run__in=current, organization=organization, member__isnull=True)
        .select_related("run").first()
    )


def _linked_bodies(organization, user, campaign, on):
    """What was done together with each body that the organisation leads; None where it leads none."""
    bodies = list(LinkedBody.objects.active().filter(organization=organization).in_order())
    if not bodies:
        return None
    together = Activity.objects.visible_to(user).standing().filter(campaign=campaign, linked_bodies__in=bodies)
    counts = dict(together.values_list("linked_bodies").annotate(n=Count("pk")))
    honours = BodyHonour.objects.standing().filter(body__in=bodies).select_related("body").order_by("-happened_on", "-pk")
    url = reverse("linked_body_list", args=[organization.pk])
    given = len(honours)
    return Section(
        "body", _("群团组织"), url, str(len(bodies)),
        [
            Figure(str(counts.get(body.pk, 0)), _("和%(body)s一起的活动") % {"body": body.name},
                   reverse("activity_list") + f"?body={body.pk}")
            for body in bodies
        ] + [Figure(str(given), _("先进集体和个人"), url)],
        [Line(str(row), url, row.get_holder_display(), on=row.happened_on) for row in honours[:LINES]],
        _("还没有登记先进集体和个人。"),
    )

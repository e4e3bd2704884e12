"""Where an activity is used without being typed in again: its task, the criteria, the members' records, the scores."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaign.domain.criteria import criterion_titles
from campaign.models import Activity, Task, TaskResult


@dataclass(frozen=True)
class Use:
    """One place, as components/_used_in.html takes it."""

    what: str
    note: str = ""
    url: str = ""


Scorer = Callable[..., Iterable[str]]
_scorers: list[Scorer] = []
_takers: list[Callable] = []


def register_scorer(scorer):
    """Let `scorer(organization, facts, campaign=, on=)` name the indicators that a run on the day `on` lets count it.

    evaluations registers its own in AppConfig.ready(), so nothing here has to look upward.
    """
    _scorers.append(scorer)


def register_taker(taker):
    """Let `taker(activity)` name the Use that an upper app makes of a stored activity, or None; registered likewise."""
    _takers.append(taker)


def uses_of(organization, facts, *, campaign, on, someone="", has_roster=True, activity=None):
    """Uses, as of the day `on`, of an activity with `facts` (ActivityFacts; `kind` may be None while it is being typed).

    `someone` is the name that stands for all who came. `activity` is the stored version, None before it is submitted.
    """
    found = [
        _task_use(facts.task, activity),
        _criteria_use(organization, facts.codes, campaign),
        _record_use(facts.present, someone, has_roster),
        _score_use(organization, facts, campaign, on),
        *(taker(activity) for taker in _takers if activity is not None),
    ]
    return [use for use in found if use is not None]


def _task_use(task, activity):
    if task is None:
        return None
    url = task.plan.get_absolute_url() if activity else ""
    if activity is None:
        return _task_promise(task)
    result = TaskResult.objects.standing().filter(task__lineage=task.lineage).select_related("activity").first()
    if result is None:
        return Use(_("计划任务又做了一次"), _("%(title)s，还没有做满") % {"title": task.title}, url)
    if result.activity is not None and result.activity.lineage == activity.lineage:
        return Use(_("完成计划任务 1 项"), task.title, url)
    return Use(_("计划任务的又一次活动"), _("%(title)s，已经办结") % {"title": task.title}, url)


def _task_promise(task):
    turn = Activity.objects.standing().filter(task__lineage=task.lineage).count() + 1
    if not Task.objects.open().filter(pk=task.pk).exists():
        return Use(_("计划任务的又一次活动"), _("%(title)s，已经办结") % {"title": task.title})
    if turn < task.target:
        words = {"title": task.title, "turn": turn, "target": task.target}
        return Use(_("计划任务的进度"), _("%(title)s，第 %(turn)s 次，共 %(target)s 次") % words)
    return Use(_("完成计划任务 1 项"), _("%(title)s，不用再填完成情况") % {"title": task.title})


def _criteria_use(organization, codes, campaign):
    titles = criterion_titles(campaign, organization.category)
    named = [titles[code] for code in titles if code in codes]
    if not named:
        return None
    return Use(_("“五个好”材料 %(n)s 处") % {"n": len(named)}, "、".join(named))


def _record_use(present, someone, has_roster):
    if not present:
        return None
    if not has_roster:
        return Use(_("参加人数 %(n)s 人") % {"n": present}, _("没有点名，不进党员个人的参加记录"))
    if not someone:
        return Use(_("%(n)s 人的参加记录") % {"n": present}, _("党员年度评议时可查"))
    return Use(_("%(name)s等 %(n)s 人的参加记录") % {"name": someone, "n": present}, _("党员年度评议时可查"))


def _score_use(organization, facts, campaign, on):
    if facts.kind is None:
        return None
    titles = [title for scorer in _scorers for title in scorer(organization, facts, campaign=campaign, on=on)]
    if not titles:
        return None
    return Use(_("计分 %(n)s 项") % {"n": len(titles)}, "、".join(titles))

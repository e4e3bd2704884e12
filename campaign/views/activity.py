"""Pages of activities that are recorded: the list, one of them with its versions, and taking one back."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign import permissions
from campaign.domain.activities import facts_of, may_withdraw_silently, withdraw_activity
from campaign.domain.activity_uses import uses_of
from campaign.domain.activity_versions import absent_words, versions_of, withdrawal_of
from campaign.domain.campaigns import current_campaign
from campaign.domain.criteria import criterion_titles
from campaign.domain.extras import told_extras
from campaign.domain.rosters import NAMED_UP_TO
from campaign.forms.activity_filter import ActivityFilterForm
from campaign.models import Activity, ActivityPart
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.verdict import require
from units import scope
from units.enums import Role
from units.submissions import once

PAGE_SIZE = 20
MOST_JOINT = 10


@require_safe
def activity_list(request):
    campaign = current_campaign(request.user)
    form = ActivityFilterForm(request.GET, user=request.user, campaign=campaign)
    activities = form.narrow(Activity.objects.visible_to(request.user).standing())
    page = Paginator(activities.for_list().newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    titles = criterion_titles(campaign) if campaign else {}
    context = {
        "form": form,
        "page": page,
        "rows": [(activity, _served(activity, titles)) for activity in page],
        "narrowed": bool([value for value in form.cleaned_data.values() if value]),
        "organization": form.cleaned_data.get("organization"),
        "body": form.cleaned_data.get("body"),
        "may_log": request.user.has_role(*permissions.WRITES_ACTIVITIES),
        "may_manage_kinds": permissions.can_manage_kinds(request.user),
        "joint": _joint(request.user) if page.number == 1 else [],
        "only_own": _sees_one_branch(request.user),
    }
    return render(request, "campaign/activity_list.html", context)


def _joint(user):
    """Other units' activities in which an organisation of the scope had a part; within one scope the list has them anyway."""
    recorded_here = scope.within_any(user.scope_paths(), "activity__organization__")
    parts = ActivityPart.objects.visible_to(user).standing().exclude(recorded_here)
    parts = parts.select_related("activity__organization", "organization")
    return list(parts.order_by("-activity__happened_on", "-pk")[:MOST_JOINT])


def _served(activity, titles):
    """The criteria that an activity serves, in their order and words; "" for none."""
    served = {row.code for row in activity.criteria.all()}
    return "、".join(title for code, title in titles.items() if code in served)


def _sees_one_branch(user):
    return {grant.role for grant in user.current_grants} <= {Role.SECRETARY, Role.MEMBER} and all(
        grant.organization.is_leaf for grant in user.current_grants
    )


def _activity_or_404(request, lineage):
    return get_object_or_404(Activity.objects.visible_to(request.user, joint=True).last_versions().for_page(), lineage=lineage)


@require_safe
def activity_detail(request, lineage):
    activity = _activity_or_404(request, lineage)
    facts = facts_of(activity)
    people = activity.participations.filter(partner=None).select_related("member").order_by("member__stroke_key", "pk")
    people = list(people[: NAMED_UP_TO + 1])
    came = [row.member for row in people if row.was_present]
    titles = criterion_titles(activity.campaign, activity.organization.category)
    correct = permissions.can_correct_activity(request.user, activity)
    context = {
        "activity": activity,
        "absent": [absent_words(row.member.name, row.reason) for row in people if not row.was_present],
        "came": came if len(people) <= NAMED_UP_TO else [],
        "photos": [(number, photo) for number, photo in enumerate(facts.photos, start=1)],
        "documents": facts.documents, "bodies": facts.body_words,
        "captions": [words for words in dict.fromkeys(facts.captions[photo.pk] for photo in facts.photos) if words],
        "code_titles": [title for code, title in titles.items() if code in facts.codes],
        "parts": [(part, permissions.can_confirm_part(request.user, part)) for part in _parts(activity)],
        "extras": told_extras(activity.kind, activity.extras),
        "versions": versions_of(activity),
        "correct": correct,
        "withdrawal": withdrawal_of(activity),
        "regrets": bool(correct) and may_withdraw_silently(activity, by=request.user, at=clock.now()),
    }
    if activity.stands:
        context["uses"] = uses_of(
            activity.organization, facts, campaign=activity.campaign, on=clock.today(), activity=activity,
            someone=came[0].name if came else "", has_roster=activity.has_roster,
        )
    return render(request, "campaign/activity_detail.html", context)


def _parts(activity):
    """The partners of a joint activity, each with its version at hand."""
    parts = list(activity.parts.select_related("organization", "confirmed_by").order_by("organization__path"))
    for part in parts:
        part.activity = activity
    return parts


@require_http_methods(["GET", "POST"])
def activity_withdraw(request, lineage):
    """A page that asks first; `?version=` is the one that the person saw."""
    activity = _activity_or_404(request, lineage)
    if not activity.stands:  # also the second of two clicks
        return redirect(activity)
    require(permissions.can_correct_activity(request.user, activity))
    if key_of(request.GET.get("version")) not in (0, activity.pk):
        messages.error(request, _("这条记录已经被别人更正，请看最新的一版。"))
        return redirect(activity)
    refusal = None
    if request.method == "POST":
        try:
            return once(request, lambda: _withdraw(request, activity))
        except Refusal as raised:
            refusal = raised
    context = {
        "activity": activity,
        "action": f"{request.path}?version={activity.pk}",
        "silent": may_withdraw_silently(activity, by=request.user, at=clock.now()),
        "consequences": _consequences(activity),
        "reason_error": refusal.message if refusal else "",
    }
    return render(request, "campaign/activity_withdraw.html", context)


def _consequences(activity):
    told = [_("不再计入得分，也不再算进条件的材料。")]
    if activity.task is not None:
        told.append(_("计划任务“%(task)s”会少一次，做不满就重新打开。") % {"task": activity.task})
    if activity.has_roster:
        told.append(_("%(n)s 人的参加记录里不再有它。") % {"n": activity.present})
    return [*told, _("写的内容和经过留着，有权看的人还看得到。")]


def _withdraw(request, activity):
    withdraw_activity(activity, reason=request.POST.get("reason", "")[:200], by=request.user, at=clock.now())
    messages.success(request, _("已撤回，经过还看得到。"))
    return activity

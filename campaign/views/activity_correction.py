"""The page on which an activity is corrected, and the one that two people get who correct it at once."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign import permissions
from campaign.domain.activities import correct_activity, facts_of
from campaign.domain.activity_start import open_tasks
from campaign.domain.activity_versions import conflict_between
from campaign.domain.friendly_look import LooksFamiliar, keep_hints
from campaign.forms.activity import ActivityCorrectionForm, initial_of
from campaign.models import Activity
from campaign.views.activity_form_page import (
    asked_kind,
    form_context,
    part,
    pastes_names,
    ticked_again,
    typed_again,
)
from campaign.views.activity_look import hints_for, keep_photos, photos_waiting
from config.kit import clock
from config.kit.facts import FactSuperseded
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.carried import carried_fields, shows_carried
from units.submissions import once


@shows_carried
@require_http_methods(["GET", "POST"])
def activity_correct(request, lineage):
    """The standing version is corrected; whoever saw an older one gets a page with both texts."""
    activity = _activity_or_404(request, lineage)
    if activity.stands or request.method == "GET":
        require(permissions.can_correct_activity(request.user, activity))
    else:  # withdrawn while somebody was typing: the page with both texts says so
        require(permissions.can_log_activity(request.user, activity.organization))
    form, hints = _correction_form(request, activity), []
    asks_again = bool({"again", "kind_again"} & set(request.POST)) or pastes_names(request)
    if request.method == "POST" and not asks_again and form.is_valid():
        try:
            return once(request, lambda: _correct(request, form, activity))
        except LooksFamiliar as familiar:
            hints = familiar.hints
            keep_photos(request, form, activity.organization)
        except FactSuperseded:
            return _conflict(request, _newest(request, activity, form), form)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    if request.htmx:
        return part(request, form, activity.organization)
    context = form_context(
        request, form, activity.organization, campaign=activity.campaign, activity=activity, hints=hints, pasted=form.pasted
    )
    return render(request, "campaign/activity_form.html", context)


def _activity_or_404(request, lineage):
    return get_object_or_404(Activity.objects.visible_to(request.user).last_versions().for_page(), lineage=lineage)


def _newest(request, activity, form):
    """What stands now; asked for again only when the other one came between two lines of this view."""
    if form.cleaned_data["version"] != activity.pk or not activity.stands:
        return activity
    versions = Activity.objects.visible_to(request.user).last_versions().for_page()
    return versions.filter(lineage=activity.lineage).first()


def _correction_form(request, activity):
    facts = facts_of(activity)
    typed = request.POST if request.method == "POST" else carried_fields(request)
    initial = initial_of(facts, version=activity) | asked_kind(request)
    if "kind_again" in request.POST:
        typed, initial = None, initial | typed_again(request)
    pasted = None
    if pastes_names(request):
        again, pasted = ticked_again(request, activity.organization)
        typed, initial = None, initial | again
    form = ActivityCorrectionForm(
        typed, request.FILES or None, user=request.user, organization=activity.organization, campaign=activity.campaign,
        photos=[*facts.photos, *photos_waiting(request)], initial=initial, tasks=_tasks(activity),
    )
    form.pasted = pasted
    form.captions, form.documents_kept = facts.captions, facts.documents
    return form


def _tasks(activity):
    """The open tasks of the organisation, and the one that the activity is for, mostly closed by it."""
    tasks = list(open_tasks(activity.organization, activity.campaign))
    present = activity.task
    return tasks if present is None or present.lineage in {task.lineage for task in tasks} else [present, *tasks]


def _correct(request, form, activity):
    """Inside `once`, so that the second of two clicks sees the first one's result and not its own shadow."""
    if form.cleaned_data["version"] != activity.pk:
        raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
    hints = hints_for(request, form, activity.organization, activity=activity)
    newer = correct_activity(
        activity, form.facts, reason=form.cleaned_data["reason"], pictures=form.cleaned_data["photos"], by=request.user,
        at=clock.now(),
    )
    keep_hints(newer, hints, at=clock.now())
    messages.success(request, _("已更正，原来的一版留在经过里。"))
    return newer


def _conflict(request, activity, form):
    """Both texts side by side, and what was typed carried along with the version that stands now."""
    left_out = {"csrfmiddlewaretoken", "nonce", "version"}
    fields = [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
    context = {
        "activity": activity, "changes": conflict_between(activity, form.facts), "fields": fields,
        "lost_photos": bool(request.FILES),
    }
    return render(request, "campaign/activity_conflict.html", context, status=409)

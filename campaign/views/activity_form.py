"""The page on which an activity is logged, from a task, an earlier record, a draft or nothing."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign import permissions
from campaign.domain import activity_start
from campaign.domain.activities import log_activity, same_activity
from campaign.domain.campaigns import current_campaign
from campaign.domain.drafts import drop_draft
from campaign.domain.friendly_look import LooksFamiliar, keep_hints
from campaign.forms.activity import ActivityForm
from campaign.models import Activity, ActivityDraft, Task
from campaign.views.activity_form_page import asked_kind, form_context, part, pastes_names, ticked_again, typed_again
from campaign.views.activity_look import hints_for, keep_photos, photos_waiting
from campaign.views.draft import keep_draft
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.carried import carried_fields, shows_carried
from units.models import Organization
from units.submissions import once


@shows_carried
@require_http_methods(["GET", "POST"])
def activity_new(request):
    """`?task=`, `?copy=`, `?draft=` and `?blank=1` say what to start from, `?organization=` whose activity it is."""
    campaign = current_campaign(request.user)
    if campaign is None:
        return render(request, "campaign/activity_no_campaign.html", {})
    organization, start = _starting_point(request, campaign)
    require(permissions.can_log_activity(request.user, organization))
    typed = request.POST if request.method == "POST" else carried_fields(request)
    initial = start.initial | asked_kind(request)
    if "kind_again" in request.POST:
        typed, initial = None, typed_again(request)
    form = ActivityForm(
        typed, request.FILES or None, user=request.user, organization=organization, campaign=campaign, initial=initial,
        photos=photos_waiting(request),
    )
    pasted = None
    if pastes_names(request):
        typed, (initial, pasted) = None, ticked_again(request, organization)
        form = ActivityForm(
            None, user=request.user, organization=organization, campaign=campaign, initial=initial, photos=photos_waiting(request)
        )
    hints = []
    if request.method == "POST" and "draft" in request.POST:
        return _keep_draft(request, organization)
    if form.is_bound and request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _log(request, form, organization, campaign))
        except LooksFamiliar as familiar:
            hints = familiar.hints
            keep_photos(request, form, organization)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    if request.htmx:
        return part(request, form, organization)
    context = form_context(request, form, organization, campaign=campaign, start=start, hints=hints, pasted=pasted)
    return render(request, "campaign/activity_form.html", context)


def _starting_point(request, campaign):
    """(organisation, Start) that the address names; 404 for anything outside the user's scope."""
    user, on, asked = request.user, clock.today(), request.GET
    if request.method == "POST":  # all that counts was typed or chosen; a draft may be gone when the button is hit twice
        organization = _organization(request)
        return organization, activity_start.start_blank(organization, on=on)
    if "draft" in asked:
        drafts = ActivityDraft.objects.visible_to(user).select_related("organization")
        draft = get_object_or_404(drafts, token=activity_start.lineage_of(asked["draft"]))
        return draft.organization, activity_start.start_from_draft(draft)
    if "task" in asked:
        tasks = Task.objects.visible_to(user).standing().select_related("organization", "kind")
        task = get_object_or_404(tasks, lineage=activity_start.lineage_of(asked["task"]))
        return task.organization, activity_start.start_from_task(task, on=on)
    if "copy" in asked:
        activities = Activity.objects.visible_to(user).standing().select_related("organization", "kind")
        copied = get_object_or_404(activities, lineage=activity_start.lineage_of(asked["copy"]))
        return copied.organization, activity_start.start_from_activity(copied, on=on)
    organization = _organization(request)
    if "blank" in asked:
        return organization, activity_start.start_blank(organization, on=on)
    tasks = list(activity_start.open_tasks(organization, campaign)[:1])
    return organization, activity_start.start_by_itself(tasks, organization, on=on)


def _organization(request):
    """The organisation that the form or the address names, else the one that the user acts for."""
    grant = request.user.main_grant
    named = request.POST.get("organization") or request.GET.get("organization")
    key = key_of(named) if named else grant and grant.organization_id
    return get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=key)


def _log(request, form, organization, campaign):
    twin = same_activity(organization, form.facts, by=request.user, at=clock.now())
    if twin is not None:
        messages.info(request, _("这条活动刚才已经记过，没有再记一次。要改请按“更正”。"))
        return twin
    hints = hints_for(request, form, organization)
    activity = log_activity(
        organization, form.facts, campaign=campaign, pictures=form.cleaned_data["photos"], by=request.user, at=clock.now()
    )
    keep_hints(activity, hints, at=clock.now())
    if form.cleaned_data["draft_id"]:
        drop_draft(form.cleaned_data["draft_id"], by=request.user)
    messages.success(request, _("已提交。10 分钟内可以撤回。"))
    return activity


def _keep_draft(request, organization):
    draft = keep_draft(request, organization)
    said = _("草稿已保存。照片不随草稿保存，提交前再选。") if request.FILES else _("草稿已保存，随时可以接着写。")
    messages.success(request, said)
    return redirect(draft)

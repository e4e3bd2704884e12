"""Drafts of activities: saved by themselves while somebody types, and taken away on purpose."""
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaign import permissions
from campaign.domain.activity_start import lineage_of
from campaign.domain.drafts import drop_draft, save_draft
from campaign.models import ActivityDraft
from config.kit import clock
from config.kit.keys import key_of
from config.kit.verdict import require
from units.models import Organization
from units.templatetags.frame import clock_time


@require_POST
def activity_draft(request):
    """The form's fields as they stand; answers the words for the status line, and the draft's token in X-Draft."""
    organizations = Organization.objects.visible_to(request.user)
    organization = get_object_or_404(organizations, pk=key_of(request.POST.get("organization")))
    require(permissions.can_log_activity(request.user, organization))
    draft = keep_draft(request, organization)
    answer = HttpResponse(_("草稿已自动保存 %(time)s") % {"time": clock_time(draft.saved_at)}, content_type="text/plain")
    answer["X-Draft"] = str(draft.token)
    return answer


def keep_draft(request, organization):
    """The saved draft, the one that the form's `draft_id` names or a new one."""
    token = lineage_of(request.POST.get("draft_id"))
    return save_draft(dict(request.POST.lists()), organization=organization, token=token, by=request.user, at=clock.now())


@require_POST
def activity_draft_delete(request, token):
    draft = get_object_or_404(ActivityDraft.objects.visible_to(request.user), token=token)
    drop_draft(draft.token, by=request.user)
    messages.success(request, _("草稿已删除。"))
    return redirect("activity_new")

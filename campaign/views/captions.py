"""The page on which the captions of an activity's photos are put right; the change is a new version like any other."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign import permissions
from campaign.domain.activities import change_captions
from campaign.forms.captions import CaptionsForm
from campaign.models import Activity
from config.kit import clock
from config.kit.facts import FactSuperseded
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.submissions import once


@require_http_methods(["GET", "POST"])
def activity_captions(request, lineage):
    """For an activity with photos; whoever saw an older version is told so and sees the newest."""
    activities = Activity.objects.visible_to(request.user).last_versions().for_page().filter(photos__isnull=False)
    activity = get_object_or_404(activities.distinct(), lineage=lineage)
    require(permissions.can_correct_activity(request.user, activity))
    photos = list(activity.activity_photos.select_related("photo").order_by("position", "pk"))
    form = CaptionsForm(request.POST or None, photos=photos, initial={"version": activity.pk})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _changed(request, activity, form))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/activity_captions.html", {"activity": activity, "form": form})


def _changed(request, activity, form):
    if form.cleaned_data["version"] != activity.pk:
        raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
    newer = change_captions(activity, form.captions, by=request.user, at=clock.now())
    messages.success(request, _("照片说明已改。"))
    return newer

"""The list of activities, as it is filtered on screen, to take away; each time is on record."""
from io import BytesIO

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.domain.activity_export import write_activities
from campaign.domain.campaigns import current_campaign
from campaign.domain.criteria import criterion_titles
from campaign.forms.activity_filter import ActivityFilterForm
from campaign.models import Activity
from config.kit import clock
from units.domain.history import record


@require_safe
def activity_export(request):
    campaign = current_campaign(request.user)
    form = ActivityFilterForm(request.GET, user=request.user, campaign=campaign)
    activities = form.narrow(Activity.objects.visible_to(request.user).standing())
    file = BytesIO()
    titles = criterion_titles(campaign) if campaign else {}
    count = write_activities(file, activities, titles=titles, demo=clock.is_demo())
    record(request.user, "export", by=request.user, at=clock.now(), detail={"what": _("活动记录"), "rows": count})
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("活动记录") + ".xlsx")

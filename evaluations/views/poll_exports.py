"""The released results of a poll, taken away as a workbook or as the sheet to sign."""
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.kit.verdict import require
from evaluations import permissions
from evaluations.domain.poll_export import FORMATS, KIND
from evaluations.views.polls import poll_or_404
from units.submissions import once
from units.views.exports import start_export


@require_POST
def poll_export(request, pk):
    """Put the file in the queue of exports (format=xlsx or docx); whoever sees the results may take them away."""
    require(permissions.can_see_polls(request.user))
    poll = poll_or_404(request, pk)
    require(permissions.can_export_poll(request.user, poll))
    chosen = request.POST.get("format", FORMATS[0])
    if chosen not in FORMATS:
        raise Http404
    title = _("%(title)s结果") % {"title": poll.title}
    return once(request, lambda: start_export(
        KIND, title=title, parameters={"poll": poll.pk, "format": chosen}, by=request.user
    ))

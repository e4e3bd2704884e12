"""One's own exports: ask for one, watch it being made, fetch the file."""
import mimetypes

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock, jobs
from config.kit.responses import job_page
from config.kit.verdict import require
from units import permissions
from units.domain import exports
from units.domain.history import record
from units.forms.exports import RosterExportForm
from units.models import Export
from units.submissions import once
from units.tasks import run_export

PAGE = 20


@require_safe
def export_list(request):
    """What this account had exported, newest first, and the form for a roster."""
    rows = Export.objects.visible_to(request.user).order_by("-queued_at", "-pk")
    may_export = permissions.can_export_roster(request.user)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "form": RosterExportForm(user=request.user) if may_export else None,
        "now": clock.now(),
    }
    return render(request, "units/export_list.html", context)


@require_POST
def export_new(request):
    """Ask for the roster of a part of one's scope; a double click asks once."""
    require(permissions.can_export_roster(request.user))
    form = RosterExportForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("请选择自己范围内的党组织。"))
        return redirect("export_list")
    organization = form.cleaned_data["organization"]
    title = _("%(name)s党员花名册") % {"name": organization.name} if organization else _("党员花名册")
    return once(request, lambda: start_export(
        "roster", title=title, parameters={"organization": organization.pk if organization else None}, by=request.user
    ))


def start_export(kind, *, title, parameters, by):
    """Queue an export and nudge a worker; the page of the export shows the rest."""
    export = exports.request_export(kind, title=title, parameters=parameters, by=by, at=clock.now())
    jobs.nudge(run_export, export.pk)
    return export


@require_safe
def export_detail(request, pk):
    """How far an export is, and the file when it is there."""
    export = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    fetchable = export.job_state == jobs.JobState.DONE and export.stored_name and export.expires_at > clock.now()
    response = render(request, "units/export_detail.html", {"export": export, "fetchable": fetchable})
    return job_page(request, response, export)


@require_safe
def export_download(request, pk):
    """The file itself, under its Chinese name, to its owner only."""
    export = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    try:
        path = exports.file_of(export, at=clock.now())
    except exports.NothingToFetch as refusal:
        messages.error(request, refusal.message)
        return redirect(export)
    record(export, "download", by=request.user, at=clock.now(), detail={"sha256": export.sha256})
    kind = mimetypes.guess_type(export.file_name)[0] or "application/octet-stream"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=export.file_name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

"""个人信息: what the system holds about the person who is signed in, on a page and as files to take away.

The files are made on the spot and kept nowhere: a copy on the server that waits to be fetched would be one more place.
"""
import io

from django.http import FileResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.kit import clock
from evaluations.domain.own_data import sections_of, write_workbook
from units.domain.history import record
from units.domain.sign_ins import KEPT_FOR

SHOWN = 20  # rows of a section before the rest is folded


@never_cache
@require_safe
def own_data(request):
    """Always one's own; nobody opens that of another."""
    told = sections_of(request.user)
    sections = [(title, rows[:SHOWN], rows[SHOWN:]) for title, rows in told if rows]
    context = {"sections": sections, "without": [title for title, rows in told if not rows], "kept_days": KEPT_FOR.days}
    return render(request, "evaluations/own_data.html", context)


@never_cache
@require_safe
def own_data_file(request):
    """The same as JSON: {section: [[label, value]]}; each time is on record."""
    _note(request)
    answer = JsonResponse(
        dict(sections_of(request.user)), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="own-data.json"'
    return answer


@never_cache
@require_safe
def own_data_workbook(request):
    """The same as a workbook that can be read and printed; each time is on record."""
    _note(request)
    target = io.BytesIO()
    write_workbook(target, request.user, on=clock.today(), demo=clock.is_demo())
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=_("个人信息.xlsx"))


def _note(request):
    record(request.user, "export", by=request.user, at=clock.now(), detail={"what": _("个人信息")})

"""个人信息: what the system holds about the person who is signed in, on a page and as a file to take away."""
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.kit import clock
from evaluations.domain.own_data import sections_of
from units.domain.history import record


@never_cache
@require_safe
def own_data(request):
    """Always one's own; nobody opens that of another."""
    return render(request, "evaluations/own_data.html", {"sections": sections_of(request.user)})


@never_cache
@require_safe
def own_data_file(request):
    """The same as JSON: {section: [[label, value]]}; each time is on record."""
    record(request.user, "export", by=request.user, at=clock.now(), detail={"what": _("个人信息")})
    answer = JsonResponse(
        dict(sections_of(request.user)), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="own-data.json"'
    return answer

"""The button under every list: ask for all rows of the page's filter as a workbook."""
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.kit import clock
from config.kit.keys import key_of
from config.kit.verdict import require
from units import permissions
from units.list_exports import KIND, ListGone, listed, rows_of
from units.submissions import once
from units.views.exports import start_export

WORDS = ("measure", "lineage")  # keys in the addresses of lists, besides the number of a record


@require_POST
def list_export(request, name):
    """`query` is the page's own; `pk` and WORDS are the keys in its address, where it has some."""
    require(permissions.can_export_lists(request.user))
    if not listed(name):
        raise Http404
    kwargs = {"pk": key_of(request.POST["pk"])} if request.POST.get("pk") else {}
    kwargs |= {word: request.POST[word] for word in WORDS if request.POST.get(word)}
    query = request.POST.get("query", "").removeprefix("?")[:2000]
    try:
        _rows, known = rows_of(request.user, name, kwargs, query)  # says no at once where the page would
    except ListGone as refusal:
        raise Http404(refusal.message) from refusal
    parameters = {"list": name, "kwargs": kwargs, "query": query, "grant": getattr(request.user, "chosen_grant_id", None)}
    title = _("%(list)s（%(day)s）") % {"list": known.title, "day": f"{clock.today():%Y-%m-%d}"}
    return once(request, lambda: start_export(KIND, title=title, parameters=parameters, by=request.user))

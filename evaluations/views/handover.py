"""The sheet with which a secretary hands an organisation over: shown, printed, received."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock
from config.kit.responses import done
from config.kit.verdict import require
from evaluations.domain.handover_sheet import sheet_of
from units import permissions
from units.domain import handovers
from units.domain.record_history import history_of
from units.models import Handover


def _handover_or_404(request, pk):
    rows = Handover.objects.visible_to(request.user).select_related("organization", "outgoing", "incoming", "received_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def handover_detail(request, pk):
    """What is open, or what was received; a page to print and sign."""
    handover = _handover_or_404(request, pk)
    require(permissions.can_read_handover(request.user, handover))
    context = {
        "handover": handover, "sections": sheet_of(handover, on=clock.today()), "now": clock.now(),
        "receive": permissions.can_receive_handover(request.user, handover), "history": history_of([handover]),
    }
    return render(request, "evaluations/handover_detail.html", context)


@require_POST
def handover_receive(request, pk):
    """The incoming secretary has checked the sheet."""
    handover = _handover_or_404(request, pk)
    require(permissions.can_read_handover(request.user, handover))
    verdict = permissions.can_receive_handover(request.user, handover)
    if not verdict and handover.incoming_id == request.user.member_id:  # the second of two clicks
        messages.info(request, verdict.reason)
        return redirect(handover)
    require(verdict)
    contents = sheet_of(handover, on=clock.today())
    return done(
        request, handover, lambda: handovers.receive_handover(handover, contents, by=request.user, at=clock.now()),
        _("已接收。交接单按现在的样子存档。"),
    )

"""Reminders that did not go out, or may not have, for the system administrator to decide about."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaign.domain.deliveries import decide_delivery
from campaign.models import Delivery
from config.kit import clock
from config.kit.responses import done
from config.kit.verdict import require
from units.list_exports import list_page
from units.permissions import can_manage_accounts

PAGE = 20


@require_safe
def delivery_list(request):
    """Whom it was for and what went wrong; what it said is nobody's business here."""
    require(can_manage_accounts(request.user))
    rows = Delivery.objects.visible_to(request.user).select_related("recipient").order_by("-claimed_at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return list_page(request, "campaign/delivery_list.html", {"page": page})


def _decide(request, pk, verb, said):
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    require(can_manage_accounts(request.user))
    return done(request, "delivery_list", lambda: decide_delivery(delivery, verb, by=request.user, at=clock.now()), said)


@require_POST
def delivery_again(request, pk):
    """Queue it once more: a person has looked, so it is not sent blindly."""
    return _decide(request, pk, "send_again", _("已排队，几分钟内再发一次。"))


@require_POST
def delivery_settle(request, pk):
    """The person got it, or need not any more."""
    return _decide(request, pk, "settle", _("已记下，不再发。"))

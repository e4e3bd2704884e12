"""The public board of an organisation's promises, and the poster that leads to it."""
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaign.domain.boards import as_shown, boards_below, open_promises
from config.kit import clock
from config.kit.qr import picture
from units.models import Organization

PAGE = 30


@require_safe
def board(request, code):
    """No account, no session, no cookie; only what the level above let anybody read."""
    organization = get_object_or_404(Organization.objects.select_related("parent", "merged_into"), code=code)
    if organization.merged_into:  # posters of the old one still hang where people are served
        return redirect("board", organization.merged_into.code)
    if organization.dissolved_on:
        raise Http404
    page = Paginator(open_promises(organization), PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization, "page": page, "below": boards_below(organization),
        "promises": [as_shown(row, on=clock.today()) for row in page], "large": request.GET.get("large") == "1",
        "on": clock.today(),
    }
    return render(request, "campaign/board.html", context)


board.public = True


@require_safe
def board_poster(request, code):
    """A sheet to print and hang up where people are served."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).active(), code=code)
    address = request.build_absolute_uri(reverse("board", args=[organization.code]))
    open_now = open_promises(organization).count() + sum(number for _child, number in boards_below(organization))
    context = {"organization": organization, "address": address, "qr": picture(address), "open_now": open_now}
    return render(request, "campaign/board_poster.html", context)

"""The page of a sitting: all promises that wait for this user, decided together."""
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.domain.campaigns import chosen_campaign
from campaign.domain.commitment_list import awaiting_review
from campaign.domain.commitment_review import decide_many
from campaign.forms.commitment_review import CommitmentReviewForm
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from units.enums import Role
from units.submissions import once

PAGE = 50


@require_http_methods(["GET", "POST"])
def commitment_review(request):
    """Fifty at a time; the rows of a post are those that it names, so that what came in meanwhile is not touched."""
    if not request.user.has_role(Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        raise PermissionDenied(_("只有上级党组织可以审定和评定承诺。"))
    waiting = awaiting_review(request.user, chosen_campaign(request.user))
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        shown = list(waiting.filter(pk__in=[key_of(value) for value in request.POST.getlist("row")[:PAGE]]))
        form = CommitmentReviewForm(request.POST, commitments=shown)
        if form.is_valid():
            try:
                return once(request, lambda: _decide(request, form))
            except Refusal as refusal:
                refuse_on_form(form, refusal)
    else:
        form = CommitmentReviewForm(commitments=list(page), all_fit="all" in request.GET)
    return render(request, "campaign/commitment_review.html", {"form": form, "page": page, "all_fit": "all" in request.GET})


def _decide(request, form):
    asked = set(request.POST.getlist("row"))
    decided = decide_many(form.decisions(), by=request.user, at=clock.now())
    gone = decided.missed + len(asked) - len(form.commitments)
    messages.success(request, _("公示 %(published)s 条，退回 %(returned)s 条。") % vars(decided))
    if gone:
        messages.info(request, _("有 %(n)s 条已经由别人办了，没有改。") % {"n": gone})
    return reverse("commitment_review")

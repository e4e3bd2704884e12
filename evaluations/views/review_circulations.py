"""Letting a review be read beyond the line, and ending that."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from evaluations import review_permissions as permissions
from evaluations.domain import review_circulations
from evaluations.forms.review_circulations import CirculationForm
from evaluations.models import Review, ReviewCirculation
from evaluations.views.reviews import review_or_404
from units.submissions import once


@require_http_methods(["GET", "POST"])
def review_circulate(request, lineage):
    """Choose the range."""
    review = review_or_404(request, lineage)
    require(permissions.can_circulate(request.user, review))
    form = CirculationForm(request.POST or None, offered=review_circulations.ranges(request.user, review))
    if request.method == "POST" and form.is_valid():
        def call():
            made = review_circulations.circulate(
                review, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today()
            )
            messages.success(request, _("已通报给%(who)s。") % {"who": made})
            return review.get_absolute_url()

        try:
            return once(request, call)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "review": review, "problems": review.problems.order_by("position", "pk")}
    return render(request, "evaluations/review_circulate.html", context)


@require_POST
def review_circulation_end(request, pk):
    """Its readers see the review no more."""
    seen = ReviewCirculation.objects.standing().filter(review__in=Review.objects.visible_to(request.user))
    row = get_object_or_404(seen.select_related("review__organization", "review__member", "within"), pk=pk)
    require(permissions.can_circulate(request.user, row.review))
    return done(
        request, row.review, lambda: review_circulations.end_circulation(row, by=request.user, at=clock.now()),
        _("已停止通报。"),
    )

"""Answering a review, answering back, and correcting what was answered."""
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import review_permissions as permissions
from evaluations.domain import review_replies
from evaluations.forms.review_replies import ReplyForm
from evaluations.models import ReviewReply
from evaluations.views.reviews import review_or_404
from units.submissions import once


@require_http_methods(["GET", "POST"])
def review_reply(request, lineage):
    """One sentence below the review; the page of the review has the same form."""
    review = review_or_404(request, lineage)
    require(permissions.can_reply(request.user, review))
    is_reviewer = review.reviewer_id == request.user.pk
    form = ReplyForm(request.POST or None, is_reviewer=is_reviewer)

    def call():
        review_replies.reply(
            review, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today()
        )
        return f"{review.get_absolute_url()}#thread"

    return _answered(request, form, review, call, is_correction=False)


@require_http_methods(["GET", "POST"])
def review_reply_correct(request, lineage):
    """A new version with a reason, by whoever wrote it."""
    entries = ReviewReply.objects.visible_to(request.user).standing().select_related("review__organization", "review__member")
    entry = get_object_or_404(entries, lineage=lineage)
    require(permissions.can_correct_reply(request.user, entry))
    is_reviewer = entry.side == "reviewer"
    form = ReplyForm(request.POST or None, initial={"text": entry.text}, is_reviewer=is_reviewer, needs_reason=True)

    def call():
        review_replies.correct_reply(entry, **form.cleaned_data, by=request.user, at=clock.now())
        return f"{entry.review.get_absolute_url()}#thread"

    return _answered(request, form, entry.review, call, is_correction=True)


def _answered(request, form, review, call, *, is_correction):
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, call)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "form": form, "review": review, "is_correction": is_correction,
        "problems": review.problems.order_by("position", "pk"),
    }
    return render(request, "evaluations/review_reply.html", context)

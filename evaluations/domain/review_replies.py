"""The thread below a review: the reviewed side answers within the working days of the campaign, the reviewer may answer back."""
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.domain.calendar_days import reply_day
from config.kit.facts import supersede
from config.kit.refusal import Refusal
from evaluations.enums import ReplySide
from evaluations.models import Review, ReviewReply
from units.domain.history import record


class ReplyEmpty(Refusal):
    """A reply has words, and a correction says why."""

    field = "text"


class ReviewGone(Refusal):
    """A review that was taken back is not answered any more."""


def reply_due(campaign, *, at):
    """The day by which a review recorded at `at` is to be answered; None where the campaign asks for no answer."""
    return reply_day(timezone.localtime(at).date(), campaign.reply_days) if campaign.reply_days else None


def unanswered():
    """Standing reviews that ask for an answer and have none from the reviewed side, whichever version it was given to."""
    answers = ReviewReply.objects.standing().filter(side=ReplySide.REVIEWED, review__lineage=OuterRef("lineage"))
    return Review.objects.standing().filter(~Exists(answers), reply_due_on__isnull=False, campaign__state="open")


@transaction.atomic
def reply(review, *, text, by, at, on):
    """Add an entry to the thread of `review`, on the reviewer's side when `by` is the reviewer. Returns the ReviewReply.

    Raises ReplyEmpty, ReviewGone.
    """
    if not text.strip():
        raise ReplyEmpty(_("请写一句打算。"))
    if not Review.objects.select_for_update().filter(pk=review.pk, superseded_at__isnull=True).exists():
        raise ReviewGone(_("这条点评刚刚更正或撤回了，请看最新的一版再回复。"))
    made = ReviewReply.objects.create(
        review=review, side=ReplySide.REVIEWER if by.pk == review.reviewer_id else ReplySide.REVIEWED, text=text.strip(),
        happened_on=on, first_at=at, recorded_at=at, recorded_by=by,
    )
    record(review, "reply", by=by, at=at, detail={"note": text.strip()}, organization=review.organization)
    return made


@transaction.atomic
def correct_reply(entry, *, text, reason, by, at):
    """Put a new version in the place of `entry`, with a reason. Returns it. Raises ReplyEmpty, FactSuperseded."""
    if not text.strip():
        raise ReplyEmpty(_("请写一句打算。"))
    if not reason.strip():
        raise ReplyEmpty(_("请写一句更正的原因。"), field="reason")
    newer = ReviewReply(
        review=entry.review, side=entry.side, text=text.strip(), happened_on=entry.happened_on, first_at=entry.first_at,
        recorded_by=by, change_reason=reason.strip(),
    )
    supersede(entry, at=at, replacement=newer)
    review = entry.review
    record(review, "correct_reply", by=by, at=at, detail={"reason": reason.strip()}, organization=review.organization)
    return newer

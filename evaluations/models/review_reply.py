"""Replies to a review: what the reviewed side means to do, and what the reviewer says to that; facts with versions."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from evaluations.enums import ReplySide
from evaluations.models.review import Review


class ReviewReplyQuerySet(FactQuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """Those of reviews whose exchange the user may follow; who was only sent the review (通报) does not see it."""
        return self.filter(review__in=Review.objects.followed_by(user))

    def of(self, review):
        """The thread of a review, whichever version was answered, in the order it was written."""
        return self.filter(review__lineage=review.lineage).order_by("first_at", "pk")


class ReviewReply(Fact):
    """One version of one entry of the thread. `review` is the version of the review that was answered."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="replies")
    side = models.CharField(max_length=10, choices=ReplySide.choices)
    text = models.CharField(_("回复"), max_length=300)
    happened_on = models.DateField(_("回复日期"))
    first_at = models.DateTimeField()  # of the first version; keeps the thread's order through corrections

    objects = ReviewReplyQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints]

    def __str__(self):
        return self.text

"""Reviews (点评): what a leader found good, what was wrong, which way to go; each problem becomes a rectification item."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from evaluations.enums import ReviewForm, ReviewOccasion
from evaluations.models.review_circulation import ReviewCirculation
from units import scope


def _followed(user):
    in_scope, about = scope.within_any(user.reading_paths(), "organization__"), Q(member=user.member_id or 0)
    return in_scope | Q(reviewer=user) | Q(member__isnull=False) & about


class ReviewQuerySet(FactQuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """Those the user may follow, and those the user was sent (通报), which are read as they stand."""
        sent = ReviewCirculation.objects.sent_to(user).values("review__lineage")
        return self.filter(_followed(user) | Q(superseded_at__isnull=True, lineage__in=sent))

    def followed_by(self, user):
        """Those whose whole course the user may follow: in the own scope, given by the user, or about the user."""
        return self.filter(_followed(user))

    def newest_first(self):
        return self.order_by("-happened_on", "-recorded_at", "-pk")


class Review(Fact):
    """One version of one review. Its subject is `member`, or `organization` where `member` is null (a member's review
    also names the member's organisation, for scope)."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="reviews_given")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="reviews")
    member = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("党员")
    )
    form = models.CharField(_("形式"), max_length=12, choices=ReviewForm.choices)
    occasion = models.CharField(_("场合"), max_length=20, choices=ReviewOccasion.choices, blank=True)
    strengths = models.CharField(_("肯定的"), max_length=300, blank=True)
    direction = models.CharField(_("努力方向"), max_length=300, blank=True)
    happened_on = models.DateField(_("点评日期"))
    meeting = models.ForeignKey(  # at which it was given together with others
        "evaluations.ReviewMeeting", on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    reply_due_on = models.DateField(_("回复期限"), null=True, blank=True)  # none: no answer is asked for
    quotes = models.JSONField(default=list, blank=True)  # at most two facts, frozen: [{"text", "url"}]

    objects = ReviewQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints]
        indexes = [
            models.Index(fields=["organization", "happened_on"], name="evaluations_review_org_day"),
            models.Index(  # whether a member was reviewed is read from it alone
                fields=["campaign", "member", "happened_on", "recorded_at", "superseded_at"],
                name="evaluations_review_member", condition=Q(member__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.reviewer} {self.happened_on}"

    def get_absolute_url(self):
        return reverse("review_detail", args=[self.lineage])


class ReviewProblem(models.Model):
    """One problem that a review names, and the rectification item made of it (null when no rectification is asked for)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="problems")
    text = models.CharField(_("问题"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    rectification = models.ForeignKey(
        "campaign.Rectification", on_delete=models.PROTECT, null=True, blank=True, related_name="review_problems"
    )

    def __str__(self):
        return self.text

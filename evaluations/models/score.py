"""Scores of a run: one line per subject and indicator, one total per subject. Points are ten-thousandths."""
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.enums import Track
from evaluations.models.run import DERIVED
from units import scope


class SubjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the subtrees the user reads, and one's own."""
        return self.filter(
            scope.within_any(user.reading_paths(), "organization__")
            | Q(track=Track.MEMBER, member__isnull=False, member=user.member_id or 0)
        )


class ScoreQuerySet(SubjectQuerySet):
    def ranked(self):
        """Best first; those without a rank behind."""
        return self.order_by(models.F("rank").asc(nulls_last=True), "organization__path", "pk")


class Score(models.Model):
    """The total of one organisation (`member` null) or one member. A subject to which nothing applied has total, band and
    rank null."""

    run = models.ForeignKey("evaluations.ScoringRun", **DERIVED | {"related_name": "scores"})
    track = models.CharField(max_length=12, choices=Track.choices)
    organization = models.ForeignKey("units.Organization", **DERIVED)
    member = models.ForeignKey("units.Member", null=True, blank=True, **DERIVED | {"related_name": "scores"})
    category = models.CharField(max_length=20, blank=True)
    total = models.PositiveIntegerField(null=True)
    band = models.CharField(max_length=10, blank=True)  # after gates
    band_by_total = models.CharField(max_length=10, blank=True)
    is_barred = models.BooleanField(default=False)
    gates_hit = models.JSONField(default=list)  # [{"code", "numerator", "denominator"}]
    rank = models.PositiveIntegerField(null=True)
    ranked_among = models.PositiveIntegerField(null=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "member"], name="evaluations_score_once_per_member"),
            models.UniqueConstraint(
                fields=["run", "organization"], condition=Q(member__isnull=True), name="evaluations_score_once"
            ),
        ]
        indexes = [
            models.Index(fields=["run", "category", "rank"], condition=Q(member__isnull=True), name="evaluations_score_rank"),
        ]

    def __str__(self):
        return f"{self.run_id} {self.organization_id} {self.member_id} {self.total}"

    def get_absolute_url(self):
        return reverse("score_detail", args=[self.pk])


class ScoreLine(models.Model):
    """One indicator of one subject: `points` of `points_available` (ten-thousandths, after the points of indicators that
    do not apply were spread). A denominator of 0 says that it does not apply."""

    run = models.ForeignKey("evaluations.ScoringRun", **DERIVED | {"related_name": "lines"})
    track = models.CharField(max_length=12, choices=Track.choices)
    organization = models.ForeignKey("units.Organization", **DERIVED)
    member = models.ForeignKey("units.Member", null=True, blank=True, **DERIVED)
    indicator = models.ForeignKey("evaluations.Indicator", **DERIVED | {"on_delete": models.PROTECT})
    criterion_code = models.CharField(max_length=4)
    source = models.CharField(max_length=10)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    points_available = models.PositiveIntegerField()
    points = models.PositiveIntegerField()

    objects = SubjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "member", "indicator"], name="evaluations_scoreline_once_per_member"),
            models.UniqueConstraint(
                fields=["run", "organization", "indicator"],
                condition=Q(member__isnull=True),
                name="evaluations_scoreline_once",
            ),
        ]

    def __str__(self):
        return f"{self.run_id} {self.indicator_id} {self.points}"

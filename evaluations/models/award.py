"""Award rounds: what can be awarded, how many, on which scores and until when."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.enums import AwardKind, HonourDemand, QuotaBasis, RoundState
from units import scope
from units.enums import Category, HonourLevel


class AwardRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        roots = {path[: scope.STEP] for path in user.reading_paths()}
        return self.filter(campaign__organization__path__in=roots)

    def newest_first(self):
        return self.order_by("-cutoff_on", "-pk")


class AwardRound(models.Model):
    """One round of selection and commendation. `run` freezes the scores that stand beside the nominations."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="award_rounds")
    code = models.SlugField(_("代号"), max_length=30, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    cutoff_on = models.DateField(_("组织关系截止日"))
    nominations_due_on = models.DateField(_("推荐截止日"))
    run = models.ForeignKey("evaluations.ScoringRun", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    moved_at = models.DateTimeField()
    created_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = AwardRoundQuerySet.as_manager()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("award_detail", args=[self.pk])


class Quota(models.Model):
    """How many of one kind one category may have. `value` is a number, or hundredths of a percent of those eligible."""

    round = models.ForeignKey(AwardRound, on_delete=models.CASCADE, related_name="quotas")
    kind = models.CharField(_("奖项"), max_length=14, choices=AwardKind.choices)
    category = models.CharField(_("单位类别"), max_length=20, choices=Category.choices)
    basis = models.CharField(_("办法"), max_length=7, choices=QuotaBasis.choices)
    value = models.PositiveIntegerField(_("数值"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "category"], name="evaluations_quota_once"),
            models.CheckConstraint(
                condition=Q(basis="number") | Q(value__lte=10000),
                name="evaluations_quota_percent_up_to_100",
                violation_error_message=_("比例不能超过 100%。"),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.category}"


class HonourCondition(models.Model):
    """What one award of a round asks of a nominee's honours: one of `level` or higher, given on `since_on` or later."""

    round = models.ForeignKey(AwardRound, on_delete=models.CASCADE, related_name="honour_conditions")
    kind = models.CharField(_("奖项"), max_length=14, choices=AwardKind.choices)
    demand = models.CharField(_("要求"), max_length=9, choices=HonourDemand.choices)
    level = models.CharField(_("级别不低于"), max_length=10, choices=HonourLevel.choices)
    since_on = models.DateField(_("从哪天起"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="evaluations_honourcondition_once"),
            models.CheckConstraint(
                condition=~Q(kind="organization"), name="evaluations_honourcondition_of_persons",
                violation_error_message=_("荣誉条件只用于个人奖项。"),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.demand} {self.level}"

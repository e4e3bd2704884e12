"""Criteria: 五个好 for organisations, 五带头 for members; versioned rules whose weights add up to 100 in each track."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.enums import Track
from config.kit.facts import Fact, FactQuerySet
from units.enums import Category


class CriterionQuerySet(FactQuerySet):
    def of(self, campaign, track):
        return self.filter(campaign=campaign, track=track)

    def in_order(self):
        return self.order_by("track", "position", "pk")


class Criterion(Fact):
    """One version of one criterion. A category may have wording and weight of its own: such a row names the category
    and takes the place of the common one there. Activities and indicators refer to `code`, never to a version."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="criteria")
    track = models.CharField(max_length=12, choices=Track.choices)
    code = models.CharField(_("编号"), max_length=4)
    title = models.CharField(_("名称"), max_length=20)
    text = models.TextField(_("内容"))
    weight = models.PositiveSmallIntegerField(_("权重"))
    category = models.CharField(_("单位类别"), max_length=20, choices=Category.choices, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CriterionQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "track", "code", "category"],
                condition=Q(superseded_at__isnull=True),
                name="campaign_criterion_code",
                violation_error_message=_("这个编号已经用过。"),
            ),
            models.CheckConstraint(
                condition=Q(weight__lte=100),
                name="campaign_criterion_weight_up_to_100",
                violation_error_message=_("权重不能超过 100。"),
            ),
        ]

    def __str__(self):
        return self.title

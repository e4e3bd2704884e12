"""Rules of scoring, all versioned: indicators under the criteria, assessment sheet items, gates and bands."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaign.enums import Track
from config.kit.facts import Fact, FactQuerySet
from evaluations.enums import GateEffect, MeasureName, Source
from units.enums import Category


class Indicator(Fact):
    """One version of one indicator. `points` are whole points; under one criterion they add up to 100.

    `organization` is null for the office's common indicators; one with a `category` takes the place of the common one of
    the same code there. A unit refines a common one (`refines`, its code) into sub-indicators for its own subtree, whose
    points add up to the refined one's.
    """

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="indicators")
    track = models.CharField(max_length=12, choices=Track.choices)
    criterion_code = models.CharField(_("条件"), max_length=4)
    code = models.CharField(_("编号"), max_length=20)
    title = models.CharField(_("指标"), max_length=40)
    text = models.CharField(_("说明"), max_length=200, blank=True)
    points = models.PositiveSmallIntegerField(_("分值"))
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    measure = models.CharField(_("计量"), max_length=12, choices=MeasureName.choices)
    parameters = models.JSONField(default=dict, blank=True)
    category = models.CharField(_("单位类别"), max_length=20, choices=Category.choices, blank=True)
    organization = models.ForeignKey(
        "units.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refines = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "code", "organization"],
                condition=Q(superseded_at__isnull=True),
                name="evaluations_indicator_unit_code",
                violation_error_message=_("这个编号已经用过。"),
            ),
            models.UniqueConstraint(
                fields=["campaign", "code", "category"],
                condition=Q(superseded_at__isnull=True, organization__isnull=True),
                name="evaluations_indicator_code",
                violation_error_message=_("这个编号已经用过。"),
            ),
            models.CheckConstraint(
                condition=Q(points__gte=1, points__lte=100),
                name="evaluations_indicator_points_1_to_100",
                violation_error_message=_("分值在 1 到 100 之间。"),
            ),
        ]

    def __str__(self):
        return self.title


class SheetItem(Fact):
    """One version of one item of the assessment sheet. Points are ten-thousandths of a point."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="sheet_items")
    track = models.CharField(max_length=12, choices=Track.choices)
    code = models.CharField(_("编号"), max_length=20)
    title = models.CharField(_("考评项目"), max_length=40)
    text = models.CharField(_("扣分办法"), max_length=300, blank=True)
    verification = models.CharField(_("核实办法"), max_length=60, blank=True)
    maximum = models.PositiveIntegerField(_("满分"))
    bonus_cap = models.PositiveIntegerField(_("加分上限"), default=0)
    position = models.PositiveSmallIntegerField(default=0)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "code"],
                condition=Q(superseded_at__isnull=True),
                name="evaluations_sheetitem_code",
                violation_error_message=_("这个编号已经用过。"),
            ),
        ]

    def __str__(self):
        return self.title


class Gate(Fact):
    """A condition on a measure: below `minimum` (ten-thousandths of 1) the band is capped or awards are barred."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="gates")
    track = models.CharField(max_length=12, choices=Track.choices)
    code = models.CharField(max_length=20)
    title = models.CharField(_("限制项"), max_length=60)
    measure = models.CharField(max_length=12, choices=MeasureName.choices)
    parameters = models.JSONField(default=dict, blank=True)
    minimum = models.PositiveIntegerField()
    effect = models.CharField(max_length=4, choices=GateEffect.choices)
    cap_band = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "code"], condition=Q(superseded_at__isnull=True), name="evaluations_gate_code"
            ),
            models.CheckConstraint(
                condition=Q(effect="bar") | ~Q(cap_band=""), name="evaluations_gate_cap_names_band"
            ),
        ]

    def __str__(self):
        return self.title


class Band(Fact):
    """A band of totals (好, 较好 …) from `minimum` ten-thousandths of a point upwards; position 0 is the best."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="bands")
    code = models.CharField(max_length=10)
    title = models.CharField(_("等次"), max_length=10)
    minimum = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "code"], condition=Q(superseded_at__isnull=True), name="evaluations_band_code"
            ),
        ]

    def __str__(self):
        return self.title

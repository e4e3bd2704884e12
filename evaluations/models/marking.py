"""Assessors' marks: for each item of the sheet a deduction, a bonus and the reason; beside the self-assessment."""
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from units import scope


class MarkingQuerySet(FactQuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.reading_paths(), "organization__"))

    def newest_first(self):
        return self.order_by("-happened_on", "-pk")


class Marking(Fact):
    """One version of one filled-in sheet about an organisation, or one of its members. The standing one with the latest
    `happened_on` counts."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="markings")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="markings")
    member = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="markings", verbose_name=_("党员")
    )
    assessor = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("考评人"))
    happened_on = models.DateField(_("考评日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = MarkingQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints]
        indexes = [models.Index(fields=["organization", "happened_on"], name="evaluations_marking_org_day")]

    def __str__(self):
        return f"{self.organization} {self.happened_on}"

    def get_absolute_url(self):
        return reverse("marking_detail", args=[self.lineage])


class Mark(models.Model):
    """Marks of one item, in ten-thousandths of a point; `item_code` names the sheet item."""

    marking = models.ForeignKey(Marking, on_delete=models.CASCADE, related_name="marks")
    item_code = models.CharField(max_length=20)
    self_points = models.PositiveIntegerField(_("自评"), null=True, blank=True)
    deduction = models.PositiveIntegerField(_("扣分"), default=0)
    bonus = models.PositiveIntegerField(_("加分"), default=0)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["marking", "item_code"], name="evaluations_mark_once")]

    def __str__(self):
        return self.item_code

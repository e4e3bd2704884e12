"""What a step or a phase expects of one category of organisations."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.enums import Category


class Expectation(models.Model):
    """One sentence for one category; it stands beside the text that is for everybody."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="expectations")
    step = models.ForeignKey(
        "campaign.Step", on_delete=models.CASCADE, related_name="expectations", verbose_name=_("在哪个步骤")
    )
    phase = models.ForeignKey(
        "campaign.Phase", on_delete=models.CASCADE, null=True, blank=True, related_name="expectations",
        verbose_name=_("在哪个阶段"),
    )
    category = models.CharField(_("单位类别"), max_length=20, choices=Category.choices)
    text = models.CharField(_("要做到什么"), max_length=200)

    class Meta:
        constraints = [
            # Two constraints, because SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["phase", "category"],
                name="campaign_expectation_once_per_phase",
                violation_error_message=_("这个阶段对这一类已经有要求。"),
            ),
            models.UniqueConstraint(
                fields=["step", "category"],
                condition=Q(phase__isnull=True),
                name="campaign_expectation_once_per_step",
                violation_error_message=_("这个步骤对这一类已经有要求。"),
            ),
        ]

    def __str__(self):
        return self.text

"""What may be done in which days of the campaign: dated permissions that hang on a step or on one phase of it."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaign.enums import PhaseWork


class PhasePermission(models.Model):
    """One kind of work may be done while this step (or this phase of it) runs, or in the narrower days named here.

    A kind of work without any row may be done at any time; with several rows, on the days of each.
    """

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.CASCADE, related_name="phase_permissions")
    work = models.CharField(_("办什么"), max_length=12, choices=PhaseWork.choices)
    step = models.ForeignKey(
        "campaign.Step", on_delete=models.CASCADE, related_name="permissions", verbose_name=_("在哪个步骤")
    )
    phase = models.ForeignKey(
        "campaign.Phase", on_delete=models.CASCADE, null=True, blank=True, related_name="permissions",
        verbose_name=_("在哪个阶段"),
    )
    from_on = models.DateField(_("从哪天起"), null=True, blank=True)
    until_on = models.DateField(_("到哪天止"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="campaign_phasepermission_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]

    def __str__(self):
        return f"{self.get_work_display()} {self.span}"

    @property
    def span(self):
        """The phase, or the whole step."""
        return self.phase or self.step

    @property
    def starts_on(self):
        """Own days never reach beyond the span's, also after the span was moved."""
        return max(self.from_on or self.span.starts_on, self.span.starts_on)

    @property
    def ends_on(self):
        return min(self.until_on or self.span.ends_on, self.span.ends_on)

    def covers(self, day):
        return self.starts_on <= day <= self.ends_on

"""Spot checks (随机抽查): a pool and its rule are published, then a public number that nobody knew yet draws from it."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import SpotCheckState, SpotLevel
from campaign.models.campaign import Campaign


class SpotCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is published is there for everybody who takes part in the campaign: anyone may draw again."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def ready_to_draw(self, *, on):
        """Published, and the day of the public number has come."""
        return self.filter(state=SpotCheckState.PUBLISHED, seed_on__lte=on)


class SpotCheck(models.Model):
    """One spot check. `pool_text` is what was published, byte for byte: rule, strata, weights and who is left out."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="spot_checks")
    title = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("抽到哪一级"), max_length=8, choices=SpotLevel.choices)
    questions = models.JSONField(_("看什么"))  # [sentence], frozen when published
    seed_source = models.CharField(_("用哪个公开号码"), max_length=100)
    seed_on = models.DateField(_("号码产生的日期"))
    pool_text = models.TextField()
    pool_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SpotCheckState.choices, default=SpotCheckState.PUBLISHED)
    seed = models.CharField(_("公开号码"), max_length=40, blank=True)
    reason = models.CharField(_("为什么作废"), max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SpotCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="drawn") & Q(seed="", drawn_at__isnull=True)
                | Q(state="drawn", drawn_at__isnull=False) & ~Q(seed=""),
                name="campaign_spotcheck_drawn_with_number",
                violation_error_message=_("抽取以后才有号码和时间。"),
            ),
            models.CheckConstraint(
                condition=Q(state="called_off") & ~Q(reason="") | ~Q(state="called_off") & Q(reason=""),
                name="campaign_spotcheck_called_off_with_reason",
                violation_error_message=_("作废要写一句原因。"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("spot_check_detail", args=[self.pk])

    @property
    def is_drawn(self):
        return self.state == SpotCheckState.DRAWN

    @property
    def is_waiting(self):
        """Published, and neither drawn nor called off."""
        return self.state == SpotCheckState.PUBLISHED


class SpotInspector(models.Model):
    """Who was named for the group when the check was published."""

    check_of = models.ForeignKey(SpotCheck, on_delete=models.CASCADE, related_name="group")
    user = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "user"], name="campaign_spotinspector_once")]

    def __str__(self):
        return str(self.user)

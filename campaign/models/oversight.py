"""Oversight (督导): reports heard, routine looks and exchange meetings, with who came and what followed."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import OversightKind
from units import scope


class OversightQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who read the organisation it was held in, or one that took part."""
        came = OversightPresence.objects.filter(scope.within_any(user.reading_paths(), "organization__"))
        return self.filter(
            scope.within_any(user.reading_paths(), "organization__") | Q(pk__in=came.values("oversight"))
        )

    def newest_first(self):
        return self.order_by("-held_on", "-pk")


class Oversight(models.Model):
    """One record. `organization` reported, was looked at, or held the meeting."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="oversights")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="oversights")
    kind = models.CharField(_("种类"), max_length=8, choices=OversightKind.choices)
    title = models.CharField(_("名称"), max_length=60)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=60, blank=True)
    people = models.CharField(_("参加的人"), max_length=200)
    text = models.CharField(_("听到、看到的"), max_length=600)
    opinion = models.CharField(_("意见和要求"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")

    objects = OversightQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["campaign", "held_on"], name="campaign_oversight_held")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("oversight_detail", args=[self.pk])


class OversightPresence(models.Model):
    """An organisation that was asked to come, and whether it came."""

    oversight = models.ForeignKey(Oversight, on_delete=models.CASCADE, related_name="presences")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="oversight_presences")
    came = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["oversight", "organization"], name="campaign_oversightpresence_once")
        ]

    def __str__(self):
        return str(self.organization)


class OversightPaper(models.Model):
    """A paper that was presented at an exchange meeting; it is read there, never counted."""

    oversight = models.ForeignKey(Oversight, on_delete=models.CASCADE, related_name="oversight_papers")
    paper = models.ForeignKey("campaign.Paper", on_delete=models.PROTECT, related_name="oversight_papers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["oversight", "paper"], name="campaign_oversightpaper_once")]

    def __str__(self):
        return str(self.paper)


class OversightFollowUp(models.Model):
    """What has to be put right after it, as an item of the one ledger."""

    oversight = models.ForeignKey(Oversight, on_delete=models.CASCADE, related_name="follow_ups")
    rectification = models.OneToOneField(
        "campaign.Rectification", on_delete=models.PROTECT, related_name="followed_from"
    )

    def __str__(self):
        return str(self.rectification)

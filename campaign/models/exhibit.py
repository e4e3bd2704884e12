"""Exhibits of the photo exhibition (图片展): one photo with the six elements of its caption and the consent of those in it."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models.release import Release
from campaign.models.role_model import UNSEEN


class Exhibit(Release):
    """时间、地点、人物、主题（标题）、背景、事由."""

    photo = models.ForeignKey("campaign.Photo", on_delete=models.PROTECT, related_name="exhibits")
    happened_on = models.DateField(_("时间"))
    place = models.CharField(_("地点"), max_length=60)
    people = models.CharField(_("人物"), max_length=120)
    background = models.CharField(_("背景"), max_length=200)
    occasion = models.CharField(_("事由"), max_length=200)
    consent_on = models.DateField(_("照片里的人同意展示的日期"), null=True, blank=True)

    class Meta(Release.Meta):
        constraints = [
            *Release.Meta.constraints,
            models.CheckConstraint(
                condition=Q(consent_on__isnull=False) | Q(state__in=UNSEEN), name="campaign_exhibit_consent",
                violation_error_message=_("展示照片，要先有照片里的人同意。"),
            ),
        ]

    def get_absolute_url(self):
        return reverse("exhibit_detail", args=[self.pk])

    @property
    def shows_somebody(self):
        return True

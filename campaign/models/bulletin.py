"""Bulletins (简报): numbered by year when they are published; every sentence from data keeps the way to its record."""
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import EntrySource, ReleaseState
from campaign.models.release import ReleaseQuerySet


class Bulletin(models.Model):
    """One issue of the campaign office. `figures` are frozen at publication: [{label, value, url}]."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="bulletins")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("标题"), max_length=60)
    lead = models.CharField(_("导语"), max_length=300, blank=True)
    starts_on = models.DateField(_("从"))
    ends_on = models.DateField(_("到"))
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    figures = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    is_open = models.BooleanField(_("可以对外公开"), default=False)
    expires_on = models.DateField(_("展示到"), null=True, blank=True)
    created_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "number"], name="campaign_bulletin_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True)
                | Q(state="withdrawn")
                | Q(state="published", number__isnull=False),
                name="campaign_bulletin_numbered_when_published",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_bulletin_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("bulletin_detail", args=[self.pk])

    @property
    def is_editable(self):
        return self.state == ReleaseState.DRAFT


class BulletinEntry(models.Model):
    """One paragraph; `source` and `key` lead to the record it was made from (an activity's lineage, a release's key)."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12, choices=EntrySource.choices)
    key = models.CharField(max_length=36)
    text = models.CharField(_("文字"), max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "source", "key"], name="campaign_bulletinentry_once",
                violation_error_message=_("这一条已经在简报里。"),
            ),
        ]

    def __str__(self):
        return self.text

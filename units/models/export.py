"""Exports: a file made by a worker from what its owner may see."""
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.jobs import Job, JobQuerySet


class ExportQuerySet(JobQuerySet):
    def visible_to(self, user):
        """An export belongs to the one who asked for it."""
        return self.filter(requested_by=user)


class Export(Job):
    """`kind` names a registered writer; `parameters` are its arguments as plain data."""

    kind = models.CharField(max_length=40)
    title = models.CharField(_("内容"), max_length=120)
    parameters = models.JSONField(default=dict)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=160, blank=True)
    stored_name = models.CharField(max_length=200, blank=True)
    byte_size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("export_detail", args=[self.pk])

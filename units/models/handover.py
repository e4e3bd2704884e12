"""Handovers (交接): a secretary leaves, another comes, and what is open goes over with a sheet that the new one receives."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from units import scope


class HandoverQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever reads the organisation, and both who hand over and receive, with or without a role."""
        mine = user.member_id or 0
        return self.filter(
            scope.within_any(user.reading_paths(), "organization__") | Q(outgoing=mine) | Q(incoming=mine)
        )

    def waiting(self):
        return self.filter(received_at__isnull=True, dropped_at__isnull=True)


class Handover(models.Model):
    """`outgoing` hands the organisation over to `incoming` as of `starts_on`. `contents` is empty while it waits (the page
    shows what is open now) and what was received afterwards: [{title, lines: [{title, note, url}]}]."""

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="handovers")
    outgoing = models.ForeignKey("units.Member", on_delete=models.PROTECT, related_name="+", verbose_name=_("移交人"))
    incoming = models.ForeignKey("units.Member", on_delete=models.PROTECT, related_name="+", verbose_name=_("接收人"))
    starts_on = models.DateField(_("任职时间"))
    made_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)  # the next change came before anybody had received it
    contents = models.JSONField(default=list)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=Q(received_at__isnull=True, dropped_at__isnull=True),
                name="units_handover_one_waiting", violation_error_message=_("这个党组织已经有一份等接收的交接单。"),
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False, dropped_at__isnull=True),
                name="units_handover_received_by_somebody", violation_error_message=_("接收要写明是谁。"),
            ),
            models.CheckConstraint(
                condition=~Q(outgoing=models.F("incoming")), name="units_handover_between_two",
                violation_error_message=_("交接是两个人之间的事。"),
            ),
        ]

    def __str__(self):
        return f"{self.organization} {self.starts_on:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("handover_detail", args=[self.pk])

    @property
    def is_waiting(self):
        return self.received_at is None and self.dropped_at is None

"""The record of who did what: append-only rows, each bound to the one before by an HMAC (4-trust §4)."""
from django.conf import settings
from django.db import models
from django.db.models import Q


class HistoryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The log belongs to the auditor; everybody else reads the history of single records on their pages."""
        return self.all() if user.has_role("audit") else self.none()

    def of(self, subject):
        """The history of one record, of all versions of it where it is a versioned fact."""
        return self.filter(subject_type=subject._meta.label, subject_id=str(getattr(subject, "lineage", subject.pk)))


class HistoryEntry(models.Model):
    """One change, refusal or export. `mac` covers `previous_mac` and the row's canonical JSON."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=120, blank=True)
    organization = models.ForeignKey(
        "units.Organization", on_delete=models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    detail = models.JSONField(default=dict)
    previous_mac = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="units_history_subject")]

    def __str__(self):
        return f"{self.sequence} {self.verb} {self.subject_label}"


class HistoryHead(models.Model):
    """The single row that holds the end of the chain; locking it puts writers in line."""

    sequence = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="units_historyhead_single")]

    def __str__(self):
        return str(self.sequence)

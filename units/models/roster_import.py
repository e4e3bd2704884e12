"""An import of the two ledgers: what was uploaded, what each row would do, what it did and how to take it back."""
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.jobs import Job, JobQuerySet, JobState
from units.enums import ImportStage, LineOutcome


class RosterImportQuerySet(JobQuerySet):
    def visible_to(self, user):
        """Imports are the office's work."""
        return self.all() if user.has_role("office") else self.none()


class RosterImport(Job):
    """One import, a job that runs twice: once to check and once, after a person confirmed, to write."""

    stage = models.CharField(max_length=10, choices=ImportStage.choices, default=ImportStage.CHECKING)
    organizations_file = models.FileField(upload_to="imports/%Y%m/", blank=True)
    organizations_name = models.CharField(max_length=160, blank=True)
    members_file = models.FileField(upload_to="imports/%Y%m/", blank=True)
    members_name = models.CharField(max_length=160, blank=True)
    requested_by = models.ForeignKey(  # null: from the shell
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    answers = models.JSONField(default=dict)  # how to read a date column where nothing in it tells
    questions = models.JSONField(default=list)
    totals = models.JSONField(default=list)  # 合计 rows: sheet, row, what they say, what was counted
    summary = models.JSONField(default=dict)  # counts of outcomes per ledger
    base_digest = models.CharField(max_length=64, blank=True)  # the database as the preview saw it
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undo = models.JSONField(default=dict)

    objects = RosterImportQuerySet.as_manager()

    def __str__(self):
        return "、".join(filter(None, [self.organizations_name, self.members_name]))

    def get_absolute_url(self):
        return reverse("import_detail", args=[self.pk])

    @property
    def has_failed(self):
        """Whether the last half of the job ended without its effect."""
        return self.job_state in (JobState.FAILED, JobState.DEAD)


class ImportLine(models.Model):
    """One row of a ledger and what it would do; a wrong row has one line per problem."""

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="lines")
    ledger = models.CharField(max_length=13)  # organizations | members
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=LineOutcome.choices)
    label = models.CharField(max_length=120, blank=True)
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    expected = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=list)  # [field label, old, new]
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    accepted = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["roster_import", "outcome", "id"], name="units_importline_outcome")]

    def __str__(self):
        return f"{self.sheet} {self.row} {self.outcome}"

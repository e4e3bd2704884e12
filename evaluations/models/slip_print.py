"""Slips with codes that a worker sets as a PDF: a job, and until they are fetched the pages, sealed to the asking browser."""
from django.db import models
from django.db.models import Q
from django.urls import reverse

from config.kit.jobs import Job, JobQuerySet, JobState


class SlipPrintQuerySet(JobQuerySet):
    def visible_to(self, user):
        """A print belongs to the one who asked for it; the pages themselves are left where they are."""
        return self.filter(requested_by=user).defer("sealed")

    def of(self, asked):
        """Those of one Poll or Questionnaire."""
        return self.filter(**{asked._meta.model_name: asked})

    def holding_pages(self):
        return self.filter(sealed__isnull=False)

    def fetchable(self, *, at):
        """Finished, and neither fetched nor too old."""
        return self.holding_pages().filter(job_state=JobState.DONE, expires_at__gt=at)


class SlipPrint(Job):
    """The slips of a poll or of a questionnaire. `sealed` opens only with the private half of `public_key`, which no row, file
    or log has: it is in a cookie of the browser that asked (docs/decisions/0011). It goes with the first fetch, at
    `expires_at`, or with the codes, whatever comes first."""

    poll = models.ForeignKey("evaluations.Poll", on_delete=models.CASCADE, null=True, related_name="+")
    questionnaire = models.ForeignKey("evaluations.Questionnaire", on_delete=models.CASCADE, null=True, related_name="+")
    requested_by = models.ForeignKey("units.User", on_delete=models.CASCADE, related_name="+")
    start_url = models.CharField(max_length=200)
    public_key = models.BinaryField()
    sealed = models.BinaryField(null=True)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)

    objects = SlipPrintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(poll__isnull=True) ^ Q(questionnaire__isnull=True), name="evaluations_slipprint_of_one"
            ),
        ]

    def __str__(self):
        return f"{self.asked} {self.get_job_state_display()}"

    def get_absolute_url(self):
        return reverse("slip_print_detail", args=[self.pk])

    @property
    def asked(self):
        """The Poll or Questionnaire."""
        return self.poll or self.questionnaire

"""Scoring runs: a run is a job made of chunk jobs; readers see only the one that a campaign's current run names."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.jobs import Job, JobQuerySet
from units import scope


class ScoringRunQuerySet(JobQuerySet):
    def visible_to(self, user):
        """Runs of campaigns of a root in the user's scope; the scores inside are cut to the scope on their own."""
        roots = {path[: scope.STEP] for path in user.reading_paths()}
        return self.filter(campaign__organization__path__in=roots)

    def newest_first(self):
        return self.order_by("-queued_at", "-pk")


class ScoringRun(Job):
    """Facts with `happened_on ≤ as_of`, as known at `known_at`, under the rules of `rules`. Immutable once published."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="runs")
    as_of = models.DateField(_("情况算到"))
    known_at = models.DateTimeField(_("材料收到"))
    requested_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")
    occurrence = models.CharField(max_length=40, unique=True)  # what it is for: night:2011-06-09, or asked:<nonce>
    is_prepared = models.BooleanField(default=False)
    rules = models.JSONField(default=dict)  # the criteria, indicators, gates and bands it used, as plain data
    rule_sets = models.JSONField(default=list)  # [{"category", "refiners"}], the numbers of which scope and roster carry
    rules_digest = models.CharField(max_length=64, blank=True)
    inputs_digest = models.CharField(max_length=64, blank=True)
    result_digest = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ScoringRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(job_state="done"), name="evaluations_scoringrun_published_done"
            )
        ]

    def __str__(self):
        return f"{self.campaign} {self.as_of}"

    def get_absolute_url(self):
        return reverse("run_detail", args=[self.pk])

    @property
    def is_nightly(self):
        """Whether the clock asked for it."""
        return self.occurrence.startswith("night:")


class RunChunk(Job):
    """One idempotent piece of a run: organisations of the run with lft in [first, last], and the members in them."""

    run = models.ForeignKey(ScoringRun, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="evaluations_runchunk_once")]

    def __str__(self):
        return f"{self.run_id}/{self.number}"


# Scope, roster and scores of a run are derived rows, written by INSERT … SELECT from tables that hold the constraints, by the
# hundred thousand. A foreign key check and an index for each column would cost more than the scoring itself, so the keys
# below are kept by the run alone; Django still deletes them with what they point to.
DERIVED = {"on_delete": models.CASCADE, "related_name": "+", "db_constraint": False, "db_index": False}


class RunScope(models.Model):
    """The tree of the run's day: `organization` lay in the subtree of `subject` (also itself).

    `lft` numbers subjects in the order of the tree, from 1. Organisations without a category are no subjects; they stand
    here only with themselves.
    """

    run = models.ForeignKey(ScoringRun, **DERIVED)
    subject = models.ForeignKey("units.Organization", **DERIVED)
    organization = models.ForeignKey("units.Organization", **DERIVED)
    lft = models.PositiveIntegerField()
    category = models.CharField(max_length=20, blank=True)
    rule_set = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "subject", "organization"], name="evaluations_runscope_once")]
        indexes = [models.Index(fields=["run", "lft"], name="evaluations_runscope_lft")]

    def __str__(self):
        return f"{self.run_id} {self.subject_id}"


class RunMember(models.Model):
    """The roster of the run's day: `member` belonged to `organization`, whose lft orders chunks."""

    run = models.ForeignKey(ScoringRun, **DERIVED)
    member = models.ForeignKey("units.Member", **DERIVED)
    organization = models.ForeignKey("units.Organization", **DERIVED)
    lft = models.PositiveIntegerField()
    category = models.CharField(max_length=20, blank=True)
    rule_set = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "member"], name="evaluations_runmember_once")]
        indexes = [models.Index(fields=["run", "lft"], name="evaluations_runmember_lft")]

    def __str__(self):
        return f"{self.run_id} {self.member_id}"


class CurrentRun(models.Model):
    """The run that a campaign's pages show; swapped by one conditional UPDATE."""

    campaign = models.OneToOneField("campaign.Campaign", on_delete=models.CASCADE, related_name="current")
    run = models.ForeignKey(ScoringRun, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self):
        return f"{self.campaign_id} {self.run_id}"

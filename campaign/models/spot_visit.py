"""Visits of a spot check: one for each organisation drawn, by two inspectors at least, with what they found."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import VisitVerdict
from units import scope


class SpotVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who read the organisation, and the inspectors who go there."""
        mine = VisitInspector.objects.filter(user=user).values("visit")
        return self.filter(scope.within_any(user.reading_paths(), "organization__") | Q(pk__in=mine))

    def waiting(self):
        return self.filter(recorded_at__isnull=True)


class SpotVisit(models.Model):
    """One organisation that was drawn, in the order of the draw; recorded once."""

    check_of = models.ForeignKey("campaign.SpotCheck", on_delete=models.PROTECT, related_name="visits")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="spot_visits")
    position = models.PositiveSmallIntegerField()
    visited_on = models.DateField(_("检查日期"), null=True, blank=True)
    summary = models.CharField(_("总的情况"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SpotVisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_of", "organization"], name="campaign_spotvisit_once"),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, visited_on__isnull=True)
                | Q(recorded_at__isnull=False, visited_on__isnull=False),
                name="campaign_spotvisit_recorded_has_day",
                violation_error_message=_("记了结果就要有检查日期。"),
            ),
        ]

    def __str__(self):
        return f"{self.organization}"

    def get_absolute_url(self):
        return reverse("spot_visit_detail", args=[self.pk])

    @property
    def is_recorded(self):
        return self.recorded_at is not None


class VisitInspector(models.Model):
    """Who goes; `was_there` once the visit is recorded."""

    visit = models.ForeignKey(SpotVisit, on_delete=models.CASCADE, related_name="inspectors")
    user = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="spot_visits")
    was_there = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "user"], name="campaign_visitinspector_once")]

    def __str__(self):
        return str(self.user)


class VisitAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visit__in=SpotVisit.objects.visible_to(user))

    def findings(self):
        return self.filter(verdict=VisitVerdict.PROBLEM)


class VisitAnswer(models.Model):
    """The answer to one question of the checklist; a problem is a finding, and may have become a rectification item."""

    visit = models.ForeignKey(SpotVisit, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=100)
    verdict = models.CharField(_("看到的"), max_length=8, choices=VisitVerdict.choices)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    rectification = models.OneToOneField(
        "campaign.Rectification", on_delete=models.PROTECT, null=True, blank=True, related_name="found_by"
    )

    objects = VisitAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="campaign_visitanswer_once"),
            models.CheckConstraint(
                condition=~Q(verdict="problem") | ~Q(note=""),
                name="campaign_visitanswer_problem_in_words",
                violation_error_message=_("有问题的，请写一句是什么问题。"),
            ),
        ]

    def __str__(self):
        return self.note or self.question


class FindingPhoto(models.Model):
    """A photo of a finding; never required."""

    answer = models.ForeignKey(VisitAnswer, on_delete=models.CASCADE, related_name="finding_photos")
    photo = models.ForeignKey("campaign.Photo", on_delete=models.PROTECT, related_name="finding_photos")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "photo"], name="campaign_findingphoto_once")]

    def __str__(self):
        return f"{self.answer_id} {self.photo_id}"

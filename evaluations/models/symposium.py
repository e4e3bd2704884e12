"""Discussion meetings (座谈会): who came, as groups and numbers, and what was raised; no name of a speaker anywhere."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.enums import Audience
from units import scope


class SymposiumQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who read the organisation; its members once they were told what became of it."""
        own = scope.within_any(user.scope_paths(), "organization__")
        return self.filter(scope.within_any(user.reading_paths(), "organization__") | own & Q(told_at__isnull=False))

    def told(self):
        return self.filter(told_at__isnull=False)

    def within(self, organization):
        return self.filter(scope.within(organization.path, "organization__"))

    def newest_first(self):
        return self.order_by("-held_on", "-pk")


class Symposium(models.Model):
    """One meeting. `activity` is the record it was taken from; `slug` names its public page, which is there once `told_at`."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="symposiums")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="symposiums")
    activity = models.ForeignKey(
        "campaign.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="symposiums"
    )
    title = models.CharField(_("名称"), max_length=60)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=60, blank=True)
    slug = models.CharField(max_length=12, unique=True)
    told_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")

    objects = SymposiumQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organization", "held_on"], name="evaluations_symposium_held")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("symposium_detail", args=[self.pk])


class SymposiumParty(models.Model):
    """A group that came: how many, and in a few words who they were (窗口办事群众)."""

    symposium = models.ForeignKey(Symposium, on_delete=models.CASCADE, related_name="parties")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    number = models.PositiveSmallIntegerField(_("人数"))
    note = models.CharField(_("身份"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["symposium", "audience"], name="evaluations_symposiumparty_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="evaluations_symposiumparty_somebody"),
        ]

    def __str__(self):
        return f"{self.get_audience_display()} {self.number}"


class SymposiumPoint(models.Model):
    """One point raised by somebody of a group; it is put right, answered, or both. `told_at`: those concerned were told."""

    symposium = models.ForeignKey(Symposium, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience.choices)
    text = models.CharField(_("意见"), max_length=300)
    rectification = models.OneToOneField(
        "campaign.Rectification", on_delete=models.PROTECT, null=True, blank=True, related_name="symposium_point"
    )
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["symposium", "position"], name="evaluations_symposiumpoint_place"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="evaluations_symposiumpoint_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(answered_at__isnull=False),
                name="evaluations_symposiumpoint_told_what_was_answered",
            ),
        ]

    def __str__(self):
        return self.text

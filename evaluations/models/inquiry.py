"""Inquiries (询问): ask a unit whether it needs help before pressing (督促) anything; it answers in one sentence."""
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.enums import InquiryState
from units import scope

URGE_AFTER = timedelta(days=3)  # what an answer may take


class InquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.reading_paths(), "organization__"))

    def waiting(self):
        return self.exclude(state=InquiryState.ANSWERED)

    def newest_first(self):
        return self.order_by("-asked_at", "-pk")


class Inquiry(models.Model):
    """One question about one figure of the coverage table. `measure` is a key of `coverage.MEASURES`, `situation` the figure
    as it stood on the day of asking, in words."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="inquiries")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="inquiries")
    measure = models.CharField(max_length=20)
    situation = models.CharField(_("当时的情况"), max_length=60)
    state = models.CharField(max_length=10, choices=InquiryState.choices, default=InquiryState.ASKED)
    asked_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    urged_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    urged_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    answered_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization", "measure"], condition=~Q(state="answered"),
                name="evaluations_inquiry_one_waits",
                violation_error_message=_("已经问过，还在等答复。"),
            ),
            models.CheckConstraint(
                condition=Q(urged_at__isnull=True) | Q(urged_at__gt=F("asked_at")),
                name="evaluations_inquiry_urged_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(answer="") | ~Q(state="answered"),
                name="evaluations_inquiry_answer_has_words",
                violation_error_message=_("请写一句答复。"),
            ),
        ]
        indexes = [models.Index(fields=["organization", "measure"], name="evaluations_inquiry_org")]

    def __str__(self):
        return str(self.organization)  # what was asked stands in the history's note

    def get_absolute_url(self):
        return reverse("inquiry_detail", args=[self.pk])

    def may_be_urged(self, *, at):
        """Whether it has waited so long that a 督促 may follow."""
        return self.state == InquiryState.ASKED and at >= self.asked_at + URGE_AFTER

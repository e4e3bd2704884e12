"""Busy periods of a unit's main work (年底, 审计 …), in which campaign duties should not pile up."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units import scope


class BusyPeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.scope_paths(), "organization__"))

    def of(self, organization):
        """Those marked by the organisation itself or by a level above it: a unit's busy time is its branches' too."""
        ends = range(scope.STEP, len(organization.path) + 1, scope.STEP)
        return self.filter(organization__path__in=[organization.path[:end] for end in ends])

    def between(self, first, last):
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class BusyPeriod(models.Model):
    """From a day to a day (both included); `title` says what keeps the organisation busy."""

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="busy_periods")
    title = models.CharField(_("忙什么"), max_length=20)
    starts_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天止"))
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = BusyPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_busyperiod_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["organization", "title", "starts_on"],
                name="campaign_busyperiod_once",
                violation_error_message=_("这段忙期已经标过。"),
            ),
        ]

    def __str__(self):
        return self.title

    def covers(self, day):
        return self.starts_on <= day <= self.ends_on

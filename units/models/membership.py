"""Which organisation a member belonged to on which days: a fact with two times."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, SpanQuerySet


class Membership(Fact):
    """A member's organisation from `starts_on` to `ends_on`."""

    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="units_membership_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True),
                name="units_membership_one_open",
                violation_error_message=_("一名党员同时只能在一个党组织。"),
            ),
        ]
        indexes = [  # members are counted, and found, by the first two alone; the others find the few that need a look
            models.Index(
                fields=["organization", "starts_on", "recorded_at", "ends_on", "superseded_at"], name="units_membership_open",
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True),
            ),
            models.Index(
                fields=["member", "organization", "starts_on", "recorded_at", "ends_on", "superseded_at"],
                name="units_membership_open_of", condition=Q(superseded_at__isnull=True, ends_on__isnull=True),
            ),
            models.Index(fields=["ends_on"], name="units_membership_ended", condition=Q(ends_on__isnull=False)),
            models.Index(
                fields=["superseded_at"], name="units_membership_superseded", condition=Q(superseded_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.member_id} → {self.organization_id}"

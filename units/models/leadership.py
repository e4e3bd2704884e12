"""The leading group with its office (领导小组), and which leader is in charge of which organisation (分工), with dates."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, SpanQuerySet
from units.enums import SINGLE_LEADERSHIP_ROLES, LeadershipRole


class LeadershipPost(Fact):
    """`name` has `role` in the leading group of `organization`, or in its office, from `starts_on` to `ends_on`."""

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="leadership_posts")
    role = models.CharField(_("组内职务"), max_length=16, choices=LeadershipRole.choices)
    name = models.CharField(_("姓名"), max_length=30)
    duty = models.CharField(_("行政或党内职务"), max_length=60, blank=True)
    starts_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天止"), null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="units_leadershippost_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["organization", "role"],
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True, role__in=sorted(SINGLE_LEADERSHIP_ROLES)),
                name="units_leadershippost_one_head",
                violation_error_message=_("组长和办公室主任同时只能各有一人，请先写原来那位到哪天止。"),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.get_role_display()}"


class Charge(Fact):
    """`leader` is in charge of `organization` from `starts_on` to `ends_on`, and owes it a review in each half-year."""

    leader = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="charges")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="charges")
    starts_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天止"), null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="units_charge_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True),
                name="units_charge_one_leader",
                violation_error_message=_("一个单位同时只由一位领导联系。"),
            ),
        ]
        indexes = [models.Index(fields=["leader", "starts_on"], name="units_charge_leader")]

    def __str__(self):
        return f"{self.leader_id} → {self.organization_id}"

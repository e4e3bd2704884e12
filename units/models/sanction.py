"""Sanctions of members (处分), each with the days on which it counts: facts with two times."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from units import scope
from units.enums import Role, SanctionKind

READS_SANCTIONS = {Role.SECRETARY, Role.COMMITTEE, Role.OFFICE}


class SanctionQuerySet(FactQuerySet):
    def visible_to(self, user):
        """The member, and those who act for the branch or above it; leaders and inspectors do not read them."""
        paths = [grant.organization.path for grant in user.current_grants if grant.role in READS_SANCTIONS]
        return self.filter(scope.within_any(paths, "member__organization__") | Q(member=user.member_id or 0))

    def in_force(self, *, on):
        """Those that count on the day: decided by then, and not yet over."""
        return self.standing().filter(happened_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Sanction(Fact):
    """`member` was punished on `happened_on`; the sanction counts until `ends_on` (no day: without end)."""

    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("处分种类"), max_length=16, choices=SanctionKind.choices)
    happened_on = models.DateField(_("决定日期"))
    ends_on = models.DateField(_("影响期到"), null=True, blank=True)
    document = models.CharField(_("文号"), max_length=60)

    objects = SanctionQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("happened_on")),
                name="units_sanction_ends_after_it_starts",
                violation_error_message=_("影响期不能在决定以前结束。"),
            ),
            models.UniqueConstraint(
                fields=["member", "document"], condition=Q(superseded_at__isnull=True), name="units_sanction_once",
                violation_error_message=_("这个文号的处分已经登记过。"),
            ),
        ]

    def __str__(self):
        return str(self.get_kind_display())

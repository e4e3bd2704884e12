"""Role grants: who may do what, over which subtree, from when to when."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units import scope
from units.enums import ADMINISTRATORS, DELEGABLE, Role


class RoleGrantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All grants for the security administrator; for everybody else one's own, and delegations that one has given or that
        lie below the committee or office."""
        if user.has_role(Role.SECURITY):
            return self.all()
        acting = [g.organization.path for g in user.current_grants if g.role in {Role.COMMITTEE, Role.OFFICE}]
        below = Q(granted_by=user) | scope.within_any(acting, "organization__")
        return self.filter(Q(user=user) | Q(delegated_from__isnull=False) & below)

    def delegated(self):
        return self.filter(delegated_from__isnull=False)

    def in_force(self, *, on):
        """Those that count on a day; a delegated one only as long as the grant behind it does."""
        return self.not_over(on=on).filter(starts_on__lte=on)

    def not_over(self, *, on):
        """Those in force, and those whose first day is still to come."""
        behind = Q(delegated_from__revoked_at__isnull=True, delegated_from__user__is_active=True) & (
            Q(delegated_from__ends_on__isnull=True) | Q(delegated_from__ends_on__gte=on)
        )
        return self.filter(revoked_at__isnull=True).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).filter(
            Q(delegated_from__isnull=True) | behind
        )


class RoleGrant(models.Model):
    """`user` acts as `role` over the subtree of `organization`; the three administrators have no scope in it."""

    user = models.ForeignKey("units.User", on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("角色"), max_length=12, choices=Role.choices)
    organization = models.ForeignKey(
        "units.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("范围")
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    granted_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # The delegator's own grant, in whose place this one acts for some days, and why.
    delegated_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="delegated")
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(ADMINISTRATORS), organization__isnull=True)
                | (~Q(role__in=sorted(ADMINISTRATORS)) & Q(organization__isnull=False)),
                name="units_rolegrant_scope_fits_role",
                violation_error_message=_("业务角色要有范围，三员不设范围。"),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=sorted(ADMINISTRATORS), revoked_at__isnull=True),
                name="units_rolegrant_administrators_disjoint",
                violation_error_message=_("系统管理员、安全管理员、审计员必须由不同的账号担任。"),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organization"],
                condition=Q(revoked_at__isnull=True),
                name="units_rolegrant_once",
                violation_error_message=_("这个账号已经有这个角色。"),
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")),
                name="units_rolegrant_not_to_oneself",
                violation_error_message=_("不能给自己授权。"),
            ),
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True)
                | Q(role__in=sorted(DELEGABLE), ends_on__isnull=False, granted_by__isnull=False),
                name="units_rolegrant_delegated_for_a_time",
                violation_error_message=_("委托的是书记、党委或办公室的角色，并且有结束日期。"),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.role}"

    def covers(self, organization):
        """Whether `organization` lies in the scope."""
        return self.organization is not None and self.organization.contains(organization)

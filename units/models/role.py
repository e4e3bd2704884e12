"""Role grants: who may do what, over which subtree, from when to when."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.enums import ADMINISTRATORS, Role


class RoleGrantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All grants for the security administrator, one's own for everybody else."""
        return self.all() if user.has_role(Role.SECURITY) else self.filter(user=user)

    def in_force(self, *, on):
        return self.filter(revoked_at__isnull=True, starts_on__lte=on).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on)
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
        ]

    def __str__(self):
        return f"{self.user_id} {self.role}"

    def covers(self, organization):
        """Whether `organization` lies in the scope."""
        return self.organization is not None and self.organization.contains(organization)

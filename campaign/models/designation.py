"""党员先锋岗 and 党员示范窗口: applied for, endorsed by the branch, awarded with a plaque, looked at again each year."""
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import DesignationKind, DesignationState
from units import scope


class DesignationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.scope_paths(), "organization__"))

    def awarded(self):
        return self.filter(state=DesignationState.AWARDED)

    def looked_at_by(self, day):
        """Awarded ones that nobody has looked at since `day`."""
        return self.awarded().alias(seen_on=Coalesce("looked_on", "awarded_on")).filter(seen_on__lte=day)

    def newest_first(self):
        return self.order_by("-moved_at", "-pk")


class Designation(models.Model):
    """One post or window. `holder` is the member of a post; a window belongs to all who work there."""

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="designations")
    kind = models.CharField(_("申报什么"), max_length=8, choices=DesignationKind.choices)
    title = models.CharField(_("岗位或窗口"), max_length=40)
    holder = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="designations", verbose_name=_("党员")
    )
    text = models.CharField(_("凭什么，做到什么"), max_length=300)
    state = models.CharField(max_length=10, choices=DesignationState.choices, default=DesignationState.APPLIED)
    moved_at = models.DateTimeField()
    applied_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    plaque = models.CharField(_("牌号"), max_length=20, blank=True)
    awarded_on = models.DateField(null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plaque"], condition=~Q(plaque=""), name="campaign_designation_one_plaque",
                violation_error_message=_("这个牌号已经用过。"),
            ),
            models.CheckConstraint(
                condition=Q(plaque="", awarded_on__isnull=True) | (~Q(plaque="") & Q(awarded_on__isnull=False)),
                name="campaign_designation_plaque_when_awarded",
                violation_error_message=_("授牌时要写牌号。"),
            ),
            models.CheckConstraint(
                condition=Q(kind=DesignationKind.POST, holder__isnull=False)
                | Q(kind=DesignationKind.WINDOW, holder__isnull=True),
                name="campaign_designation_post_has_holder",
                violation_error_message=_("先锋岗要写明是哪位党员。"),
            ),
        ]
        indexes = [models.Index(fields=["state", "organization"], name="campaign_designation_state")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("designation_detail", args=[self.pk])

    @property
    def is_awarded(self):
        return self.state == DesignationState.AWARDED

"""Role models (典型): whom others can learn from, with their story, what can be copied, and their consent."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import RELEASE_EDITABLE, ReleaseState
from campaign.models.release import Release

UNSEEN = sorted({*RELEASE_EDITABLE, ReleaseState.WITHDRAWN})


class RoleModel(Release):
    """A member, or the organisation itself (`member` null)."""

    member = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="role_models", verbose_name=_("谁")
    )
    story = models.TextField(_("事迹"), max_length=2000)
    lesson = models.CharField(_("别人可以学什么"), max_length=300)
    honours = models.CharField(_("获得的荣誉"), max_length=200, blank=True)
    consent_on = models.DateField(_("本人同意展示的日期"), null=True, blank=True)

    class Meta(Release.Meta):
        constraints = [
            *Release.Meta.constraints,
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(consent_on__isnull=False) | Q(state__in=UNSEEN),
                name="campaign_rolemodel_consent", violation_error_message=_("展示个人事迹，要先有本人同意。"),
            ),
        ]

    def get_absolute_url(self):
        return reverse("role_model_detail", args=[self.pk])

    @property
    def who(self):
        return self.member or self.organization

    @property
    def shows_somebody(self):
        return self.member_id is not None

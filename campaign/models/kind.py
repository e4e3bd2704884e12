"""Kinds of activity as data, each with the few things that are asked beside what every activity says."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import FieldShape


class ActivityKindQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Kinds are the same words for everybody who signs in."""
        return self if user.is_active else self.none()

    def offered(self, present=None):
        """Kinds to choose from; `present` is the key of one that a record already has, retired or not."""
        return self.filter(Q(retired_at__isnull=True) | Q(pk=present)).in_order()

    def in_order(self):
        return self.order_by("position", "pk")


class ActivityKind(models.Model):
    """A kind of activity (主题党日, 党课 …). A retired one is offered no more; what was recorded keeps it."""

    code = models.SlugField(max_length=20, unique=True)
    title = models.CharField(
        _("类型"), max_length=20, error_messages={"required": _("请写类型的名称。"), "max_length": _("最多 20 字。")}
    )
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ActivityKindQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title"], condition=Q(retired_at__isnull=True), name="campaign_activitykind_one_title",
                violation_error_message=_("已经有这个名称的类型。"),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activity_kind", args=[self.pk])


class KindField(models.Model):
    """One thing that is asked for a kind of activity; `code` is its key in Activity.extras and never changes."""

    kind = models.ForeignKey(ActivityKind, on_delete=models.CASCADE, related_name="fields")
    code = models.SlugField(max_length=20)
    label = models.CharField(_("要填什么"), max_length=20)
    shape = models.CharField(_("怎么填"), max_length=6, choices=FieldShape.choices, default=FieldShape.TEXT)
    is_required = models.BooleanField(_("必须填"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="campaign_kindfield_one_code"),
            models.UniqueConstraint(
                fields=["kind", "label"], condition=Q(retired_at__isnull=True), name="campaign_kindfield_one_label",
                violation_error_message=_("这种类型已经有这一项。"),
            ),
        ]

    def __str__(self):
        return self.label

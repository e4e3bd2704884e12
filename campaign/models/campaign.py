"""The campaign frame: requirement, aims, theme, steps, dated phases, milestones and the categories' own themes."""
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import CampaignState
from units import scope
from units.enums import Category


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Campaigns of a root that the user's scope lies in (everybody below it takes part)."""
        roots = {path[: scope.STEP] for path in user.scope_paths()}
        return self.filter(organization__path__in=roots)

    def open(self):
        return self.filter(state=CampaignState.OPEN)

    def newest_first(self):
        return self.order_by("-starts_on", "-pk")


class Campaign(models.Model):
    """One campaign of one root organisation."""

    code = models.SlugField(_("代号"), max_length=30, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="campaigns")
    requirement = models.TextField(_("总体要求"))
    theme = models.CharField(_("主题"), max_length=100)
    vehicle = models.CharField(_("载体"), max_length=100)
    thread = models.CharField(_("贯穿全程"), max_length=200, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    # Working days in which a review is answered; 0 asks for no answer.
    reply_days = models.PositiveSmallIntegerField(_("点评在几个工作日内回复"), default=5)
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    moved_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("接着哪个活动")
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_campaign_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(state="open"),
                name="campaign_campaign_one_open",
                violation_error_message=_("同时只能有一个进行中的活动。"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("timeline") + f"?campaign={self.code}"

    def covers(self, day):
        return self.starts_on <= day <= self.ends_on

    @cached_property
    def dated_permissions(self):
        """Its PhasePermission rows with their step and phase; one query for each loaded campaign."""
        return list(self.phase_permissions.select_related("step", "phase").order_by("pk"))


class Aim(models.Model):
    """One of the four aims (四句话目标)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="aims")
    title = models.CharField(_("目标"), max_length=40)
    text = models.CharField(_("说明"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self):
        return self.title


class Step(models.Model):
    """One of the four steps (动员部署 → 全面争创 → 点评评议 → 评选表彰); steps overlap in time."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="steps")
    code = models.SlugField(max_length=20)
    title = models.CharField(_("步骤"), max_length=40)
    text = models.TextField(_("要求"), blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaign_step_code"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_step_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]

    def __str__(self):
        return self.title


class Phase(models.Model):
    """A dated phase of a step, with its theme."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(_("主题"), max_length=60)
    text = models.TextField(_("要求"), blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_phase_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]

    def __str__(self):
        return self.title

    def covers(self, day):
        return self.starts_on <= day <= self.ends_on


class CategoryTheme(models.Model):
    """What one category of organisations makes of the campaign (分类开展)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="category_themes")
    category = models.CharField(_("单位类别"), max_length=20, choices=Category.choices)
    theme = models.CharField(_("主题"), max_length=100)
    text = models.TextField(_("说明"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "category"],
                name="campaign_categorytheme_once",
                violation_error_message=_("这一类已经有主题。"),
            )
        ]

    def __str__(self):
        return self.theme


class Milestone(models.Model):
    """A day that the campaign works towards."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("节点"), max_length=60)
    on = models.DateField(_("日期"))
    text = models.CharField(_("说明"), max_length=200, blank=True)

    def __str__(self):
        return self.title

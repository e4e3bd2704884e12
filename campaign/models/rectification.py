"""Rectification: problems found, who puts them right by when, and who verified it."""
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import RECTIFICATION_ENDED, RectificationSource, RectificationState
from config.kit.facts import Fact, FactQuerySet
from units import scope


class RectificationQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        return self.filter(scope.within_any(user.reading_paths(), "organization__") | Q(owner=user.member_id or 0))

    def within(self, organization):
        return self.filter(scope.within(organization.path, "organization__"))

    def unfinished(self):
        """Neither verified nor called off, and not carried on to a later campaign."""
        carried = Exists(Rectification.objects.filter(carried_from=OuterRef("pk")))
        return self.exclude(state__in=RECTIFICATION_ENDED).exclude(carried)

    def counted(self):
        """Those that count as due or done: one that was raised for nothing does not."""
        return self.exclude(state=RectificationState.CALLED_OFF)

    def late(self, *, on):
        return self.unfinished().filter(due_on__lt=on)


class Rectification(models.Model):
    """One item. Who found it stands in the upper app's own table (a review's problem points here)."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="rectifications")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="rectifications")
    owner = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="owned_rectifications",
        verbose_name=_("责任人"),
    )
    source = models.CharField(_("来源"), max_length=12, choices=RectificationSource.choices)
    broken = models.ForeignKey(
        "campaign.Commitment", on_delete=models.PROTECT, null=True, blank=True, related_name="demanded",
        verbose_name=_("没有兑现的承诺"),
    )
    problem = models.CharField(_("问题"), max_length=200)
    due_on = models.DateField(_("整改期限"))
    opened_on = models.DateField(_("提出日期"))
    recorded_at = models.DateTimeField()
    verifier = models.ForeignKey(
        "units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("验收人")
    )
    state = models.CharField(max_length=10, choices=RectificationState.choices, default=RectificationState.OPEN)
    moved_at = models.DateTimeField()
    measures = models.CharField(_("整改情况"), max_length=300, blank=True)
    reported_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    times_reopened = models.PositiveSmallIntegerField(default=0)
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name=_("结转自")
    )
    carried_on = models.DateField(_("结转日期"), null=True, blank=True)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True, carried_on__isnull=True)
                | Q(carried_from__isnull=False, carried_on__isnull=False),
                name="campaign_rectification_carried_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["organization", "due_on"], name="campaign_rectification_due")]

    def __str__(self):
        return self.problem

    def get_absolute_url(self):
        return reverse("rectification_detail", args=[self.pk])

    @property
    def successor(self):
        """The row of a later campaign that this one goes on in, or None."""
        return getattr(self, "carried_to", None)


class RectificationClosing(Fact):
    """An item was verified as done (销号) on a day; superseded when it is opened again."""

    rectification = models.ForeignKey(Rectification, on_delete=models.CASCADE, related_name="closings")
    happened_on = models.DateField(_("验收日期"))
    note = models.CharField(_("验收意见"), max_length=200, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["rectification"],
                condition=Q(superseded_at__isnull=True),
                name="campaign_rectificationclosing_once",
                violation_error_message=_("这一项已经销号。"),
            ),
        ]

    def __str__(self):
        return f"{self.rectification_id} {self.happened_on}"

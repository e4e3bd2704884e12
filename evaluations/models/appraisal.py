"""Appraisals (群众评议): counts of four grades by item and audience; typed in by one person, confirmed by another."""
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from evaluations.enums import AppraisalItem, AppraisalSheet, Audience
from units import scope


class AppraisalQuerySet(FactQuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.reading_paths(), "organization__"))

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def newest_first(self):
        return self.order_by("-happened_on", "-pk")


class Appraisal(Fact):
    """One version of one appraisal held in an organisation. It counts in scores once `confirmed_at`: by a person other
    than the one who typed it in, or by the count of the `poll` it comes from, which nobody typed."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="appraisals")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="appraisals")
    title = models.CharField(_("名称"), max_length=60)
    sheet = models.CharField(_("评议表"), max_length=12, choices=AppraisalSheet.choices)
    happened_on = models.DateField(_("评议日期"))
    poll = models.OneToOneField(
        "evaluations.Poll", on_delete=models.PROTECT, null=True, blank=True, related_name="appraisal", verbose_name=_("测评")
    )
    confirmed_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="evaluations_appraisal_confirmed_by_another",
                violation_error_message=_("录入和核对要由两个人完成。"),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, poll__isnull=True)
                | Q(confirmed_by__isnull=True, confirmed_at__isnull=False, poll__isnull=False),
                name="evaluations_appraisal_confirmation_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "happened_on"], name="evaluations_appraisal_org_day"),
            models.Index(  # what waits for a second person is asked for on every page
                fields=["organization"], name="evaluations_appraisal_waiting",
                condition=Q(superseded_at__isnull=True, confirmed_at__isnull=True),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("appraisal_detail", args=[self.lineage])


class AppraisalTurnout(models.Model):
    """How many sheets went out to one audience and how many came back."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="turnouts")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    issued = models.PositiveIntegerField(_("发出"))
    returned = models.PositiveIntegerField(_("收回"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "audience"], name="evaluations_appraisalturnout_once"),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")),
                name="evaluations_appraisalturnout_returned_within_issued",
                violation_error_message=_("收回的份数不能多于发出的份数。"),
            ),
        ]

    def __str__(self):
        return f"{self.audience} {self.returned}/{self.issued}"


class AppraisalCount(models.Model):
    """Answers of one audience to one item about the organisation (`member` null) or one member."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="counts")
    member = models.ForeignKey("units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.CharField(max_length=20, choices=AppraisalItem.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    satisfied = models.PositiveIntegerField(_("满意"), default=0)
    fairly = models.PositiveIntegerField(_("比较满意"), default=0)
    basically = models.PositiveIntegerField(_("基本满意"), default=0)
    dissatisfied = models.PositiveIntegerField(_("不满意"), default=0)
    unknown = models.PositiveIntegerField(_("不了解"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "member", "item", "audience"], name="evaluations_appraisalcount_once_per_member"
            ),
            models.UniqueConstraint(
                fields=["appraisal", "item", "audience"],
                condition=Q(member__isnull=True),
                name="evaluations_appraisalcount_once",
            ),
        ]
        indexes = [models.Index(fields=["member", "appraisal"], name="evaluations_appcount_member")]

    def __str__(self):
        return f"{self.item} {self.audience}"


class SecondTyping(models.Model):
    """The counts of a version as a second person typed them from the same paper, without seeing the first one's.

    `numbers` is {place: number} (domain/second_typing.py), `members` the keys of those typed so far, 0 the organisation.
    """

    appraisal = models.OneToOneField(Appraisal, on_delete=models.CASCADE, related_name="second_typing")
    typed_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()
    numbers = models.JSONField(default=dict)
    members = models.JSONField(default=list)

    def __str__(self):
        return f"{self.appraisal} {self.typed_by}"


class LowItem(models.Model):
    """An item below 80 % and the rectification that it raised; once for all versions of an appraisal."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="low_items")
    lineage = models.UUIDField()
    item = models.CharField(max_length=20, choices=AppraisalItem.choices)
    rectification = models.OneToOneField("campaign.Rectification", on_delete=models.CASCADE, related_name="low_item")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lineage", "item"], name="evaluations_lowitem_once")]

    def __str__(self):
        return self.get_item_display()

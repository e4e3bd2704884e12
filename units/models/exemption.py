"""From when to when a member need not take part, and why: a fact with two times."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact
from units.enums import ExemptionKind
from units.models.membership import SpanQuerySet


class Exemption(Fact):
    """`member` need not take part from `starts_on` to `ends_on` (both included; no end: still)."""

    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="exemptions")
    kind = models.CharField(_("原因"), max_length=10, choices=ExemptionKind.choices)
    note = models.CharField(_("说明"), max_length=30, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="units_exemption_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True),
                name="units_exemption_one_open",
                violation_error_message=_("这名党员已经登记为可不参加。"),
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(note=""),
                name="units_exemption_other_has_note",
                violation_error_message=_("选“其他”的要写明原因。"),
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def words(self):
        """The reason as lists show it."""
        return self.note if self.kind == ExemptionKind.OTHER else str(self.get_kind_display())

"""What the branch meeting decided about a probationary member: a fact with two times."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from units.enums import ProbationOutcome


class ProbationDecision(Fact):
    """`outcome` of the meeting of `happened_on`; `until` is the day to which the probation was extended, if it was."""

    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="probation_decisions")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("决定"), max_length=10, choices=ProbationOutcome.choices)
    happened_on = models.DateField(_("支部党员大会日期"))
    until = models.DateField(_("预备期延长到"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "outcome"],
                condition=Q(superseded_at__isnull=True),
                name="units_probationdecision_once",
                violation_error_message=_("这个决定已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome="full") | ~Q(reason=""),
                name="units_probationdecision_has_reason",
                violation_error_message=_("延长或取消要写明原因。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome="extended", until__isnull=False) | (~Q(outcome="extended") & Q(until__isnull=True)),
                name="units_probationdecision_until",
                violation_error_message=_("延长预备期要写到哪一天。"),
            ),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()} {self.member_id}"

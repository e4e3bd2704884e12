"""Award decisions: the list, frozen as canonical JSON with its SHA-256; a change is a new version with a reason."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet


class AwardDecision(Fact):
    """One version of the decision of one round. `content` holds the lists, the run and the rules' digest."""

    round = models.ForeignKey("evaluations.AwardRound", on_delete=models.PROTECT, related_name="decisions")
    document_number = models.CharField(_("文号"), max_length=40)
    happened_on = models.DateField(_("成文日期"))
    signer = models.CharField(_("发文机关"), max_length=60)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    decided_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(superseded_at__isnull=True),
                name="evaluations_awarddecision_one_per_round",
                violation_error_message=_("这一批已经有决定。"),
            ),
        ]

    def __str__(self):
        return self.document_number

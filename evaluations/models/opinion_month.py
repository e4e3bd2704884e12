"""The published summary of the opinion box: one month, or several joined until there are enough of them."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OpinionMonthQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-first_on", "-pk")


class OpinionMonth(models.Model):
    """What was published of `first_on` to `last_on`, both of whole months; frozen.

    `total` is the number of opinions; `kinds` and `states` are [[word, number or null for hidden]] in the order shown.
    `changed` holds the office's sentences about what became of them, one a line.
    """

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="opinion_months")
    first_on = models.DateField()
    last_on = models.DateField()
    total = models.PositiveIntegerField()
    kinds = models.JSONField(default=list)
    states = models.JSONField(default=list)
    changed = models.CharField(_("改了什么"), max_length=600, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")

    objects = OpinionMonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "first_on"], name="evaluations_opinionmonth_once",
                violation_error_message=_("这个月的已经公布。"),
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="evaluations_opinionmonth_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(total__gte=5), name="evaluations_opinionmonth_from_five_up"),
        ]

    def __str__(self):
        return f"{self.first_on:%Y-%m}"

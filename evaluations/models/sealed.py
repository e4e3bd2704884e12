"""What polls and questionnaires have in common: an organisation asks, answers come in sealed to one key, and results are
released once. What is asked, of whom, and the moves of the state are each one's own (docs/decisions/0008)."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units import scope

SMALLEST_GROUP = 5


class SealedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.reading_paths(), "organization__"))

    def newest_first(self):
        return self.order_by("-made_at", "-pk")


class Sealed(models.Model):
    """The public key seals answers; the private one lies outside the database. `envelope_size` is the length in bytes to which
    everything of one of them is padded, `smallest_group` how many answers a published cell holds at least.

    A subclass has `organization` and a `state` with draft and void, the only two without a key.
    """

    title = models.CharField(_("名称"), max_length=60)
    smallest_group = models.PositiveSmallIntegerField(_("不足几份不公布"), default=SMALLEST_GROUP)
    public_key = models.BinaryField(null=True, editable=False)
    envelope_size = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(smallest_group__gte=SMALLEST_GROUP),
                name="%(app_label)s_%(class)s_smallest_group",
                violation_error_message=_("公布结果的最小份数不能少于 5 份。"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void"]) | Q(public_key__isnull=False),
                name="%(app_label)s_%(class)s_sealed_once_open",
            ),
        ]

    def __str__(self):
        return self.title

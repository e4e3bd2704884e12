"""Facts have two times (3-scoring): when something was true, and when the system knew it.

A submitted fact is never edited in place. All versions of one fact share a `lineage`; the database allows at most one
standing version of it. `happened_on` is declared by each model under its own name where the domain has one.
"""
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal


class FactSuperseded(Refusal):
    """Somebody corrected or withdrew this version first."""


class FactQuerySet(models.QuerySet):
    """Reads that every two-time fact shares."""

    def standing(self):
        """Versions that count now."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, moment):
        """Versions that counted at `moment` as the system then knew."""
        return self.filter(recorded_at__lte=moment).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        )


class SpanQuerySet(FactQuerySet):
    """Facts that hold from a day to a day (both included; no end: still)."""

    def on(self, day):
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Fact(models.Model):
    """Abstract version of a fact: lineage, both ends of its recorded time, what it corrects and why."""

    lineage = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    recorded_at = models.DateTimeField(_("记入时间"))
    superseded_at = models.DateTimeField(_("被更正时间"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    change_reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["lineage"],
                condition=Q(superseded_at__isnull=True),
                name="%(app_label)s_%(class)s_one_standing",
                violation_error_message=_("这条记录已经被别人更正，请看最新的一版。"),
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=models.F("recorded_at")),
                name="%(app_label)s_%(class)s_superseded_after_recorded",
                violation_error_message=_("更正时间不能早于记入时间。"),
            ),
        ]

    @property
    def stands(self):
        return self.superseded_at is None


def supersede(fact, *, at, replacement=None):
    """Close `fact` at `at`; with `replacement` (unsaved), save that as the next version of the same lineage.

    The caller is inside a transaction. Raises FactSuperseded when another version came first.
    """
    closed = type(fact).objects.filter(pk=fact.pk, superseded_at__isnull=True).update(superseded_at=at)
    if not closed:
        raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
    fact.superseded_at = at
    if replacement is not None:
        replacement.lineage = fact.lineage
        replacement.supersedes = fact
        replacement.recorded_at = at
        replacement.save()
    return replacement


def supersede_all(model, pairs, *, at):
    """`supersede` for many: `pairs` of (fact, replacement or None) of one model, in bulk.

    Returns the saved replacements. Raises FactSuperseded when another version of any of them came first.
    """
    keys = [fact.pk for fact, _replacement in pairs]
    standing = model.objects.filter(superseded_at__isnull=True)
    chunks = [keys[start : start + 5_000] for start in range(0, len(keys), 5_000)]
    closed = sum(standing.filter(pk__in=chunk).update(superseded_at=at) for chunk in chunks)
    if closed != len(keys):
        raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))
    replacements = []
    for fact, replacement in pairs:
        fact.superseded_at = at
        if replacement is not None:
            replacement.lineage, replacement.supersedes, replacement.recorded_at = fact.lineage, fact, at
            replacements.append(replacement)
    return model.objects.bulk_create(replacements, batch_size=500)

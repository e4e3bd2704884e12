"""A campaign that follows another starts with its rules: each becomes the first version of the new campaign's own."""
import uuid

from django.db import transaction
from django.db.models import Q

from campaign.models import Criterion
from evaluations.models import Band, Gate, Indicator, SheetItem

RULES = (Criterion, Indicator, SheetItem, Gate, Band)
FRESH = {"id", "lineage", "recorded_at", "recorded_by", "superseded_at", "supersedes", "change_reason", "campaign"}


@transaction.atomic
def inherit_rules(campaign, earlier, *, by, at):
    """Copy the standing rules of `earlier` into `campaign`, units' refinements included (not those of dissolved ones).

    Returns the number of rows written.
    """
    written = 0
    for model in RULES:
        standing = model.objects.standing().filter(campaign=earlier).order_by("pk")
        if model is Indicator:
            standing = standing.filter(Q(organization__isnull=True) | Q(organization__dissolved_on__isnull=True))
        names = [field.attname for field in model._meta.concrete_fields if field.name not in FRESH]
        rows = [
            model(
                campaign=campaign, lineage=uuid.uuid4(), recorded_at=at, recorded_by=by,
                **dict(zip(names, values, strict=True)),
            )
            for values in standing.values_list(*names)
        ]
        written += len(model.objects.bulk_create(rows, batch_size=500))
    return written

"""Kinds of activity and their extra fields: added, renamed, retired. Nothing is deleted, for records name them."""
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from campaign.models import ActivityKind, KindField
from config.kit.refusal import Refusal
from units.domain.history import record

MOST_FIELDS = 6  # a kind that asks for more is a form, and forms are what nobody wants to fill


class KindTaken(Refusal):
    """Another kind that is offered has this name."""

    field = "title"


class FieldTaken(Refusal):
    """The kind asks for this already."""

    field = "label"


class TooManyFields(Refusal):
    """A kind asks for a few things only."""


class LastKind(Refusal):
    """One kind has to stay."""


@transaction.atomic
def add_kind(title, *, by, at):
    """A new kind at the end of the list. Raises KindTaken."""
    kind = ActivityKind(code=_free("kind", ActivityKind.objects), title=title, position=_next(ActivityKind.objects))
    _save(kind, KindTaken, _("已经有这个名称的类型。"))
    record(kind, "add", by=by, at=at, detail={"title": title})
    return kind


@transaction.atomic
def rename_kind(kind, title, *, by, at):
    """Another name for the same kind, on old records too. Raises KindTaken."""
    before, kind.title = kind.title, title
    _save(kind, KindTaken, _("已经有这个名称的类型。"))
    record(kind, "rename", by=by, at=at, detail={"from": before, "to": title})


@transaction.atomic
def retire_kind(kind, *, by, at):
    """Offer it no more. Raises LastKind."""
    if not ActivityKind.objects.filter(retired_at__isnull=True).exclude(pk=kind.pk).exists():
        raise LastKind(_("至少要留一种类型。"))
    if ActivityKind.objects.filter(pk=kind.pk, retired_at__isnull=True).update(retired_at=at):
        record(kind, "retire", by=by, at=at)


@transaction.atomic
def restore_kind(kind, *, by, at):
    """Offer it again. Raises KindTaken."""
    kind.retired_at = None
    _save(kind, KindTaken, _("已经有这个名称的类型。"))
    record(kind, "restore", by=by, at=at)


@transaction.atomic
def add_field(kind, *, label, shape, is_required, by, at):
    """Ask for one more thing; records that exist stay as they are. Raises FieldTaken, TooManyFields."""
    if kind.fields.filter(retired_at__isnull=True).count() >= MOST_FIELDS:
        raise TooManyFields(_("一种类型最多另填 %(most)s 项，请先停用一项。") % {"most": MOST_FIELDS})
    field = KindField(
        kind=kind, code=_free("field", kind.fields), label=label, shape=shape, is_required=is_required,
        position=_next(kind.fields),
    )
    _save(field, FieldTaken, _("这种类型已经有这一项。"))
    record(kind, "ask_more", by=by, at=at, detail={"label": label})
    return field


@transaction.atomic
def retire_field(field, *, by, at):
    """Ask for it no more; what was filled in stays readable."""
    if KindField.objects.filter(pk=field.pk, retired_at__isnull=True).update(retired_at=at):
        record(field.kind, "ask_no_more", by=by, at=at, detail={"label": field.label})


def _free(word, rows):
    """A code that no row has."""
    taken = set(rows.values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{word}_{number}") not in taken)


def _next(rows):
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _save(row, refusal, words):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as reason:
        raise refusal(words) from reason

"""The two sets of criteria as versioned rules: every change is a new version with a reason, and weights add up to 100."""
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign, Criterion
from config.kit.facts import supersede
from config.kit.refusal import Refusal
from units.domain.history import record
from units.enums import Category

WHOLE = 100
FIELDS = ("title", "text", "weight")


class WeightsDoNotAddUp(Refusal):
    """The weights of one track add up to something else than 100."""


class ReasonMissing(Refusal):
    """A rule is only changed with one sentence why."""

    field = "reason"


class NothingChanged(Refusal):
    """No row says anything new."""


def effective_criteria(campaign, track, category=""):
    """The standing criteria of a track in order; a category's own version takes the common one's place there."""
    rows = Criterion.objects.standing().of(campaign, track).filter(category__in={"", category}).in_order()
    chosen = {}
    for row in rows:
        if row.code not in chosen or row.category:
            chosen[row.code] = row
    return list(chosen.values())


def criterion_lines(campaign, *, on):
    """What each criterion says, and to which category, as frame_effects asks: {key: (label, words)}; one query."""
    rows = list(Criterion.objects.standing().filter(campaign=campaign).in_order())
    own = {(row.track, row.code, row.category): row for row in rows}
    lines = {}
    for common in (row for row in rows if not row.category):
        said = {category: own.get((common.track, common.code, category), common) for category in Category}
        names = {"name": common.code, "track": common.get_track_display()}
        labels = {
            "title": _("%(track)s的条件 %(name)s") % names, "text": _("%(track)s的条件 %(name)s的内容") % names,
            "weight": _("%(track)s的条件 %(name)s的权重（下次计分起）") % names,
        }
        for field, label in labels.items():
            lines["criterion", common.track, common.code, field] = (label, _for_each(said, field))
    return lines


def _for_each(said, field):
    """The words once where they are the same for every category, else after the name of each."""
    words = {category: str(getattr(row, field)) for category, row in said.items()}
    if len(set(words.values())) == 1:
        return words[next(iter(words))]
    return "；".join(f"{category.label} {value}" for category, value in words.items())


@transaction.atomic
def change_criteria(campaign, track, rows, *, category="", reason, by, at):
    """Give criteria new titles, texts and weights: `rows` is {code: {title, text, weight}} for the whole track.

    With `category` the changed ones become that category's own; the common ones stay for the others. Returns the new
    versions. Raises WeightsDoNotAddUp, ReasonMissing, NothingChanged, FactSuperseded.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    current = effective_criteria(campaign, track, category)
    _check_sum(current, {criterion.code: rows.get(criterion.code) for criterion in current})
    if not category:
        _check_categories(campaign, track, rows)
    changed = [c for c in current if c.code in rows and any(getattr(c, name) != rows[c.code][name] for name in FIELDS)]
    if not changed:
        raise NothingChanged(_("没有改动。"))
    if not reason.strip():
        raise ReasonMissing(_("请写一句为什么改。"))
    return [
        _version(campaign, criterion, rows[criterion.code], category, reason.strip(), by=by, at=at) for criterion in changed
    ]


def _sum(criteria, rows):
    return sum(rows[c.code]["weight"] if rows.get(c.code) else c.weight for c in criteria)


def _check_sum(criteria, rows):
    total = _sum(criteria, rows)
    if total != WHOLE:
        raise WeightsDoNotAddUp(_("权重合计要是 100，现在是 %(total)s。") % {"total": total})


def _check_categories(campaign, track, rows):
    """A category with rows of its own mixes them with the common ones: that sum has to stay 100 too."""
    own = Criterion.objects.standing().of(campaign, track).exclude(category="").values_list("category", flat=True)
    for category in sorted(set(own)):
        mixed = effective_criteria(campaign, track, category)
        total = _sum(mixed, {c.code: rows.get(c.code) for c in mixed if not c.category})
        if total != WHOLE:
            raise WeightsDoNotAddUp(
                _("这样改，%(category)s的权重合计是 %(total)s，请先改这一类自己的版本。")
                % {"category": Category(category).label, "total": total}
            )


def _version(campaign, criterion, row, category, reason, *, by, at):
    newer = Criterion(
        campaign=campaign, track=criterion.track, code=criterion.code, category=category,
        position=criterion.position, recorded_at=at, recorded_by=by, change_reason=reason,
        **{name: row[name] for name in FIELDS},
    )
    if criterion.category == category:
        supersede(criterion, at=at, replacement=newer)
    else:
        newer.save()  # the first version of a category's own wording; the common one stands for the others
    record(
        newer, "correct", by=by, at=at, organization=campaign.organization,
        detail={"reason": reason, "weight": [criterion.weight, newer.weight], "category": category},
    )
    return newer

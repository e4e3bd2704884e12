"""Items of the assessment sheets as versioned rules: revised together, with a reason, and kept while an indicator counts them."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.enums import Track
from campaign.models import Campaign
from config.kit.facts import supersede
from config.kit.numbers import POINT
from config.kit.refusal import Refusal
from evaluations.domain.indicators import NoRuleChanged, RuleReasonMissing
from evaluations.enums import MeasureName
from evaluations.models import Indicator, SheetItem
from units.domain.history import record_many

MOST = 100 * POINT  # sheets are of a hundred points
PREFIX = {Track.ORGANIZATION: "O", Track.MEMBER: "M"}
TEXTS = ("title", "text", "verification", "maximum", "bonus_cap")


class ItemPointsWrong(Refusal):
    """An item's maximum or its bonus that cannot be."""


class ItemTwice(Refusal):
    """Two items of one sheet have the same title."""


class ItemCounted(Refusal):
    """An indicator counts the item that should go."""


@dataclass(frozen=True)
class ItemText:
    """What an item says; points in ten-thousandths. `standing`: the version it takes the place of (None: a new item)."""

    title: str
    maximum: int
    bonus_cap: int = 0
    text: str = ""
    verification: str = ""
    standing: SheetItem | None = None


def standing_items(campaign, track):
    """The sheet of a track in its order."""
    return SheetItem.objects.standing().filter(campaign=campaign, track=track).order_by("position", "pk")


@transaction.atomic
def revise_items(campaign, track, rows, *, reason, by, at):
    """Let the sheet of `track` be `rows` [ItemText]; items not named stand no longer. Returns what changed.

    Marks given already keep the sheet they were given by. Raises ItemPointsWrong, ItemTwice, ItemCounted, NoRuleChanged,
    RuleReasonMissing, FactSuperseded.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    _check(rows)
    current = list(standing_items(campaign, track))
    kept = {row.standing.pk for row in rows if row.standing}
    removed = [item for item in current if item.pk not in kept]
    _must_not_count(campaign, track, removed)
    changed = [row for row in rows if row.standing and any(getattr(row, n) != getattr(row.standing, n) for n in TEXTS)]
    added = [row for row in rows if row.standing is None]
    if not (changed or added or removed):
        raise NoRuleChanged(_("没有改动。"))
    if not reason.strip():
        raise RuleReasonMissing(_("请写一句为什么改。"))
    versions = [(row.standing, _item(row, campaign, track, row.standing.code, row.standing.position)) for row in changed]
    codes, place = _free_codes(campaign, track), max((item.position for item in current), default=-1)
    fresh = [_item(row, campaign, track, next(codes), place + n) for n, row in enumerate(added, start=1)]
    return _store(campaign, versions, fresh, removed, reason.strip(), by=by, at=at)


def _check(rows):
    titles = set()
    for row in rows:
        said = {"title": row.title}
        if not 0 < row.maximum <= MOST:
            raise ItemPointsWrong(_("“%(title)s”的满分应大于 0，不超过 100 分。") % said)
        if row.bonus_cap > row.maximum:
            raise ItemPointsWrong(_("“%(title)s”的加分上限不能超过满分。") % said)
        if row.title in titles:
            raise ItemTwice(_("“%(title)s”写了两次，请改一个名称。") % said)
        titles.add(row.title)


def _must_not_count(campaign, track, removed):
    """An indicator that names an item would count nothing without it."""
    gone = {item.code: item for item in removed}
    counting = Indicator.objects.standing().filter(campaign=campaign, track=track, measure=MeasureName.MARKED)
    for indicator in counting.order_by("position", "pk") if gone else ():
        for code in indicator.parameters.get("items", ()):
            if code in gone:
                said = {"title": gone[code].title, "indicator": indicator.title}
                raise ItemCounted(_("“%(title)s”还在指标“%(indicator)s”里计分，请先修订那项指标。") % said)


def _item(row, campaign, track, code, position):
    return SheetItem(
        campaign=campaign, track=track, code=code, position=position, **{name: getattr(row, name) for name in TEXTS}
    )


def _free_codes(campaign, track):
    """Codes that no version ever had: old marks are told apart from new ones by them."""
    used = set(SheetItem.objects.filter(campaign=campaign).values_list("code", flat=True))
    number = 0
    while True:
        number += 1
        if f"{PREFIX[track]}{number}" not in used:
            yield f"{PREFIX[track]}{number}"


def _store(campaign, versions, fresh, removed, reason, *, by, at):
    """Remove first, then the new versions and the new items, with one history entry each."""
    for item in removed:
        supersede(item, at=at)
    newer = []
    for old, version in versions:
        version.recorded_by, version.change_reason = by, reason
        newer.append(supersede(old, at=at, replacement=version))
    for item in fresh:
        item.recorded_by, item.change_reason, item.recorded_at = by, reason, at
        item.save()
    events = [(item, "revise", {"reason": reason}, campaign.organization) for item in [*newer, *fresh]]
    events += [(item, "remove", {"reason": reason}, campaign.organization) for item in removed]
    record_many(events, by=by, at=at)
    return [*newer, *fresh, *removed]

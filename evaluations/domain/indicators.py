"""Indicators, gates and bands as versioned rules: every change has a reason, and points under one criterion add up to 100."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from config.kit.facts import supersede
from config.kit.numbers import POINT, points_text
from config.kit.refusal import Refusal
from evaluations.domain.measures import measure_of
from evaluations.models import Band, Gate, Indicator
from units.domain.history import record_many
from units.enums import Category

WHOLE = 100
WHOLE_SHARE = 10_000  # a share of 1, as gates count it
TEXTS = ("title", "text", "points", "source", "category", "parameters")


class PointsDoNotAddUp(Refusal):
    """The points under one criterion add up to something else than 100."""


class RuleReasonMissing(Refusal):
    """A rule is only changed with one sentence why."""

    field = "reason"


class NoRuleChanged(Refusal):
    """No row says anything new."""


class WrongLine(Refusal):
    """A gate's minimum or a band's line that cannot be."""


@dataclass(frozen=True)
class IndicatorText:
    """What an indicator says. `standing`: the version it takes the place of (None: a new indicator)."""

    title: str
    points: int
    source: str
    measure: str
    parameters: dict
    text: str = ""
    category: str = ""
    standing: Indicator | None = None


def common_indicators(campaign, track=None, criterion_code=None):
    """The office's standing indicators in their order, of one track and criterion if given."""
    rows = Indicator.objects.standing().filter(campaign=campaign, organization__isnull=True)
    if track:
        rows = rows.filter(track=track)
    if criterion_code:
        rows = rows.filter(criterion_code=criterion_code)
    return rows.order_by("track", "criterion_code", "position", "pk")


def sums_of(rows):
    """{category: points} that `rows` (with points and category) give; "" when no row is of a single category."""
    own = {row.category for row in rows if row.category}
    wanted = Category.values if own else [""]
    return {category: sum(row.points for row in rows if row.category in ("", category)) for category in wanted}


@transaction.atomic
def revise_indicators(campaign, criterion, rows, *, reason, by, at):
    """Let the common indicators under `criterion` be `rows` [IndicatorText]; those not named stand no longer.

    Returns what changed. Raises PointsDoNotAddUp, RuleReasonMissing, NoRuleChanged, InvalidParameters, FactSuperseded.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    _check_sums(criterion, rows)
    current = list(common_indicators(campaign, criterion.track, criterion.code))
    kept = {row.standing.pk for row in rows if row.standing}
    changed, added = [], []
    for row in rows:
        parameters = measure_of(
            row.measure, row.parameters, track=criterion.track, criterion_code=criterion.code
        ).parameters
        if row.standing is None:
            added.append(_new(campaign, criterion, row, parameters, current + added))
        elif says_other(row, parameters):
            changed.append((row.standing, next_version(row, parameters)))
    removed = [indicator for indicator in current if indicator.pk not in kept]
    if not (changed or added or removed):
        raise NoRuleChanged(_("没有改动。"))
    if not reason.strip():
        raise RuleReasonMissing(_("请写一句为什么改。"))
    _end_refinements(campaign, [old for old, new in changed if old.points != new.points] + removed, reason.strip(), by=by, at=at)
    return store_versions(campaign.organization, changed, added, removed, reason.strip(), by=by, at=at)


def _check_sums(criterion, rows):
    for category, total in sums_of(rows).items():
        if total != WHOLE:
            said = {"title": criterion.title, "sum": total}
            if category:
                said["category"] = Category(category).label
                raise PointsDoNotAddUp(
                    _("条件“%(title)s”的指标分值在%(category)s合计 %(sum)s 分，应为 100 分。") % said
                )
            raise PointsDoNotAddUp(_("条件“%(title)s”的指标分值合计 %(sum)s 分，应为 100 分。") % said)


def said_by(row, parameters):
    """{field: value} of what an indicator says."""
    return {name: parameters if name == "parameters" else getattr(row, name) for name in TEXTS}


def says_other(row, parameters):
    """Whether the row says something else than the version it takes the place of."""
    return any(value != getattr(row.standing, name) for name, value in said_by(row, parameters).items())


def next_version(row, parameters):
    """The next version of a standing indicator; code, measure and place stay."""
    kept = ("campaign_id", "track", "criterion_code", "code", "measure", "position", "organization_id", "refines")
    return Indicator(**{name: getattr(row.standing, name) for name in kept}, **said_by(row, parameters))


def _new(campaign, criterion, row, parameters, there):
    """A new indicator behind the others, with a code that no version ever had."""
    used = set(Indicator.objects.filter(campaign=campaign).values_list("code", flat=True)) | {one.code for one in there}
    number = next(n for n in range(1, len(used) + 2) if f"{criterion.code}-{n}" not in used)
    return Indicator(
        campaign=campaign, track=criterion.track, criterion_code=criterion.code, code=f"{criterion.code}-{number}",
        measure=row.measure, position=max((one.position for one in there), default=-1) + 1,
        **said_by(row, parameters),
    )


def _end_refinements(campaign, indicators, reason, *, by, at):
    """What units made of indicators that go or get other points adds up no more: it ends, and their history says why."""
    codes = {indicator.code: indicator for indicator in indicators}
    parts = Indicator.objects.standing().filter(campaign=campaign, organization__isnull=False, refines__in=codes)
    ended = list(parts.select_related("organization"))
    for part in ended:
        supersede(part, at=at)
    told = _("共同指标“%(title)s”改了，细化停用：%(reason)s")
    record_many(
        [(part, "remove", {"reason": told % {"title": codes[part.refines].title, "reason": reason}}, part.organization)
         for part in ended], by=by, at=at,
    )


def refining_units(campaign, codes):
    """{code: [name of an organisation]} of those that refined common indicators, in institutional order; one query."""
    parts = Indicator.objects.standing().filter(campaign=campaign, organization__isnull=False, refines__in=codes)
    found = {}
    for code, name in parts.order_by("organization__path").values_list("refines", "organization__name"):
        if name not in found.setdefault(code, []):
            found[code].append(name)
    return found


def store_versions(organization, changed, added, removed, reason, *, by, at):
    """Remove first, so that nothing stands twice; then the versions and the new ones, with one history entry each under
    `organization`. `changed`: (old, newer) pairs. Returns all of them. Raises FactSuperseded."""
    for indicator in removed:
        supersede(indicator, at=at)
    versions = [_signed(newer, by, reason) for _old, newer in changed]
    for (old, newer), _again in zip(changed, versions, strict=True):
        supersede(old, at=at, replacement=newer)
    for indicator in added:
        _signed(indicator, by, reason).recorded_at = at
        indicator.save()
    events = [(one, "revise", {"reason": reason}, organization) for one in [*versions, *added]]
    events += [(one, "remove", {"reason": reason}, organization) for one in removed]
    record_many(events, by=by, at=at)
    return [*versions, *added, *removed]


def _signed(fact, by, reason):
    fact.recorded_by, fact.change_reason = by, reason
    return fact


@transaction.atomic
def revise_gate(gate, *, minimum, reason, by, at):
    """Give a gate another minimum, in ten-thousandths of 1. Returns the new version.

    Raises WrongLine, NoRuleChanged, RuleReasonMissing, FactSuperseded.
    """
    if not 0 < minimum <= WHOLE_SHARE:
        raise WrongLine(_("限制线应大于 0，不超过 100%。"), field="minimum")
    if minimum == gate.minimum:
        raise NoRuleChanged(_("没有改动。"))
    if not reason.strip():
        raise RuleReasonMissing(_("请写一句为什么改。"))
    names = ("campaign", "track", "code", "title", "measure", "parameters", "effect", "cap_band", "position")
    newer = Gate(minimum=minimum, **{name: getattr(gate, name) for name in names})
    supersede(gate, at=at, replacement=_signed(newer, by, reason.strip()))
    detail = {"reason": reason.strip(), "minimum": [gate.minimum, minimum]}
    record_many([(newer, "revise", detail, gate.campaign.organization)], by=by, at=at)
    return newer


@transaction.atomic
def revise_bands(campaign, minimums, *, reason, by, at):
    """Give the bands other lines: `minimums` is {code: ten-thousandths of a point}, the best first and the last from 0.

    Returns the new versions. Raises WrongLine, NoRuleChanged, RuleReasonMissing, FactSuperseded.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    bands = list(Band.objects.standing().filter(campaign=campaign).order_by("position", "pk"))
    lines = [minimums.get(band.code, band.minimum) for band in bands]
    for place, (band, line) in enumerate(zip(bands, lines, strict=True)):
        if line > WHOLE * POINT:
            raise WrongLine(_("“%(title)s”的分数线不能超过 100 分。") % {"title": band.title}, field=f"minimum_{band.code}")
        if place and line >= lines[place - 1]:
            said = {"title": band.title, "above": points_text(lines[place - 1])}
            raise WrongLine(_("“%(title)s”的分数线应低于 %(above)s 分。") % said, field=f"minimum_{band.code}")
    if lines and lines[-1]:
        raise WrongLine(_("最后一档从 0 分起。"), field=f"minimum_{bands[-1].code}")
    changed = [(band, line) for band, line in zip(bands, lines, strict=True) if band.minimum != line]
    if not changed:
        raise NoRuleChanged(_("没有改动。"))
    if not reason.strip():
        raise RuleReasonMissing(_("请写一句为什么改。"))
    versions = []
    for band, line in changed:
        newer = Band(campaign=campaign, code=band.code, title=band.title, position=band.position, minimum=line)
        versions.append(supersede(band, at=at, replacement=_signed(newer, by, reason.strip())))
    events = [(band, "revise", {"reason": reason.strip()}, campaign.organization) for band in versions]
    record_many(events, by=by, at=at)
    return versions

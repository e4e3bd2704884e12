"""A unit's refinement of a common indicator for its own subtree: parts that together are worth what the common one is."""
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from campaign.models import Campaign
from config.kit.facts import FactSuperseded, supersede
from config.kit.refusal import Refusal
from evaluations.domain.indicators import (
    IndicatorText,
    NoRuleChanged,
    RuleReasonMissing,
    common_indicators,
    next_version,
    said_by,
    says_other,
    store_versions,
)
from evaluations.domain.measures import measure_of
from evaluations.models import Indicator
from units.domain.history import record_many
from units.models import Organization

MOST = 6  # simple, easy to remember, easy to judge


class PartsDoNotAddUp(Refusal):
    """The parts are worth something else than the indicator they refine."""


class TooManyParts(Refusal):
    """More parts than anybody remembers."""


class PartTwice(Refusal):
    """Two parts have the same title."""


class NothingRefined(Refusal):
    """There is no refinement that could end."""


@dataclass(frozen=True)
class Judged:
    """A common indicator as it counts in an organisation: the parts of `by` stand for it, or itself where `by` is None."""

    indicator: Indicator
    parts: tuple = ()
    by: Organization | None = None


def common_for(campaign, organization):
    """The standing common indicators that judge `organization`, in their order."""
    return common_indicators(campaign).filter(category__in={"", organization.category})


def judged(campaign, organization):
    """[Judged] of `organization`, in the order of the common indicators; two queries."""
    line = [organization.path[:end] for end in range(1, len(organization.path) + 1)]
    own = Indicator.objects.standing().filter(campaign=campaign, organization__path__in=line)
    found = {}
    for part in own.select_related("organization").order_by("position", "pk"):
        found.setdefault(part.refines, {}).setdefault(part.organization, []).append(part)
    rows = []
    for indicator in common_for(campaign, organization):
        by = max(found.get(indicator.code, ()), key=lambda one: len(one.path), default=None)
        rows.append(Judged(indicator, tuple(found[indicator.code][by]) if by else (), by))
    return rows


def refining_organizations(campaign, user):
    """[(organisation, how many common indicators it refined)] of those in scope, in institutional order; one query."""
    parts = Indicator.objects.standing().filter(campaign=campaign, organization__isnull=False)
    refined = parts.filter(organization=OuterRef("pk")).order_by().values("organization")
    counted = refined.annotate(n=Count("refines", distinct=True)).values("n")
    rows = Organization.objects.visible_to(user).annotate(refined=Subquery(counted)).filter(refined__gt=0)
    return [(one, one.refined) for one in rows.in_institutional_order()]


def parts_of(indicator, organization):
    """The standing parts that `organization` itself made of a common indicator, in their order."""
    return _versions(indicator, organization).standing().order_by("position", "pk")


def versions_of(indicator, organization):
    """The newest version of every part that `organization` ever made of it, for its history."""
    newest = {}
    for part in _versions(indicator, organization).order_by("recorded_at", "pk"):
        newest[part.lineage] = part
    return list(newest.values())


def _versions(indicator, organization):
    return Indicator.objects.filter(
        campaign_id=indicator.campaign_id, organization=organization, refines=indicator.code
    )


@transaction.atomic
def refine(indicator, organization, rows, *, reason, by, at):
    """Let `rows` [IndicatorText] stand for the common `indicator` in `organization` and below. Returns what changed.

    Every part keeps the source of the indicator. Raises PartsDoNotAddUp, TooManyParts, PartTwice, NoRuleChanged,
    RuleReasonMissing, InvalidParameters, FactSuperseded.
    """
    _hold(indicator)
    rows = [replace(row, source=indicator.source, category="") for row in rows]
    _check(indicator, rows)
    current = list(parts_of(indicator, organization))
    changed, added = [], []
    for row in rows:
        parameters = measure_of(
            row.measure, row.parameters, track=indicator.track, criterion_code=indicator.criterion_code
        ).parameters
        if row.standing is None:
            added.append((row, parameters))
        elif says_other(row, parameters):
            changed.append((row.standing, next_version(row, parameters)))
    kept = {row.standing.pk for row in rows if row.standing}
    removed = [part for part in current if part.pk not in kept]
    if not (changed or added or removed):
        raise NoRuleChanged(_("没有改动。"))
    if not reason.strip():
        raise RuleReasonMissing(_("请写一句为什么改。"))
    fresh = _new_parts(indicator, organization, added, after=max((part.position for part in current), default=-1))
    return store_versions(organization, changed, fresh, removed, reason.strip(), by=by, at=at)


@transaction.atomic
def end_refinement(indicator, organization, *, reason, by, at):
    """Let the common indicator count again as it is. Raises NothingRefined, RuleReasonMissing, FactSuperseded."""
    _hold(indicator)
    parts = list(parts_of(indicator, organization))
    if not parts:
        raise NothingRefined(_("本单位没有细化这项指标。"))
    if not reason.strip():
        raise RuleReasonMissing(_("请写一句为什么改。"))
    for part in parts:
        supersede(part, at=at)
    record_many([(part, "remove", {"reason": reason.strip()}, organization) for part in parts], by=by, at=at)
    return parts


def _hold(indicator):
    """Let nobody change the rules meanwhile; the common indicator has to stand. Raises FactSuperseded."""
    Campaign.objects.select_for_update().get(pk=indicator.campaign_id)
    if not Indicator.objects.standing().filter(pk=indicator.pk).exists():
        raise FactSuperseded(_("这条记录已经被别人更正，请看最新的一版。"))


def _check(indicator, rows: list[IndicatorText]):
    if len(rows) > MOST:
        raise TooManyParts(_("一项指标最多细化成 %(most)s 项，现在是 %(n)s 项。") % {"most": MOST, "n": len(rows)})
    titles = set()
    for row in rows:
        if row.title in titles:
            raise PartTwice(_("“%(title)s”写了两次，请改一个名称。") % {"title": row.title})
        titles.add(row.title)
    total = sum(row.points for row in rows)
    if total != indicator.points:
        said = {"sum": total, "title": indicator.title, "points": indicator.points}
        raise PartsDoNotAddUp(_("细化后的分值合计 %(sum)s 分，应与“%(title)s”的 %(points)s 分相等。") % said)


def _new_parts(indicator, organization, added, *, after):
    """New parts behind the others, each with a code that no part of this unit ever had."""
    used = set(_versions(indicator, organization).values_list("code", flat=True))
    free = (f"{indicator.code}.{n}" for n in range(1, len(used) + len(added) + 1) if f"{indicator.code}.{n}" not in used)
    return [
        Indicator(
            campaign_id=indicator.campaign_id, track=indicator.track, criterion_code=indicator.criterion_code,
            code=next(free), measure=row.measure, organization=organization, refines=indicator.code, position=after + place,
            **said_by(row, parameters),
        )
        for place, (row, parameters) in enumerate(added, start=1)
    ]

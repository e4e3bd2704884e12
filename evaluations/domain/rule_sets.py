"""Which rules hold for a subject: common ones, those of its category in their place, and refinements of units above it."""
from dataclasses import dataclass

from config.kit.numbers import POINT, largest_remainder


@dataclass(frozen=True)
class ResolvedCriterion:
    """A criterion with the indicators that judge a subject of one rule set, in their order."""

    code: str
    title: str
    text: str
    weight: int
    indicators: tuple


def in_place(rows, category):
    """`rows` of `category`: its own ones, and the common ones whose code it does not take."""
    own = {row["code"] for row in rows if category and row["category"] == category}
    return [row for row in rows if row["category"] == category or (not row["category"] and row["code"] not in own)]


def criteria_of(rules, *, track, category, refiners):
    """[ResolvedCriterion] of a track for subjects of `category`; `refiners`: keys of refining organisations, root first."""
    rows = [row for row in rules["indicators"] if row["track"] == track]
    common = in_place([row for row in rows if not row["organization"]], category)
    own = [row for row in rows if row["organization_id"] in refiners and row["category"] in ("", category)]
    return [
        ResolvedCriterion(
            code=criterion["code"], title=criterion["title"], text=criterion["text"], weight=criterion["weight"],
            indicators=tuple(
                indicator
                for row in common if row["criterion"] == criterion["code"]
                for indicator in _refined(row, own, refiners)
            ),
        )
        for criterion in in_place([row for row in rules["criteria"] if row["track"] == track], category)
    ]


def _refined(indicator, own, refiners):
    """What the nearest unit made of a common indicator; the indicator itself where none did."""
    for organization in reversed(refiners):
        parts = [
            row for row in own
            if row["organization_id"] == organization and row["refines"] == indicator["code"]
            and row["criterion"] == indicator["criterion"]
        ]
        if parts:
            return parts
    return [indicator]


def refining_organizations(rules):
    """Keys of the organisations that have indicators of their own."""
    return {row["organization_id"] for row in rules["indicators"] if row["organization_id"]}


def spread(points, mask):
    """What each applicable indicator can earn, in ten-thousandths: {place: available}.

    `points` are the whole points of one criterion's indicators in their order, bit n of `mask` says that the n-th
    applies. The points of those that do not are shared out among the others in proportion, by largest remainder.
    """
    places = [place for place in range(len(points)) if mask >> place & 1]
    free = sum(points) - sum(points[place] for place in places)
    shares = largest_remainder([points[place] for place in places], free * POINT)
    return {place: points[place] * POINT + share for place, share in zip(places, shares, strict=True)}

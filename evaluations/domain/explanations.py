"""A score opened up: total, criteria by source, each line with its sentence, what was spread, and which gates hold it back."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from config.kit.numbers import POINT, largest_remainder, points_text
from evaluations.domain.measures import measure_of
from evaluations.domain.rule_sets import criteria_of
from evaluations.enums import GateEffect, Source

WHOLE = 100 * POINT  # what a criterion and a total can reach


@dataclass(frozen=True)
class Counted:
    """One line as it was counted; `pk` is that of the ScoreLine, None in a preview."""

    numerator: int
    denominator: int
    available: int
    points: int
    pk: int | None = None


@dataclass(frozen=True)
class Line:
    """One indicator as a page shows it. Points are ten-thousandths, `worth` is whole points before spreading."""

    title: str
    source: str
    worth: int
    counted: Counted
    sentence: str

    @property
    def applies(self):
        return self.counted.denominator > 0


@dataclass(frozen=True)
class Cell:
    """What the indicators of one source earned; a page shows one decimal."""

    title: str
    points: int
    available: int
    place: int | None
    is_low: bool
    exists: bool
    applies: bool

    @property
    def percent(self):
        return min(100, 100 * self.points // self.available) if self.available else 0

    @property
    def shown(self):
        """Points of points that could be had, as the matrix prints them: 35.2/40.0."""
        return one_decimal(self.points), one_decimal(self.available)


@dataclass(frozen=True)
class Judged:
    """A criterion with its lines and cells; `counts` is its share of the total."""

    code: str
    title: str
    text: str
    weight: int
    lines: list
    cells: list
    points: int
    place: int | None
    is_low: bool
    counts: int

    @property
    def applies(self):
        return any(line.applies for line in self.lines)


@dataclass(frozen=True)
class GateHit:
    """A gate that holds the subject back, in words."""

    title: str
    fraction: str
    percent: str
    minimum: str
    effect: str
    bars: bool


@dataclass(frozen=True)
class Explanation:
    """Everything a page tells about one score; points are ten-thousandths."""

    total: int | None
    criteria: list
    sources: list
    hits: list
    bands: list
    band: str
    band_by_total: str
    band_words: str = ""
    weights: int = 0
    counted: int = 0
    not_applicable: int = 0
    contributions: str = field(default="")

    @property
    def is_capped(self):
        return self.band != self.band_by_total

    @property
    def is_barred(self):
        return any(hit.bars for hit in self.hits)

    @property
    def is_low(self):
        return is_low(self.bands, place_of(self.bands, self.band))


def explain(rules, rule_set, track, counted, *, total, band, band_by_total, gates_hit):
    """The Explanation of one subject. `counted`: {indicator's key: Counted}; bands by code; `gates_hit` as a score keeps it."""
    bands = rules["bands"]
    resolved = [c for c in criteria_of(rules, track=track, **rule_set) if c.indicators]
    earned = [sum(counted[row["id"]].points for row in c.indicators) for c in resolved]
    weights = [c.weight if any(counted[row["id"]].denominator for row in c.indicators) else 0 for c in resolved]
    shares = largest_remainder([p * w for p, w in zip(earned, weights, strict=True)], total or 0)
    criteria = [
        _judged(criterion, track, counted, bands, points, share)
        for criterion, points, share in zip(resolved, earned, shares, strict=True)
    ]
    lines = [line for criterion in criteria for line in criterion.lines]
    return Explanation(
        total=total, criteria=criteria, sources=_sources(criteria, total, sum(weights)), bands=bands,
        hits=_hits(rules, track, gates_hit), band=title_of(bands, band), band_by_total=title_of(bands, band_by_total),
        band_words=_band_words(bands, band_by_total), weights=sum(weights), counted=len(lines),
        not_applicable=sum(not line.applies for line in lines),
        contributions=" + ".join(two_decimals(c.counts) for c in criteria if c.applies),
    )


def _judged(criterion, track, counted, bands, points, share):
    lines = [_line(row, track, counted[row["id"]], criterion, counted) for row in criterion.indicators]
    applies = any(line.applies for line in lines)
    place = rate_place(bands, points, WHOLE) if applies else None
    return Judged(
        code=criterion.code, title=criterion.title, text=criterion.text, weight=criterion.weight, lines=lines,
        cells=[_cell(source, lines, bands) for source in Source], points=points, place=place,
        is_low=is_low(bands, place), counts=share,
    )


def _line(row, track, one, criterion, counted):
    measure = measure_of(row["measure"], row["parameters"], track=track, criterion_code=row["criterion"])
    sentence = measure.sentence(one.numerator, one.denominator, one.available, one.points)
    if not one.denominator:
        sentence = f"{sentence}{_spread_words(row, criterion, counted)}"
    return Line(row["title"], row["source"], row["points"], one, sentence)


def _spread_words(row, criterion, counted):
    """Where the points of an indicator that does not apply went."""
    takers = [other for other in criterion.indicators if counted[other["id"]].denominator]
    if not takers:
        return _("“%(title)s”没有适用的指标，不折算到总分，也不按零分算。") % {"title": criterion.title}
    ratio = " : ".join(str(other["points"]) for other in takers)
    words = {"points": row["points"], "ratio": ratio, "names": "、".join(f"“{other['title']}”" for other in takers)}
    if len(takers) == 1:
        return _("这项的 %(points)s 分加给%(names)s，不按零分算。") % words
    return _("这项的 %(points)s 分按 %(ratio)s 分给%(names)s，不按零分算。") % words


def _cell(source, lines, bands):
    mine = [line for line in lines if line.source == source.value]
    points, available = (sum(getattr(line.counted, part) for line in mine) for part in ("points", "available"))
    place = rate_place(bands, points, available) if available else None
    return Cell(source.label, points, available, place, is_low(bands, place), bool(mine), available > 0)


def _sources(criteria, total, weights):
    """[(label, points of the total, points that could be had)] of each source, adding up to the total."""
    applying = [criterion for criterion in criteria if criterion.applies]
    earned = [sum(c.cells[n].points * c.weight for c in applying) for n in range(len(Source))]
    could = [sum(c.cells[n].available * c.weight for c in applying) for n in range(len(Source))]
    shares, mosts = largest_remainder(earned, total or 0), largest_remainder(could, WHOLE if weights else 0)
    return list(zip([source.label for source in Source], shares, mosts, strict=True))


def _hits(rules, track, gates_hit):
    gates = {gate["code"]: gate for gate in rules["gates"] if gate["track"] == track}
    return [_hit(gates[hit["code"]], hit, rules["bands"]) for hit in gates_hit]


def _hit(gate, hit, bands):
    bars = gate["effect"] == GateEffect.BAR
    effect = _("不能参加评选") if bars else _("等次最高为“%(band)s”") % {"band": title_of(bands, gate["cap_band"])}
    tenths = 1000 * hit["numerator"] // hit["denominator"]  # cut, not rounded: what is below the line must read so
    return GateHit(
        title=gate["title"], fraction=f"{hit['numerator']:,} ÷ {hit['denominator']:,}",
        percent=f"{tenths // 10}.{tenths % 10}%", minimum=f"{points_text(gate['minimum'] * 100)}%", effect=effect, bars=bars,
    )


# Bands ----------------------------------------------------------------------------------------
def rate_place(bands, points, available):
    """The place in `bands` of a share of points, as if it were out of a hundred; None without bands."""
    places = (n for n, band in enumerate(bands) if points * WHOLE >= band["minimum"] * available)
    return next(places, len(bands) - 1) if bands else None


def place_of(bands, title):
    return next((n for n, band in enumerate(bands) if band["title"] == title), None)


def is_low(bands, place):
    """Whether a band belongs to the lower half of the list."""
    return place is not None and 2 * place >= len(bands)


def title_of(bands, code):
    return next((band["title"] for band in bands if band["code"] == code), "")


def _band_words(bands, code):
    """Between which lines a band lies: 80 分以上，不到 90 分."""
    place = next((n for n, band in enumerate(bands) if band["code"] == code), None)
    if place is None:
        return ""
    least, more = points_text(bands[place]["minimum"]), points_text(bands[place - 1]["minimum"]) if place else ""
    if not place:
        return _("%(least)s 分以上") % {"least": least}
    if place == len(bands) - 1:
        return _("不到 %(more)s 分") % {"more": more}
    return _("%(least)s 分以上，不到 %(more)s 分") % {"least": least, "more": more}


def band_lines(bands):
    """等次线: 90 好，80 较好，60 一般."""
    return "，".join(f"{points_text(band['minimum'])} {band['title']}" for band in bands[:-1])


def one_decimal(value):
    """Ten-thousandths with one decimal, half up."""
    tenths = (value + 500) // 1000
    return f"{tenths // 10}.{tenths % 10}"


def two_decimals(value):
    """Ten-thousandths with two decimals, half up."""
    hundredths = (value + 50) // 100
    return f"{hundredths // 100}.{hundredths % 100:02d}"

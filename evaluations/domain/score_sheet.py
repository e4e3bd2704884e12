"""One score as its page shows it: total → criterion × source → indicator → the sentence with its arithmetic."""
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from config.kit.numbers import POINT, largest_remainder
from evaluations.domain.evidence import measure_of_line
from evaluations.domain.rule_sets import criteria_of
from evaluations.domain.rules import band_title
from evaluations.enums import GateEffect, Source
from evaluations.models import ScoreLine


@dataclass(frozen=True)
class Cell:
    """Points earned of points available in one source of one criterion, ten-thousandths; `band` by its share."""

    source: str
    label: str
    points: int
    available: int
    band: str
    place: int

    @property
    def percent(self):
        return min(100, 100 * self.points // self.available) if self.available else 0

    @property
    def is_low(self):
        return self.place >= 2


@dataclass(frozen=True)
class SheetLine:
    """One indicator: its line and the sentence that tells its arithmetic."""

    line: ScoreLine
    title: str
    source: str
    sentence: str
    applies: bool


@dataclass
class SheetCriterion:
    code: str
    title: str
    text: str
    weight: int
    lines: list = field(default_factory=list)
    cells: list = field(default_factory=list)
    share: int = 0  # its part of the total, ten-thousandths; the parts add up to the total

    @property
    def applies(self):
        return any(line.applies for line in self.lines)

    @property
    def points(self):
        return sum(line.line.points for line in self.lines)

    @property
    def missing(self):
        return sum(not line.applies for line in self.lines)


@dataclass(frozen=True)
class GateHit:
    title: str
    sentence: str
    effect: str


@dataclass(frozen=True)
class Sheet:
    criteria: list
    sources: list
    columns: list  # what each source gives to the total: (earned, possible)
    gates: list
    band: str
    band_by_total: str
    bands: list  # "90 好" …

    @property
    def line_count(self):
        return sum(len(criterion.lines) for criterion in self.criteria)

    @property
    def missing_count(self):
        return sum(criterion.missing for criterion in self.criteria)


def sheet_of(score):
    """The Sheet of one score, by the rules its run used; one query."""
    rules = score.run.rules
    lines = ScoreLine.objects.filter(run=score.run, organization=score.organization, member=score.member)
    by_code = {}
    for line in lines.select_related("indicator").order_by("indicator__position", "indicator__code"):
        line.run = score.run
        by_code.setdefault(line.criterion_code, []).append(_line(line))
    criteria = [
        SheetCriterion(c.code, c.title, c.text, c.weight, by_code[c.code])
        for c in criteria_of(rules, track=score.track, category=score.category, refiners=())
        if c.code in by_code
    ]
    for criterion in criteria:
        criterion.cells = [_cell(source, criterion.lines, rules) for source in Source]
    _share_out(criteria, score.total)
    return Sheet(
        criteria=criteria, sources=[source.label for source in Source], columns=_columns(criteria),
        gates=[_gate(hit, rules) for hit in score.gates_hit],
        band=band_title(rules, score.band), band_by_total=band_title(rules, score.band_by_total),
        bands=[f"{band['minimum'] // POINT} {band['title']}" for band in rules["bands"] if band["minimum"]],
    )


def _line(line):
    sentence = measure_of_line(line).sentence(line.numerator, line.denominator, line.points_available, line.points)
    return SheetLine(line, line.indicator.title, Source(line.source).label, sentence, bool(line.denominator))


def _cell(source, lines, rules):
    """The cell of one source; without an indicator that applies it is empty."""
    own = [shown.line for shown in lines if shown.line.source == source and shown.applies]
    points, available = sum(line.points for line in own), sum(line.points_available for line in own)
    place, band = _band_of(points, available, rules)
    return Cell(source.value, source.label, points, available, band, place)


def _band_of(points, available, rules):
    """(place, title) of the band that `points` of `available` would be in."""
    hundred = points * 100 * POINT // available if available else 0
    for place, band in enumerate(rules["bands"]):
        if hundred >= band["minimum"]:
            return place, band["title"]
    return len(rules["bands"]), ""


def _share_out(criteria, total):
    """Each criterion's part of the total; largest remainder, so that the parts on the page add up to it."""
    if total is None:
        return
    shares = largest_remainder([criterion.points * criterion.weight for criterion in criteria], total)
    for criterion, share in zip(criteria, shares, strict=True):
        criterion.share = share


def _columns(criteria):
    """(earned, possible) of the total by source, over criteria that apply."""
    weights = sum(criterion.weight for criterion in criteria if criterion.applies) or 1
    columns = []
    for place, _source in enumerate(Source):
        earned = sum(criterion.cells[place].points * criterion.weight for criterion in criteria)
        possible = sum(criterion.cells[place].available * criterion.weight for criterion in criteria)
        columns.append(((earned + weights // 2) // weights, (possible + weights // 2) // weights))
    return columns


def _gate(hit, rules):
    """The gate that was hit, as a sentence with its fraction."""
    rule = next(gate for gate in rules["gates"] if gate["code"] == hit["code"])
    tenths = (hit["numerator"] * 1000 + hit["denominator"] // 2) // hit["denominator"]
    words = {
        "numerator": f"{hit['numerator']:,}", "denominator": f"{hit['denominator']:,}", "share": f"{tenths // 10}.{tenths % 10}",
        "minimum": f"{rule['minimum'] / 100:g}", "band": band_title(rules, rule["cap_band"]),
    }
    if rule["effect"] == GateEffect.BAR:
        effect = _("不能参加评选")
    else:
        effect = _("等次最高为“%(band)s”") % words
    sentence = _("%(numerator)s ÷ %(denominator)s = %(share)s%%，低于 %(minimum)s%%") % words
    return GateHit(rule["title"], sentence, effect)

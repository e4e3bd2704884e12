"""From facts to points on a workbench: one statement per indicator, then lines, shares, points and totals, set-based.

All numbers are integers; points are ten-thousandths (3-scoring, Arithmetic).
"""
import json

from evaluations.domain.measures import measure_of
from evaluations.domain.rule_sets import criteria_of, spread
from evaluations.enums import GateEffect

GATES = 10_000  # slots of gates are numbered from here

RAW = """
    INSERT INTO scoring_raw (slot, subject, numerator, denominator)
    SELECT %(slot)s, s.subject, {numerator}, {denominator}
    FROM {facts}
    {only}
    GROUP BY s.subject HAVING SUM(f.numerator) > 0 OR SUM(f.denominator) > 0"""
OF_SUBTREE = """(SELECT owner, SUM(numerator) AS numerator, SUM(denominator) AS denominator FROM ({facts}) x GROUP BY owner) f
    JOIN scoring_scope c ON c.owner = f.owner JOIN scoring_subject s ON s.subject = c.subject"""
OF_SUBJECT = "({facts}) f JOIN scoring_subject s ON s.subject = f.owner"
ONLY = "JOIN scoring_rule r ON r.rule_set = s.rule_set AND r.slot = %(slot)s"
ASKED = f"(SELECT DISTINCT {{owner}} AS owner FROM {{table}} JOIN scoring_subject s ON s.subject = {{subject}} {ONLY})"

LINES = """
    INSERT INTO scoring_line (subject, slot, rule_set, criterion, bit, weight, numerator, denominator, mask)
    SELECT l.subject, l.slot, l.rule_set, l.criterion, l.bit, l.weight, l.numerator, l.denominator,
        CAST(SUM(CASE WHEN l.denominator > 0 THEN l.bit ELSE 0 END) OVER (PARTITION BY l.subject, l.criterion) AS bigint)
    FROM (
        SELECT s.subject, s.rule_set, r.slot, r.criterion, r.bit, r.weight, COALESCE(w.numerator, 0) AS numerator,
            COALESCE(w.denominator, CASE WHEN f.subject IS NULL THEN 0 ELSE r.always END) AS denominator
        FROM scoring_subject s
        JOIN scoring_rule r ON r.rule_set = s.rule_set
        LEFT JOIN scoring_raw w ON w.slot = r.slot AND w.subject = s.subject
        LEFT JOIN (SELECT DISTINCT subject FROM scoring_raw WHERE slot < %(gates)s) f ON f.subject = s.subject
    ) l"""

POINTS = """
    INSERT INTO scoring_point (subject, slot, weight, opens, numerator, denominator, available, points)
    SELECT l.subject, l.slot, l.weight,
        CASE WHEN l.denominator > 0 AND l.bit = (l.mask & (-l.mask)) THEN l.weight ELSE 0 END,
        l.numerator, l.denominator, COALESCE(h.available, 0),
        CASE WHEN l.denominator > 0 THEN (h.available * l.numerator + l.denominator / 2) / l.denominator ELSE 0 END
    FROM scoring_line l
    LEFT JOIN scoring_share h
        ON h.rule_set = l.rule_set AND h.criterion = l.criterion AND h.mask = l.mask AND h.slot = l.slot"""

TOTALS = """
    INSERT INTO scoring_total (subject, total, by_total, position, is_barred, gates)
    SELECT t.subject, t.total, {position}, {position}, 0, ''
    FROM (
        SELECT p.subject, CASE WHEN p.weights > 0 THEN (p.earned + p.weights / 2) / p.weights END AS total
        FROM (
            SELECT subject, CAST(SUM(points * weight) AS bigint) AS earned, CAST(SUM(opens) AS bigint) AS weights
            FROM scoring_point GROUP BY subject
        ) p
    ) t"""

# The text is spelled as PostgreSQL prints jsonb, so that both databases give the same bytes.
GATE = """
    UPDATE scoring_total SET {effect}, gates = gates || %(opening)s || w.numerator || ', "denominator": ' || w.denominator || '}}'
    FROM scoring_raw w
    WHERE w.slot = %(slot)s AND w.subject = scoring_total.subject
        AND w.numerator * 10000 < %(minimum)s * w.denominator"""


def compute(bench, rules, rule_sets, reading, beat=lambda: None):
    """Score every subject on `bench`; results lie in scoring_slot, scoring_point and scoring_total.

    `rule_sets`: [{"category", "refiners"}] by the number that subjects carry. `beat()` is called between statements.
    """
    present = [number for (number,) in bench.rows("SELECT DISTINCT rule_set FROM scoring_subject ORDER BY rule_set")]
    criteria = {
        number: criteria_of(rules, track=bench.track, **rule_sets[number]) for number in present
    }
    slots = {row["id"]: slot for slot, row in enumerate(rules["indicators"])}
    _load_rules(bench, rules, criteria, slots)
    for slot, indicator in enumerate(rules["indicators"]):
        asking = {n for n, judged in criteria.items() for c in judged for row in c.indicators if row["id"] == indicator["id"]}
        if asking:
            measure = _measure(indicator, bench.track, indicator["criterion"])
            _measure_into_raw(bench, measure, reading, slot, for_all=asking == set(present))
            beat()
    gates = [(GATES + n, gate) for n, gate in enumerate(rules["gates"]) if gate["track"] == bench.track]
    for slot, gate in gates:
        _measure_into_raw(bench, _measure(gate, bench.track), reading, slot, for_all=True)
        beat()
    bench.settle("raw")
    bench.run(LINES, {"gates": GATES})
    _load_shares(bench, criteria, slots)
    bench.settle("line", "share")
    beat()
    bench.run(POINTS)
    position, values = _position(rules["bands"])
    bench.run(TOTALS.format(position=position), values)
    bench.settle("point", "total")
    for slot, gate in gates:
        _apply_gate(bench, slot, gate, rules["bands"])
    beat()


def _measure(row, track, criterion_code=""):
    return measure_of(row["measure"], row["parameters"], track=track, criterion_code=criterion_code)


def _load_rules(bench, rules, criteria, slots):
    bench.insert("slot", [(slots[row["id"]], row["id"], row["criterion"], row["source"]) for row in rules["indicators"]])
    bench.insert("rule", [
        (number, slots[row["id"]], criterion.code, 1 << place, row["points"], criterion.weight,
         _measure(row, bench.track, row["criterion"]).always)
        for number, judged in criteria.items() for criterion in judged for place, row in enumerate(criterion.indicators)
    ])
    bench.settle("slot", "rule")


def _measure_into_raw(bench, measure, reading, slot, *, for_all):
    """One statement: numbers of one indicator for every subject that has facts for it and whose rules ask for it."""
    of_subtree = measure.of_subtree and not bench.of_members
    if for_all:
        owners = "scoring_owner" if of_subtree else "(SELECT subject AS owner FROM scoring_subject)"
    elif of_subtree:
        owners = ASKED.format(owner="c.owner", table="scoring_scope c", subject="c.subject")
    else:
        owners = ASKED.format(owner="c.subject", table="scoring_subject c", subject="c.subject")
    facts, values = measure.facts(reading, owners)
    sql = RAW.format(
        numerator=measure.numerator_sql, denominator=measure.denominator_sql, only="" if for_all else ONLY,
        facts=(OF_SUBTREE if of_subtree else OF_SUBJECT).format(facts=facts),
    )
    bench.run(sql, {**values, **measure.total_values, "slot": slot})


def _load_shares(bench, criteria, slots):
    """What each indicator can earn, for the sets of applicable indicators that do occur."""
    occurring = bench.rows("SELECT DISTINCT rule_set, criterion, mask FROM scoring_line WHERE mask > 0")
    judged = {(number, criterion.code): criterion for number, found in criteria.items() for criterion in found}
    rows = []
    for number, code, mask in sorted(occurring):
        indicators = judged[number, code].indicators
        available = spread([row["points"] for row in indicators], mask)
        rows += [(number, code, mask, slots[indicators[place]["id"]], points) for place, points in available.items()]
    bench.insert("share", rows)


def _position(bands):
    """SQL: the place in `bands` (best first) of a total; NULL without a total or without bands. With its values."""
    if not bands:
        return "CAST(NULL AS integer)", {}
    steps = " ".join(f"WHEN t.total >= %(minimum_{n})s THEN {n}" for n in range(len(bands) - 1))
    values = {f"minimum_{n}": band["minimum"] for n, band in enumerate(bands)}
    return f"CASE WHEN t.total IS NULL THEN NULL {steps} ELSE {len(bands) - 1} END", values


def _apply_gate(bench, slot, gate, bands):
    """Cap the band or bar from awards where the gate's measure lies below its minimum; a measure without facts hits nothing."""
    code = json.dumps(gate["code"], ensure_ascii=False)
    values = {"slot": slot, "minimum": gate["minimum"], "opening": f', {{"code": {code}, "numerator": '}
    effect = "is_barred = 1"
    if gate["effect"] == GateEffect.CAP:
        codes = [band["code"] for band in bands]
        values["cap"] = codes.index(gate["cap_band"])
        effect = "position = CASE WHEN position < %(cap)s THEN %(cap)s ELSE position END"
    bench.run(GATE.format(effect=effect), values)

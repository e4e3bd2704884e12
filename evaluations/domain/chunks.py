"""Scoring one chunk of a run: computed on workbenches, then written in one transaction that replaces an earlier try."""
from django.db import connection, transaction

from config.kit import jobs
from evaluations.domain.computation import compute
from evaluations.domain.measures import Reading
from evaluations.domain.rules import tracks_of
from evaluations.domain.workbench import fill_from_chunk, workbenches

LINES = """
    INSERT INTO evaluations_scoreline (run_id, track, organization_id, member_id, indicator_id, criterion_code, source,
        numerator, denominator, points_available, points)
    SELECT %(run)s, %(track)s, s.organization, s.member, t.indicator, t.criterion, t.source,
        p.numerator, p.denominator, p.available, p.points
    FROM scoring_point p JOIN scoring_subject s ON s.subject = p.subject JOIN scoring_slot t ON t.slot = p.slot
    ORDER BY p.subject, t.indicator"""

SCORES = """
    INSERT INTO evaluations_score (run_id, track, organization_id, member_id, category, total, band, band_by_total,
        is_barred, gates_hit, rank, ranked_among)
    SELECT %(run)s, %(track)s, s.organization, s.member, s.category, p.total, {band}, {band_by_total},
        p.is_barred = 1, CAST('[' || substr(p.gates, 3) || ']' AS {json}), NULL, NULL
    FROM scoring_total p JOIN scoring_subject s ON s.subject = p.subject
    ORDER BY p.subject"""

# What an earlier try wrote; the organisations and members of a chunk are those of its span of lft.
FORGET = [
    "DELETE FROM {table} WHERE run_id = %(run)s AND member_id IN ("
    "SELECT member_id FROM evaluations_runmember WHERE run_id = %(run)s AND lft BETWEEN %(first)s AND %(last)s)",
    "DELETE FROM {table} WHERE run_id = %(run)s AND member_id IS NULL AND organization_id IN ("
    "SELECT subject_id FROM evaluations_runscope WHERE run_id = %(run)s AND lft BETWEEN %(first)s AND %(last)s)",
]


def reading_of(run):
    """What `run` reads."""
    return Reading(run.campaign_id, run.as_of, run.known_at, run.rules["windows"])


def score_chunk(chunk, *, beat):
    """Score the subjects of a claimed chunk and close it. Returns the number of rows written.

    `beat()` keeps the lease and returns the present moment. Raises LeaseLost; then nothing of this try stays.
    """
    run = chunk.run
    with workbenches(*tracks_of(run.rules)) as benches:
        for bench in benches:
            fill_from_chunk(bench, chunk)
            compute(bench, run.rules, run.rule_sets, reading_of(run), beat)
        with transaction.atomic():
            at = beat()  # holds the chunk's row: whoever lost the lease stops here
            rows = _replace(benches, chunk, run.rules["bands"])
            jobs.finish(chunk, at=at, rows=rows)
    return rows


def _replace(benches, chunk, bands):
    """Take away what an earlier try wrote and copy the results from the workbenches."""
    if chunk.attempts > 1:
        _forget(chunk)
    rows = 0
    scores, band_codes = _scores(bands)
    for bench in benches:
        values = {"run": chunk.run_id, "track": bench.track}
        rows += bench.run(LINES, values) + bench.run(scores, {**values, **band_codes})
    return rows


def _forget(chunk):
    values = {"run": chunk.run_id, "first": chunk.first, "last": chunk.last}
    with connection.cursor() as cursor:
        for table in ("evaluations_scoreline", "evaluations_score"):
            for sql in FORGET:
                cursor.execute(sql.format(table=table), values)


def _scores(bands):
    """The statement that copies totals, with the codes of the bands for their places; and its values."""
    places = " ".join(f"WHEN {place} THEN %(band_{place})s" for place in range(len(bands)))
    column = "CASE p.{column} " + places + " ELSE '' END" if bands else "''"
    values = {f"band_{place}": band["code"] for place, band in enumerate(bands)}
    sql = SCORES.format(
        band=column.format(column="position"), band_by_total=column.format(column="by_total"),
        json="jsonb" if connection.vendor == "postgresql" else "text",
    )
    return sql, values

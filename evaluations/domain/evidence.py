"""The facts behind one line of a score, as they were known at the run: the very rows that its numbers were summed from."""
from datetime import date

from django.db import connection

from evaluations.domain.chunks import reading_of
from evaluations.domain.measures import measure_of

OF_SUBTREE = "(SELECT organization_id AS owner FROM evaluations_runscope WHERE run_id = %(run)s AND subject_id = %(subject)s)"
OF_SUBJECT = "(SELECT CAST(%(subject)s AS bigint) AS owner)"


def measure_of_line(line):
    """The measure that a line of a score was counted by."""
    indicator = line.indicator
    return measure_of(
        indicator.measure, indicator.parameters, track=line.track, criterion_code=indicator.criterion_code
    )


def evidence_count(line):
    """How many facts the line cites."""
    sql, values = _facts(line)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) f", values)
        return cursor.fetchone()[0]


def evidence_rows(line, *, first=0, most=None):
    """[(fact, happened_on, numerator, denominator)] newest first; `fact` is a key of what the measure counts."""
    sql, values = _facts(line)
    page = "" if most is None else " LIMIT %(page_size)s OFFSET %(page_start)s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT fact, happened_on, numerator, denominator FROM ({sql}) f ORDER BY happened_on DESC, fact DESC{page}",
            {**values, "page_start": first, "page_size": most},
        )
        return [(fact, _day(day), int(numerator), int(denominator)) for fact, day, numerator, denominator in cursor]


def _facts(line):
    """The SELECT of the line's facts, as the run read them."""
    measure = measure_of_line(line)
    of_subtree = measure.of_subtree and line.member_id is None
    sql, values = measure.facts(reading_of(line.run), OF_SUBTREE if of_subtree else OF_SUBJECT)
    return sql, {**values, "run": line.run_id, "subject": line.member_id or line.organization_id}


def _day(value):
    """A day as SQLite (text) or PostgreSQL (date) gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value

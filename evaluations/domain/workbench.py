"""The temporary tables in which subjects are scored: filled, computed and read without a lock on anything durable.

On SQLite one writer locks out all others, so everything but the last copy happens here, outside any transaction.
"""
from contextlib import contextmanager

from django.db import connection

from campaign.enums import Track

TABLES = {
    # Who is scored, by which rule set. `subject` is the organisation, or the member on the members' track.
    "subject": "subject bigint PRIMARY KEY, organization bigint, member bigint, category varchar(20), rule_set integer",
    # Whose facts count for whom: an organisation's subtree. Members count for themselves and have no rows here.
    "scope": "owner bigint, subject bigint, PRIMARY KEY (owner, subject)",
    "owner": "owner bigint PRIMARY KEY",
    # What each rule set asks: `bit` is the indicator's place in its criterion, `always` the denominator without facts.
    "rule": "rule_set integer, slot integer, criterion varchar(4), bit bigint, points integer, weight integer, "
    "always bigint, PRIMARY KEY (rule_set, slot)",
    # One row per indicator (or gate) and subject with facts.
    "raw": "slot integer, subject bigint, numerator bigint, denominator bigint, PRIMARY KEY (slot, subject)",
    # One row per indicator and subject; `mask` holds the bits of the criterion's indicators that apply.
    "line": "subject bigint, slot integer, rule_set integer, criterion varchar(4), bit bigint, weight integer, "
    "numerator bigint, denominator bigint, mask bigint",
    "share": "rule_set integer, criterion varchar(4), mask bigint, slot integer, available bigint, "
    "PRIMARY KEY (rule_set, criterion, mask, slot)",
    # The same rows with their points; `opens` is the criterion's weight on its first applicable line, else 0.
    "point": "subject bigint, slot integer, weight integer, opens integer, numerator bigint, denominator bigint, "
    "available bigint, points bigint",
    # Totals and places in the list of bands (0 is the best), before and after gates.
    "total": "subject bigint PRIMARY KEY, total bigint, by_total integer, position integer, is_barred integer, gates text",
    # What the numbers of slots stand for.
    "slot": "slot integer PRIMARY KEY, indicator bigint, criterion varchar(4), source varchar(10)",
}


class Workbench:
    """Tables of one track. SQL speaks of them as `scoring_<name>`; two tracks lie side by side under other prefixes."""

    def __init__(self, cursor, track):
        self._cursor = cursor
        self.track = track
        self._prefix = f"{track}_scoring_"

    @property
    def of_members(self):
        return self.track == Track.MEMBER

    def run(self, sql, values=None):
        """Run one statement; returns the number of rows it touched."""
        self._cursor.execute(self._named(sql), values or {})
        return self._cursor.rowcount

    def rows(self, sql, values=None):
        """All rows of a small answer."""
        self._cursor.execute(self._named(sql), values or {})
        return self._cursor.fetchall()

    def insert(self, table, rows):
        """Write Python rows in statements of many rows."""
        insert_rows(self._cursor, self._named(f"scoring_{table}"), rows)

    def settle(self, *tables):
        """Let the planner know how large freshly filled tables are; PostgreSQL does not look at temporary ones itself."""
        if connection.vendor == "postgresql":
            for table in tables:
                self.run(f"ANALYZE scoring_{table}")

    def create(self):
        self.drop()
        for name, columns in TABLES.items():
            self.run(f"CREATE TEMPORARY TABLE scoring_{name} ({columns})")

    def drop(self):
        for name in TABLES:
            self.run(f"DROP TABLE IF EXISTS scoring_{name}")

    def _named(self, sql):
        return sql.replace("scoring_", self._prefix)


@contextmanager
def workbenches(*tracks):
    """Open a workbench for each track; yields them in order. After an error the next opening clears up."""
    with connection.cursor() as cursor:
        benches = [Workbench(cursor, track) for track in tracks]
        for bench in benches:
            bench.create()
        yield benches
        for bench in benches:
            bench.drop()


def insert_rows(cursor, table, rows, batch=400):
    """Insert tuples, `batch` of them a statement; returns how many there were."""
    count = 0
    rows = iter(rows)
    while True:
        part = [row for _number, row in zip(range(batch), rows, strict=False)]
        if not part:
            return count
        places = f"({', '.join(['%s'] * len(part[0]))})"
        cursor.execute(f"INSERT INTO {table} VALUES {', '.join([places] * len(part))}", [v for row in part for v in row])
        count += len(part)


def fill_from_chunk(bench, chunk):
    """Take the subjects of one chunk of a run, and whose facts count for them."""
    values = {"run": chunk.run_id, "first": chunk.first, "last": chunk.last}
    if bench.of_members:
        bench.run(
            """INSERT INTO scoring_subject (subject, organization, member, category, rule_set)
            SELECT member_id, organization_id, member_id, category, rule_set FROM evaluations_runmember
            WHERE run_id = %(run)s AND lft BETWEEN %(first)s AND %(last)s""",
            values,
        )
    else:
        bench.run(
            """INSERT INTO scoring_subject (subject, organization, member, category, rule_set)
            SELECT subject_id, subject_id, NULL, category, rule_set FROM evaluations_runscope
            WHERE run_id = %(run)s AND lft BETWEEN %(first)s AND %(last)s
                AND subject_id = organization_id AND category <> ''""",
            values,
        )
        bench.run(
            """INSERT INTO scoring_scope (owner, subject)
            SELECT organization_id, subject_id FROM evaluations_runscope
            WHERE run_id = %(run)s AND lft BETWEEN %(first)s AND %(last)s AND category <> ''""",
            values,
        )
    _settle_subjects(bench)


def fill_from_organization(bench, organization, below, rule_set):
    """Take one organisation as it stands; `below` are the keys of its subtree, itself among them."""
    bench.insert("subject", [(organization.pk, organization.pk, None, organization.category, rule_set)])
    bench.insert("scope", ((owner, organization.pk) for owner in below))
    _settle_subjects(bench)


def _settle_subjects(bench):
    bench.run("INSERT INTO scoring_owner (owner) SELECT DISTINCT owner FROM scoring_scope")
    bench.settle("subject", "scope", "owner")

"""What SQLite's query planner knows about the tables; without it a page over many rows may take the wrong index.

PostgreSQL gathers the same by itself (autovacuum).
"""
from django.db import connection

ROWS_LOOKED_AT = 1_000  # of each index: some hundredths of a second, whatever the size


def learn_sizes():
    """Let SQLite look at its indexes; does nothing on PostgreSQL."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")

"""Every byte that an SQLite database keeps, as a thief would have it."""
import subprocess
from pathlib import Path


def bytes_of_sqlite(name):
    """The database file with its write-ahead log, read by another process.

    Not by this one: closing the file here would drop the locks that SQLite holds on it for the whole process (they are
    POSIX locks), the worker would take itself for the last one and remove the log, and every later test would fail.
    """
    path = Path(name)
    files = sorted(path.parent.glob(f"{path.name}*"))
    return subprocess.run(["cat", *files], check=True, capture_output=True).stdout

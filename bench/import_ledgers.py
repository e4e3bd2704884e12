"""Import of the two ledgers into an empty database: seconds of each step and peak memory of the process.

    .venv/bin/python -m bench.import_ledgers

Makes a data folder of its own (or uses DATABASE_URL, which must be migrated and empty). Prints JSON.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DEMO = Path(__file__).parents[1] / "demo"


def main():
    if "--measure" in sys.argv:
        measure()
        return
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        env = {**os.environ, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.base"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
        subprocess.run([sys.executable, "-m", "bench.import_ledgers", "--measure"], env=env, check=True)


def measure():
    """Time the check, the writing, the check of the same files again, and the undoing."""
    import django

    django.setup()
    from config.kit import clock
    from units.domain import imports
    from units.domain.import_apply import apply_import
    from units.domain.import_undo import undo_import
    from units.domain.ledger_findings import MEMBERS, ORGANIZATIONS

    files = {ORGANIZATIONS: DEMO / "党组织名册.xlsx", MEMBERS: DEMO / "党员花名册.xlsx"}
    files = {ledger: (path.name, path.read_bytes()) for ledger, path in files.items()}
    found = {"idle_mb": peak()}
    first, found["check_s"] = timed(lambda: checked(files))
    imports.confirm_import(first, reason="", by=None, at=clock.now())
    claimed = claim(first)
    _effect, found["write_s"] = timed(lambda: apply_import(claimed, at=clock.now()))
    second, found["check_again_s"] = timed(lambda: checked(files))
    found["rows"] = first.lines.count()
    found["unchanged_again"] = second.summary["members"]["unchanged"] + second.summary["organizations"]["unchanged"]
    found["peak_mb"] = peak()
    claimed.refresh_from_db()
    _none, found["undo_s"] = timed(lambda: undo_import(claimed, by=None, at=clock.now()))
    print(json.dumps(found, indent=2))


def checked(files):
    """The import of `files` with its preview, as a worker makes it."""
    from config.kit import clock, jobs
    from units.domain import imports

    job = claim(imports.start_import(files, by=None, at=clock.now()))
    tell = lambda done, total: jobs.heartbeat(job, at=clock.now(), done=done, total=total)  # noqa: E731
    imports.check_import(job, at=clock.now(), on=clock.today(), progress=tell)
    return job


def claim(roster_import):
    from config.kit import clock, jobs
    from units.models import RosterImport

    return jobs.claim(RosterImport, roster_import.pk, at=clock.now())


def timed(call):
    """(what `call` returns, seconds it took)."""
    began = time.perf_counter()
    answer = call()
    return answer, round(time.perf_counter() - began, 2)


def peak():
    """Peak memory of this process so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()

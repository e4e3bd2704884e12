"""Export of 100,000 rows of 12 columns from the database as xlsx: seconds and peak memory of the worker's own code.

    .venv/bin/python -m bench.export_rows [--rows 100000]

Makes a data folder of its own (or uses DATABASE_URL), fills it in one process and exports in another, so that the
memory of the filling does not count. Prints JSON.
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

PER_BRANCH = 25


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--step", choices=["fill", "export"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
        django.setup()
        {"fill": fill, "export": export}[options.step](options.rows)
        return
    with tempfile.TemporaryDirectory(prefix="bench-export-") as folder:
        for step in ("fill", "export"):
            command = [sys.executable, "-m", "bench.export_rows", "--rows", str(options.rows), "--step", step]
            subprocess.run(command, env={**os.environ, "DATA_DIR": folder}, check=True)


def fill(rows):
    """Organisations with PER_BRANCH members each; every tenth member holds a post. One office account reads them all."""
    from datetime import date

    from django.core.management import call_command
    from django.utils import timezone

    from config.kit.stroke import stroke_key
    from units import scope
    from units.models import Member, Organization, Post, RoleGrant, User

    call_command("migrate", verbosity=0)
    now = timezone.now()
    root = Organization.objects.create(code="00", name="部直属机关党委", kind="organ_committee", path=scope.step(0), depth=1)
    branches = Organization.objects.bulk_create(
        Organization(
            code=f"1-{n}", name=f"第{n}直属单位第一党支部", kind="branch", category="institution", parent=root, position=n,
            path=scope.step(0) + scope.step(n), depth=2,
        )
        for n in range(-(-rows // PER_BRANCH))
    )
    names = [family + given for family in "丁王牛毛文方尹孔刘李张陈" for given in "伟 丽 建国 丽萍 永康 玉颖".split()]
    keys = {name: stroke_key(name) for name in names}
    members = (
        Member(
            name=names[n % len(names)], stroke_key=keys[names[n % len(names)]], gender="male", status="full",
            born_on=date(1960 + n % 30, 1 + n % 12, 1), education="大学本科", joined_on=date(1990 + n % 15, 1, 1),
            full_on=date(1991 + n % 15, 1, 1), administrative_post="主任科员", organization=branches[n // PER_BRANCH],
        )
        for n in range(rows)
    )
    made = Member.objects.bulk_create(members, batch_size=2_000)
    Post.objects.bulk_create(
        (
            Post(member=one, organization_id=one.organization_id, kind="organizer", starts_on=date(2009, 1, 1), recorded_at=now)
            for one in made[::10]
        ),
        batch_size=2_000,
    )
    office = User.objects.create_user("bench", None, name="bench")
    RoleGrant.objects.create(user=office, role="office", organization=root, starts_on=date(2000, 1, 1), granted_at=now)


def export(rows):
    """Run the worker's task on one export row and print what it took."""
    from django.db import connection

    from config.kit import clock
    from units.domain.exports import export_folder, request_export
    from units.models import Export, User
    from units.tasks import run_export

    user = User.objects.get(username="bench")
    row = request_export("roster", title="bench", parameters={"organization": None}, by=user, at=clock.now())
    before, began, cpu = _peak(), time.perf_counter(), time.process_time()
    run_export(row.pk)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    row = Export.objects.get(pk=row.pk)
    if row.job_state != "done" or row.done_units != rows:
        raise SystemExit(f"the export did not finish: {row.job_state} {row.done_units} {row.error}")
    size = (export_folder() / row.stored_name).stat().st_size
    print(json.dumps({
        "database": connection.vendor, "rows": rows, "columns": 12, "seconds": round(wall, 2), "cpu_seconds": round(cpu, 2),
        "peak_mib": round(_peak(), 1), "mib_before": round(before, 1), "file_mib": round(size / 2**20, 2),
    }))


def _peak():
    """Largest resident size of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

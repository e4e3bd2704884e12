"""One scoring run with the demo and with 100 times the demo: wall seconds, CPU seconds, peak memory, on a data folder of its own.

    .venv/bin/python -m bench.score [--times 100] [--again 3]

Without DATABASE_URL on SQLite; with it on that database, which must be empty. Every run is a process of its own, so that
the memory of the filling does not count. Prints one JSON line for each size: the median of the runs by wall seconds.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

AS_OF = "2011-06-01"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100, help="how many times the size of the demo the province has")
    parser.add_argument("--again", type=int, default=3, help="runs of each size; their digests must agree")
    parser.add_argument("--campaign", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.campaign:
        measure(options.campaign)
        return
    with tempfile.TemporaryDirectory(prefix="bench-score-") as folder:
        os.environ |= {"DATA_DIR": os.environ.get("BENCH_DATA_DIR", folder)}
        manage("migrate", "-v0")
        manage("demo", "--once")
        manage("make_province", "--times", str(options.times))
        for campaign, size in (("cxzy", 1), ("province", options.times)):
            report(campaign, size, options.again)


def report(campaign, size, again):
    """Run `again` times and print the median; stops when two runs do not agree."""
    words = [sys.executable, "-m", "bench.score", "--campaign", campaign]
    runs = [json.loads(subprocess.run(words, check=True, capture_output=True).stdout) for _turn in range(again)]
    if len({run.pop("digest") for run in runs}) != 1:
        raise SystemExit(f"{campaign}: two runs over the same facts do not agree")
    median = statistics.median_low(run["seconds"] for run in runs)
    print(json.dumps({"times_demo": size, **next(run for run in runs if run["seconds"] == median)}), flush=True)


def measure(campaign):
    """One run in this process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    from datetime import date, datetime

    from django.db import connection
    from django.utils import timezone

    from campaign.models import Campaign
    from config.kit import clock
    from evaluations.domain.runs import start_run
    from evaluations.domain.whole_run import work_off
    from evaluations.models import RunMember, RunScope

    campaign, at = Campaign.objects.get(code=campaign), clock.now()
    known_at = timezone.make_aware(datetime(2011, 6, 9, 22))
    began, cpu = time.perf_counter(), _cpu()
    run = start_run(
        campaign, as_of=date.fromisoformat(AS_OF), known_at=known_at, by=None, at=at, occurrence=f"bench:{time.time_ns()}"
    )
    run = work_off(run, now=clock.now, wait=lambda: time.sleep(0.1))
    spent = {"seconds": round(time.perf_counter() - began, 2), "cpu_seconds": round(_cpu() - cpu, 2)}
    print(json.dumps({
        "database": connection.vendor, "organizations": RunScope.objects.filter(run=run).values("subject").distinct().count(),
        "members": RunMember.objects.filter(run=run).count(), "chunks": run.total_units,
        "rows": sum(run.chunks.values_list("rows", flat=True)), **spent,
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1), "digest": run.result_digest,
    }))


def _cpu():
    """CPU seconds of this process; on PostgreSQL the server's own come on top."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def manage(*words):
    subprocess.run([sys.executable, "manage.py", *words], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

"""Pages a second, p50 and p95 of the main pages through gunicorn, and their queries, with the demo and with 100 times the demo.

    .venv/bin/python -m bench.pages [--times 100] [--seconds 8] [--clients 4] [--only PAGE]

Makes a data folder of its own (or uses DATABASE_URL, which must be empty), scores both campaigns, starts the web server as
`manage.py serve` does and asks as the office. The machine also runs the clients. Prints one JSON line a page.
"""
import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

CAMPAIGNS = {"demo": ("cxzy", "office"), "province": ("province", "province")}  # campaign, the office's account


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100, help="how many times the size of the demo the province has")
    parser.add_argument("--seconds", type=float, default=8, help="how long each page is asked for")
    parser.add_argument("--clients", type=int, default=4, help="how many ask at a time")
    parser.add_argument("--only", help="one page by its name, e.g. 'duty board'")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as folder:
        os.environ |= {"DATA_DIR": os.environ.get("BENCH_DATA_DIR", folder), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
        manage("migrate", "-v0")
        manage("demo", "--once")
        manage("make_province", "--times", str(options.times))
        for campaign, _account in CAMPAIGNS.values():
            manage("score", "--campaign", campaign, "--as-of", "2011-06-09")
        import django

        django.setup()
        port = free_port()
        server = start_server(port)
        try:
            wait_for(port)
            for size, name in ((1, "demo"), (options.times, "province")):
                measure(size, *CAMPAIGNS[name], port, options)
        finally:
            server.terminate()
            server.wait()


def measure(size, campaign, account, port, options):
    """Every page of one campaign, as its office sees it."""
    from units.models import User

    cookie = session_of(User.objects.get(username=account))
    for name, path in pages_of(campaign):
        if options.only not in (None, name):
            continue
        queries, size_kib = count_queries(account, path)
        fetch(port, path, cookie)  # once to warm up
        times = hammer(port, path, cookie, options)
        times.sort()
        print(json.dumps({
            "times_demo": size, "page": name, "queries": queries, "kib": size_kib,
            "pages_per_second": round(len(times) / options.seconds, 1),
            "p50_ms": round(1000 * statistics.median(times), 1), "p95_ms": round(1000 * times[int(len(times) * 0.95)], 1),
        }), flush=True)


def pages_of(campaign):
    """(name, path): what the issue asks to measure, and one score."""
    from campaign.models import Campaign
    from evaluations.models import Score

    campaign = Campaign.objects.get(code=campaign)
    unit = campaign.organization.children.order_by("path").first()
    score = Score.objects.filter(run=campaign.current.run, organization=unit, member=None).get()
    return [
        ("home", "/"), ("organization", unit.get_absolute_url()), ("activity list", "/activities/"),
        ("dashboard", "/dashboard/"), ("score", score.get_absolute_url()),
        ("duty board", "/reviews/duties/"), ("duty board, last members", "/reviews/duties/?kind=member&state=gap&page=999999"),
    ]


def count_queries(account, path):
    """(queries, KiB) of one page, asked for inside this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from units.models import User

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=account), backend="django.contrib.auth.backends.ModelBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as context:
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return len(context), round(len(response.content) / 1024)


def session_of(user):
    """A cookie with which `user` is signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def hammer(port, path, cookie, options):
    """Seconds of each answer while `clients` threads ask for `seconds`."""
    times, until = [], time.monotonic() + options.seconds

    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            times.append(fetch(port, path, cookie, connection))
        connection.close()

    threads = [threading.Thread(target=ask) for _client in range(options.clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def fetch(port, path, cookie, connection=None):
    """Seconds until the whole page is there."""
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    own.request("GET", path, headers={"Cookie": cookie})
    response = own.getresponse()
    body = response.read()
    seconds = time.perf_counter() - began
    if response.status != 200 or not body.rstrip().endswith(b"</html>"):
        raise SystemExit(f"{path}: {response.status}, {len(body)} bytes")
    return seconds


def start_server(port):
    """The web server with the command line of `manage.py serve`."""
    from units.management.commands import serve

    return subprocess.Popen(serve.web_server(port), stdout=subprocess.DEVNULL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _try in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web server did not start")


def manage(*words):
    subprocess.run([sys.executable, "manage.py", *words], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

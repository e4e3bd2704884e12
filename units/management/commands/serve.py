"""`manage.py serve`: web server, Celery worker and clock together, for one machine; `make run` ends here."""
import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.kit import clock, supervise
from units.domain import demo_accounts

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Start the web server, a Celery worker and the clock; stop all of them on Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=None, help="default: the variable PORT, or 8000")
        parser.add_argument("--with-parent", action="store_true", help="stop when the calling process is told to stop")

    def handle(self, *, port, with_parent, **options):
        port = port or _port(os.environ.get("PORT") or "8000")
        watch = supervise.Watch(with_parent=with_parent)
        lock = supervise.one_at_a_time(
            settings.DATA_DIR / "serve.lock",
            f"Already running on this data folder (process {{pid}}): {settings.DATA_DIR}. "
            "Stop that one first, or choose another folder: DATA_DIR=… make run",
        )
        try:
            with lock:
                supervise.require_free_port(HOST, port)
                self._run(port, watch)
        except supervise.CannotRun as reason:
            raise CommandError(str(reason)) from None

    def _run(self, port, watch):
        address = f"http://{HOST}:{port}"
        env = {**os.environ, "DATA_DIR": str(settings.DATA_DIR), "PYTHONUNBUFFERED": "1"}
        env.setdefault("SITE_URL", address)
        env.setdefault("PYTHONWARNINGS", "ignore:::celery.platforms")  # in a container everything is root; no sermon
        children = []
        try:
            children.append(supervise.start("web server", web_server(port), env=env, cwd=settings.BASE_DIR))
            children.append(supervise.start("background worker", worker(), env=env, cwd=settings.BASE_DIR))
            if not watch.until_answers(f"{address}/health/", children):
                return
            self._announce(address)
            watch.until_stopped(children)
        finally:
            self.stdout.write("\nStopping …")
            self.stdout.flush()  # before what the children say about it
            supervise.stop(children)
            self.stdout.write("Stopped.")

    def _announce(self, address):
        lines = [f"创先争优 is running at {address}/", f"Data folder: {settings.DATA_DIR}"]
        if clock.is_demo():
            demo_accounts.create_missing(at=clock.now())
            made = demo_accounts.hand_out(at=clock.now())
            lines += ["", *demo_accounts.table(made)] if made else [
                "", "The demo accounts have passwords; new ones: .venv/bin/python manage.py demo_accounts --reset"
            ]
        lines += ["", "Ctrl-C stops everything."]
        self.stdout.write("\n".join(boxed(lines)))
        self.stdout.flush()


def web_server(port):
    """The command line of gunicorn: two processes of four threads, no control socket in the home folder."""
    options = "--worker-class gthread --workers 2 --threads 4 --graceful-timeout 4 --log-level warning"
    return [sys.executable, "-m", "gunicorn", *options.split(), "--no-control-socket",
            "--bind", f"{HOST}:{port}", "config.wsgi:application"]


def worker():
    """The command line of a Celery worker with the clock inside; for more machines see docs/operations.md."""
    return [sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker", "-B", "-c", "2", "-l", "WARNING"]


def boxed(lines):
    """Lines between two rules; no side walls, because Chinese characters are two columns wide in some terminals."""
    rule = "─" * 72
    return ["", rule, *(f"  {line}".rstrip() for line in lines), rule]


def _port(text):
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise CommandError(f"PORT must be a number from 1 to 65535, not “{text}”.")

"""Runs pytest on SQLite and on PostgreSQL with Redis: `python -m tests.services.run sqlite postgres -- pytest arguments`.

The servers come from the environment (DATABASE_URL, REDIS_URL) or are started here and ended with this program.
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.services import packages, servers

LEGS = ("sqlite", "postgres")
# What the caller's shell or make may have set for a running product, and no test should depend on.
NOT_OURS = {
    "DATABASE_URL", "REDIS_URL", "PORT", "SITE_URL", "HTTPS", "ALLOWED_HOSTS", "DEBUG", "SECRET_KEY", "EMAIL_URL",
    "DEFAULT_FROM_EMAIL", "LOG_LEVEL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTEST_ADDOPTS",
}


def left_out(legs):
    """Sentences for what this machine keeps from running, of the legs asked for."""
    concerns = {"postgresql": "postgres", "redis-server": "postgres"}
    return [need.left_out for need in packages.missing() if concerns.get(need.package, legs[0]) in legs]


@contextmanager
def leg_running(leg, arguments, notes, output):
    """Start pytest on one database, writing to the open file `output`; yields the process and ends it and its servers.

    `notes` is the file in which the legs leave a line for the last summary.
    """
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix=f"campaign-{leg}-"))
        env = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        # Named here, because importing `config` has already named the settings of the product in this environment.
        env |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATA_DIR": data, "SUITE_LEG": leg, "SUITE_NOTES": str(notes)}
        if leg == "postgres":
            env["DATABASE_URL"] = os.environ.get("DATABASE_URL") or stack.enter_context(servers.postgres())
            env["REDIS_URL"] = os.environ.get("REDIS_URL") or stack.enter_context(servers.redis_server())
        output.write(f"\n=== {leg}: {env.get('DATABASE_URL', 'SQLite')} {env.get('REDIS_URL', 'filesystem broker')}\n")
        output.flush()
        process = subprocess.Popen([sys.executable, "-m", "pytest", "-q", *arguments], env=env, stdout=output, stderr=output)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()


def run_legs(legs, arguments, notes, folder):
    """Run the legs at the same time, for each uses one core; returns their exit codes.

    The last one is seen as it goes; what the others said is printed when all have ended, so that lines never mix.
    """
    with ExitStack() as stack:
        running = []
        for leg in legs[:-1]:
            output = stack.enter_context(open(folder / leg, "w+"))
            running.append((stack.enter_context(leg_running(leg, arguments, notes, output)), output))
        last = stack.enter_context(leg_running(legs[-1], arguments, notes, sys.stdout))
        codes = [process.wait() for process, _ in running] + [last.wait()]
        for _, output in running:
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout)
    if len(legs) > 1:
        print(f"\n=== the whole suite\n{notes.read_text()}", end="", flush=True)
    return codes


def main(words):
    """Run the legs named before `--`. Returns 0 when all passed, 1 when a test failed, 2 for wrong words."""
    split = words.index("--") if "--" in words else len(words)
    legs, arguments = words[:split], words[split + 1:]
    if not legs or set(legs) - set(LEGS):
        print(f"Name one or both of: {' '.join(LEGS)}", file=sys.stderr)
        return 2
    gone = left_out(legs)
    if gone and os.environ.get("CI"):
        print(f"CI is set and this would be left out: {'; '.join(gone)}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="campaign-notes-") as folder:
        notes = Path(folder) / "notes"
        notes.write_text("".join(f"LEFT OUT: {sentence}\n" for sentence in gone))
        if any("the suite on" in sentence for sentence in gone):
            legs = [leg for leg in legs if leg != "postgres"]
        return int(any(run_legs(legs, arguments, notes, Path(folder))))


def _end(*_):
    """Turn SIGTERM into an ordinary exit, so that every `with` block ends its servers."""
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    sys.exit(main(sys.argv[1:]))

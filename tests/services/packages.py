"""What the suite needs from Debian: installed where that is allowed, else named loudly; `python -m tests.services.packages`."""
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.services import servers

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHINESE_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


@dataclass(frozen=True)
class Need:
    """A Debian package, how to see that its thing is there, and what is left out without it."""

    package: str
    is_there: callable
    left_out: str


BROWSER = Need("chromium", lambda: os.access(CHROMIUM, os.X_OK), "browser tests (no Chromium)")
POSTGRES = Need("postgresql", lambda: servers.postgres_programs() is not None, "tests that start a PostgreSQL")
NEEDS = [
    BROWSER,
    Need("fonts-noto-cjk", CHINESE_FONT.exists, "screenshots with Chinese glyphs (no Noto CJK font)"),
    Need("postgresql", lambda: bool(os.environ.get("DATABASE_URL")) or POSTGRES.is_there(),
         "the suite on PostgreSQL (no PostgreSQL)"),
    Need("redis-server", lambda: bool(os.environ.get("REDIS_URL") or servers.redis_program()),
         "the suite on Redis (no Redis)"),
]
# Tests with these marks are left out one by one where the program is missing.
PROGRAMS = {"browser": BROWSER, "postgres": POSTGRES}


def missing():
    """The needs that are not met on this machine now."""
    return [need for need in NEEDS if not need.is_there()]


def install(names):
    """Install Debian packages without asking anybody. Returns whether apt-get said it went well."""
    prefix = [] if os.getuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (prefix and not shutil.which("sudo")):
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A package that starts a server at once would take the standard ports; the suite starts its own.
    keep_quiet = ["--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    commands = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *keep_quiet, *names]]
    return all(subprocess.run([*prefix, *command], env=env, stdout=subprocess.DEVNULL).returncode == 0 for command in commands)


def main():
    """Install what is missing; 1 when CI is set and something stays away."""
    needs = missing()
    if needs:
        names = [need.package for need in needs]
        print(f"Installing {', '.join(names)} (Debian packages the suite needs) …", flush=True)
        install(names)
        needs = missing()
    if not needs:
        return 0
    print("\n" + "!" * 72)
    for need in needs:
        print(f"!! LEFT OUT: {need.left_out}. To have it: sudo apt-get install {need.package}")
    print("!" * 72 + "\n", flush=True)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())

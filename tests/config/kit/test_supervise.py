"""The supervisor ends everything it started, however it is told to stop, and explains what keeps it from starting."""
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from config.kit import supervise
from tests.services.servers import free_port

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time, os\n"
    "[signal.signal(s, signal.SIG_IGN) for s in (signal.SIGTERM, signal.SIGQUIT)]\n"
    "print('ready', flush=True)\n"
    "time.sleep(60)",
]
WITH_GRANDCHILD = [
    sys.executable,
    "-c",
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(60)",
]
# A supervisor of its own process, as `manage.py serve` is one: prints its child's process id, stops when told.
SUPERVISOR = (
    "import sys\n"
    "from config.kit import supervise\n"
    "watch = supervise.Watch(with_parent='--with-parent' in sys.argv)\n"
    "child = supervise.start('sleeper', [sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(child.process.pid, flush=True)\n"
    "try:\n"
    "    watch.until_stopped([child])\n"
    "finally:\n"
    "    supervise.stop([child])\n"
)


def heeding():
    """In a new process: as a terminal starts one. A shell that starts the suite behind itself, and `nohup`, have signals
    ignored in all that is started below."""
    for sign in (signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_DFL)


def lives(pid):
    """Whether process `pid` runs; one that has ended and waits for its parent does not count."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pid, within=10.0):
    """Whether process `pid` ends in time."""
    until = time.monotonic() + within
    while lives(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not lives(pid)


@pytest.fixture
def supervisor():
    """Start SUPERVISOR; yields a function(*arguments) -> (process, its child's process id)."""
    started = []

    def run(*words, through=()):
        process = subprocess.Popen(
            [*through, sys.executable, "-c", SUPERVISOR, *words], stdout=subprocess.PIPE, text=True, start_new_session=True,
            preexec_fn=heeding,
        )
        started.append(process)
        return process, int(process.stdout.readline())

    yield run
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def test_stop_ends_every_child():
    children = [supervise.start(name, SLEEP) for name in ("one", "two")]
    supervise.stop(children)
    assert [child.process.returncode for child in children] == [-signal.SIGTERM] * 2


def test_stop_kills_a_child_that_does_not_listen():
    child = supervise.start("stubborn", STUBBORN, stdout=subprocess.PIPE, text=True)
    assert child.process.stdout.readline() == "ready\n"
    supervise.stop([child], patience=0.2)
    assert child.process.returncode == -signal.SIGKILL
    child.process.stdout.close()


def test_stop_leaves_no_grandchild():
    child = supervise.start("parent", WITH_GRANDCHILD, stdout=subprocess.PIPE, text=True)
    grandchild = int(child.process.stdout.readline())
    assert lives(grandchild)
    supervise.stop([child])
    assert gone(grandchild)
    child.process.stdout.close()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_supervisor_ends_its_children(supervisor, sign):
    process, child = supervisor()
    process.send_signal(sign)
    assert gone(child)
    assert process.wait(10) == 0


def test_a_supervisor_killed_without_a_word_leaves_no_child(supervisor):
    process, child = supervisor()
    process.kill()
    process.wait(10)
    assert gone(child)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_supervisor_stops_with_the_make_that_started_it(supervisor, tmp_path, sign):
    (tmp_path / "Makefile").write_text(f"run:\n\t@exec {sys.executable} supervisor.py --with-parent\n")
    (tmp_path / "supervisor.py").write_text(SUPERVISOR)
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}  # not `make test`'s child
    env |= {"PYTHONPATH": os.getcwd()}
    make = subprocess.Popen(
        ["make", "run"], cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        preexec_fn=heeding,
    )
    child = int(make.stdout.readline())
    make.send_signal(sign)
    assert gone(child)
    make.wait(10)
    make.stdout.close()


def test_a_child_that_ends_by_itself_is_named():
    child = supervise.start("web server", [sys.executable, "-c", "raise SystemExit(3)"])
    child.process.wait(10)
    with pytest.raises(supervise.CannotRun, match="web server ended with code 3"):
        supervise.require_alive([child])


def test_a_busy_port_is_said_in_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(supervise.CannotRun, match=f"Port {port} cannot be used.*PORT=.* make run"):
            supervise.require_free_port("127.0.0.1", port, patience=0)
    supervise.require_free_port("127.0.0.1", port, patience=0)


def test_the_lock_names_its_holder_and_is_never_stale(tmp_path):
    path = tmp_path / "serve.lock"
    path.write_text("99999999")  # left by a run that was killed
    with supervise.one_at_a_time(path, "held by {pid}"):
        with pytest.raises(supervise.CannotRun, match=f"held by {os.getpid()}"):
            with supervise.one_at_a_time(path, "held by {pid}"):
                pass
    with supervise.one_at_a_time(path, "held by {pid}"):
        assert path.read_text() == str(os.getpid())

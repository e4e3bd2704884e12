"""Runs several programs as one: starts them, watches them, and leaves no process behind however it ends.

Every child leads a session of its own, so that Ctrl-C in the terminal reaches only the supervisor, and asks the kernel
for a signal when the supervisor dies without a word. Linux only, as the product is.
"""
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)  # loaded before any fork: a child must not look for libraries


class CannotRun(Exception):
    """The programs cannot start, or one of them ended; the text is a plain sentence for the person at the terminal."""


@dataclass(frozen=True)
class Child:
    """A started program: the name used in messages, and its process."""

    name: str
    process: subprocess.Popen


def start(name, argv, *, env=None, end_with=signal.SIGTERM, **popen):
    """Start `argv` as a child that gets the signal `end_with` when this process dies. Returns a Child."""
    parent = os.getpid()

    def tie_to_parent():
        _libc.prctl(PR_SET_PDEATHSIG, int(end_with))
        if os.getppid() != parent:  # the parent died between fork and here
            os._exit(1)

    process = subprocess.Popen(argv, env=env, start_new_session=True, preexec_fn=tie_to_parent, **popen)
    return Child(name, process)


def stop(children, *, patience=7.5, sign=signal.SIGTERM):
    """End all children: ask, after `patience` seconds ask again, then kill their whole groups; ten seconds in all.

    An idle celery worker with the filesystem broker takes six seconds to end politely.
    """
    for child in children:
        _send(child, sign)
    steps = [(patience, signal.SIGQUIT), (1.2, signal.SIGKILL), (0.8, None)]
    for seconds, next_sign in steps:
        until = time.monotonic() + seconds
        while time.monotonic() < until and any(child.process.poll() is None for child in children):
            time.sleep(0.05)
        for child in children:
            if next_sign is not None and child.process.poll() is None:
                _send(child, next_sign)
    for child in children:
        _kill_group(child)


def _send(child, sign):
    if child.process.poll() is None:
        child.process.send_signal(sign)


def _kill_group(child):
    """Kill what a child may have left in its session, and collect the dead that became ours (see Watch)."""
    try:
        os.killpg(child.process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # the group has no member any more
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        try:
            if os.waitpid(-child.process.pid, os.WNOHANG) == (0, 0):
                time.sleep(0.02)
        except ChildProcessError:
            return


@contextmanager
def one_at_a_time(path, sentence):
    """Hold the lock file `path` for the length of the block. The kernel frees it when the holder dies, so there is
    no stale one. Raises CannotRun(sentence with the holder's process id in place of {pid})."""
    with open(path, "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CannotRun(sentence.format(pid=file.read().strip() or "?")) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def require_free_port(host, port, *, patience=3.0):
    """Return when `port` can be bound; a server stopped a moment ago gets `patience` seconds. Raises CannotRun."""
    until = time.monotonic() + patience
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return
            except OSError as reason:
                if time.monotonic() > until:
                    raise CannotRun(
                        f"Port {port} cannot be used ({reason.strerror}). "
                        f"Choose another one: PORT={port + 1 if port < 65535 else 8001} make run"
                    ) from None
        time.sleep(0.2)


class Watch:
    """Keeps an eye on the children and on the wish to stop (signals, a parent that went away)."""

    def __init__(self, *, with_parent=False):
        # Orphans of our children come to us and not to process 1, which in a container may not collect the dead.
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
        self._wish = threading.Event()
        self._parent = os.getppid() if with_parent else None
        self._parent_caught = with_parent and _catches(self._parent, signal.SIGINT)
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if sign == signal.SIGHUP and signal.getsignal(sign) == signal.SIG_IGN:
                continue  # nohup
            signal.signal(sign, lambda *_: self._wish.set())

    def wants_to_stop(self, wait=0.0):
        """Whether somebody asked to stop; waits up to `wait` seconds for it."""
        if self._wish.wait(wait):
            return True
        if self._parent is None:
            return False
        # `make` told to stop by a signal of its own puts the handler back and waits for us without passing it on.
        return os.getppid() != self._parent or (self._parent_caught and not _catches(self._parent, signal.SIGINT))

    def until_stopped(self, children):
        """Return when a stop is wanted. Raises CannotRun when a child ends by itself."""
        while not self.wants_to_stop(0.3):
            require_alive(children)

    def until_answers(self, url, children, *, patience=60.0):
        """Return True when `url` answers, False when a stop is wanted first. Raises CannotRun."""
        until = time.monotonic() + patience
        while not self.wants_to_stop(0.15):
            require_alive(children)
            try:
                with urllib.request.urlopen(url, timeout=5):
                    return True
            except urllib.error.HTTPError as reason:
                raise CannotRun(f"{url} answers with error {reason.code}; the lines above say why.") from None
            except OSError:
                if time.monotonic() > until:
                    raise CannotRun(f"{url} did not answer within {patience:.0f} seconds.") from None
        return False


def require_alive(children):
    """Raises CannotRun, naming the child that has ended."""
    for child in children:
        if child.process.poll() is not None:
            raise CannotRun(f"The {child.name} ended with code {child.process.returncode}; the lines above say why.")


def _catches(pid, sign):
    """Whether process `pid` has a handler for `sign`."""
    try:
        with open(f"/proc/{pid}/status") as file:
            mask = next(line for line in file if line.startswith("SigCgt:"))
    except (OSError, StopIteration):
        return False
    return bool(int(mask.split()[1], 16) >> (sign - 1) & 1)

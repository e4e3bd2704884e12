"""A gateway for text messages on the loopback: it accepts, refuses, is busy, breaks off or hangs, and keeps what it saw."""
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUS = {"accept": 202, "refuse": 400, "busy": 503, "moved": 302, "failed": 500}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), body))
        if self.server.behaviour == "hang":
            self.server.released.wait(30)
        if self.server.behaviour in STATUS:
            self.send_response(STATUS[self.server.behaviour])
            self.end_headers()
            self.wfile.write(b"said")

    def log_message(self, *words):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/send?from=office"

    def saw(self, number, patience=10.0):
        """Whether exactly so many messages came in; one that was just sent may still be on its way into this process."""
        until = time.monotonic() + patience
        while len(self.seen) < number and time.monotonic() < until:
            time.sleep(0.01)
        return len(self.seen) == number

    def said(self):
        """The JSON of the last message."""
        return json.loads(self.seen[-1][2])


@contextmanager
def loopback(behaviour):
    """A running server with `url` and `seen` [(path, headers, body)]."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.behaviour, server.seen, server.released = behaviour, [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()

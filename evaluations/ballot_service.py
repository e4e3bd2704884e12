"""The ASGI application behind /v/cast/ on a server: ballots that come at the same time share a commit, without a thread each.

Only a ballot that is accepted is answered here. Everything else (another address, a code that cannot be used, a choice that is
none, a database that is away) goes to Django with the same body, so its pages and sentences are those of
`evaluations/views/ballots.py`, and wrong, spent and late codes go one way. Where this service does not run (`make run`), that
view takes the ballots too, at a fifth of the rate (docs/performance.md). No person, address or moment comes near, and nothing
is logged.
"""
import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from csp.middleware import CSPMiddleware
from django.core.exceptions import TooManyFieldsSent
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from evaluations.domain import ballots
from evaluations.domain.ballot_desk import MOST_AT_ONCE, take
from evaluations.middleware import NoCookieMiddleware
from evaluations.views.ballots import RECEIPT, demo_day, done_page, is_large, posted_choices

CAST = "/v/cast/"
FORM = b"application/x-www-form-urlencoded"
LONGEST = 64 * 1024  # bytes; a sheet of sixty subjects has five hundred


class EventDesk:
    """Takes ballots of one event loop: what comes while a commit is under way is the next commit."""

    def __init__(self):
        self._waiting, self._is_busy = deque(), False
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="ballots")  # one connection to the database

    async def cast(self, turn):
        """Returns when the turn is over."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, done))
        if not self._is_busy:
            self._is_busy = True
            self._serving = asyncio.create_task(self._serve())
        await done

    async def _serve(self):
        try:
            while self._waiting:
                await self._serve_some()
        finally:
            self._is_busy = False

    async def _serve_some(self):
        """The next batch. Whatever becomes of it, nobody is left waiting and the desk goes on with the next one."""
        batch = [self._waiting.popleft() for _each in range(min(len(self._waiting), MOST_AT_ONCE))]
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, _take, [turn for turn, _done in batch])
        except Exception as reason:  # before the first of them was written: Django's own desk takes them
            for turn, _done in batch:
                turn.wrong = reason
        for _turn, done in batch:
            if not done.done():  # a request that was given up waits no more
                done.set_result(None)


def _take(turns):
    close_old_connections()  # a database that was started anew gets a new connection
    take(turns)


class BallotService:
    """`django` answers whatever is not a ballot that is accepted."""

    def __init__(self, django):
        self._django, self._desk = django, EventDesk()

    async def __call__(self, scope, receive, send):
        messages = []
        answer = await self._answer(scope, receive, messages) if _is_cast(scope) else None
        if answer is None:
            return await self._django(scope, _again(messages, receive), send)
        headers, content = answer
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _answer(self, scope, receive, messages):
        """(headers, page with the receipt) of an accepted ballot, else None; what was received is added to `messages`."""
        data = await _form(receive, messages)
        asked = _fields(scope["query_string"])
        if data is None or asked is None:
            return None
        proto = dict(scope["headers"]).get(b"x-forwarded-proto", b"").decode("latin-1")
        headers, page = _done(is_large(asked, data), demo_day(), proto)  # before the ballot is in, as in the view
        turn = ballots.turn_of(data.get("code", ""), lambda places: posted_choices(data, places))
        await self._desk.cast(turn)
        if turn.wrong is not None:
            return None
        return headers, page.replace(RECEIPT.encode(), turn.receipt.encode())


def _is_cast(scope):
    return (
        scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == CAST
        and dict(scope["headers"]).get(b"content-type", b"").startswith(FORM)
    )


async def _form(receive, messages):
    """The posted fields; None when they are too many or too long, or when the browser went away."""
    length = 0
    while not messages or messages[-1].get("more_body"):
        messages.append(await receive())
        length += len(messages[-1].get("body", b""))
        if messages[-1]["type"] != "http.request" or length > LONGEST:
            return None
    return _fields(b"".join(message["body"] for message in messages))


def _fields(written):
    """The fields of a form or of an address; None when they are more than Django takes."""
    try:
        return QueryDict(written)
    except TooManyFieldsSent:
        return None


def _again(messages, receive):
    """A `receive` that gives what was received once more, and then goes on."""
    messages = deque(messages)

    async def give():
        return messages.popleft() if messages else await receive()

    return give


@lru_cache(maxsize=16)
def _done(large, day, proto):
    """(headers, bytes) of the page after casting, with the headers that Django's middleware gives the view's own answer."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "POST", CAST, CAST
    request.META["HTTP_X_FORWARDED_PROTO"] = proto
    layers = CSPMiddleware(XFrameOptionsMiddleware(lambda _request: HttpResponse(done_page(large, day))))
    response = SecurityMiddleware(NoCookieMiddleware(layers))(request)
    response["Content-Length"] = len(response.content)
    return [(name.lower().encode(), value.encode()) for name, value in response.items()], response.content

"""The service that takes ballots on a server: the same pages as the web server's, one commit for many, no log."""
import asyncio
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.core.asgi import get_asgi_application
from django.db import connection, connections
from django.test import Client

from evaluations import ballot_service
from evaluations.ballot_service import BallotService
from evaluations.domain import ballot_desk
from evaluations.domain.ballots import turn_of
from evaluations.models import Envelope, PollCode
from tests.factories.polls import count, open_poll
from tests.house import sources
from tests.services.servers import free_port

REFUSED = "这个投票码不能用：可能输错了、已经用过，或者测评已经结束。如果不是您本人用的，请告诉会务人员换发。"
CHOSEN = {f"c{place}": str(place % 4) for place in range(5)}
FORM = (b"content-type", b"application/x-www-form-urlencoded")
RECEIPT = re.compile(r"[A-Z2-9]{5}-[A-Z2-9]{5}")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(db):
    """The application as config/asgi.py makes it; the connection of its writer is closed in the end."""
    made = BallotService(get_asgi_application())
    yield made
    made._desk._writer.submit(connections.close_all).result()


async def ask(service, data, *, path="/v/cast/", method="POST", headers=(FORM,), query=b"", pieces=1):
    """(status, {header: value}, text) of one request, its body sent in `pieces`."""
    body = data if isinstance(data, bytes) else urlencode(data).encode()
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(), "query_string": query,
        "root_path": "", "scheme": "http", "server": ("127.0.0.1", 8001), "client": None,
        "headers": [(b"host", b"localhost"), (b"content-length", str(len(body)).encode()), *headers],
    }
    wire = ApplicationCommunicator(service, scope)
    step = -(-len(body) // pieces) or 1
    parts = [body[start:start + step] for start in range(0, len(body), step)] or [b""]
    for number, part in enumerate(parts, start=1):
        await wire.send_input({"type": "http.request", "body": part, "more_body": number < len(parts)})
    start = await wire.receive_output(20)
    text = b""
    while True:
        message = await wire.receive_output(20)
        text += message.get("body", b"")
        if not message.get("more_body"):
            break
    await wire.wait(20)
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, text.decode()


def run(work):
    """What the coroutine `work` returns, in a thread of its own: browser tests before leave an event loop in this one."""
    async def whole():
        try:
            return await work
        finally:
            await sync_to_async(connections.close_all)()  # those of the views

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, whole()).result(60)


def asked(*how, **more):
    return run(ask(*how, **more))


@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize("large", ["", "1"])
@pytest.mark.parametrize("proto", ["http", "https"])
def test_an_accepted_ballot_gets_what_the_web_server_gives(service, campaign, branch, settings, pieces, large, proto):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    _poll, codes = open_poll(campaign, branch)
    first, second = codes["members"][:2]
    theirs = Client(headers={"X-Forwarded-Proto": proto}).post("/v/cast/", {"code": first, **CHOSEN, "large": large})
    status, headers, page = asked(
        service, {"code": second, **CHOSEN, "large": large}, headers=(FORM, (b"x-forwarded-proto", proto.encode())), pieces=pieces
    )
    assert status == 200 and headers == {name.lower(): value for name, value in theirs.items()}
    assert RECEIPT.sub("?", page) == RECEIPT.sub("?", theirs.content.decode())
    assert RECEIPT.search(page)[0] != RECEIPT.search(theirs.content.decode())[0]
    assert (Envelope.objects.count(), PollCode.objects.filter(is_spent=True).count()) == (2, 2)


def test_large_type_may_stand_in_the_address_too(service, campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    status, _headers, page = asked(service, {"code": codes["members"][0], **CHOSEN}, query=b"large=1")
    theirs = Client().post("/v/cast/?large=1", {"code": codes["members"][1], **CHOSEN}).content.decode()
    assert status == 200 and RECEIPT.sub("?", page) == RECEIPT.sub("?", theirs)


def test_a_spent_a_wrong_and_a_late_code_get_the_same_page(service, campaign, branch):
    poll, codes = open_poll(campaign, branch)
    spent, late = codes["members"][:2]
    asked(service, {"code": spent, **CHOSEN})
    answers = [asked(service, {"code": code, **CHOSEN}) for code in (spent, "NOSUCHCODE", "")]
    count(poll)
    answers.append(asked(service, {"code": late, **CHOSEN}))
    theirs = Client().post("/v/cast/", {"code": spent, **CHOSEN})
    assert {status for status, _headers, _page in answers} == {403}
    assert {page for _status, _headers, page in answers} == {theirs.content.decode()} and REFUSED in answers[0][2]
    assert all("set-cookie" not in headers for _status, headers, _page in answers)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [({}, "这张票一项也没有选，请至少选一项。"), ({"c0": "9"}, "有一项的选择不在选项里，请重新选。")],
)
def test_a_wrong_choice_is_told_on_the_paper(service, campaign, branch, chosen, sentence):
    _poll, codes = open_poll(campaign, branch)
    status, _headers, page = asked(service, {"code": codes["members"][0], **chosen})
    assert status == 400 and sentence in page
    assert not Envelope.objects.exists()


def test_everything_else_is_answered_by_the_web_server(service, campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    code = codes["members"][0]
    assert asked(service, b"", path="/v/", method="GET", headers=())[::2] == (200, Client().get("/v/").content.decode())
    assert asked(service, b"", method="GET", headers=())[0] == 405
    assert asked(service, {"code": code, **CHOSEN}, path="/v/check/")[0] == 200
    assert asked(service, b"{}", headers=((b"content-type", b"application/json"),))[0] == 403
    many = "&".join(f"x{field}=1" for field in range(6001)).encode()  # more fields than Django takes
    assert asked(service, many)[0] == 400 and asked(service, {"code": "NOSUCHCODE"}, query=many)[0] == 400
    assert not Envelope.objects.exists()
    padded = {"code": code, **CHOSEN, "more": "x" * ballot_service.LONGEST}
    assert asked(service, padded)[0] == 200 and Envelope.objects.count() == 1


def test_a_browser_that_goes_away_casts_nothing(service, campaign, branch):
    open_poll(campaign, branch)

    async def half():
        scope = {"type": "http", "method": "POST", "path": "/v/cast/", "query_string": b"", "headers": [FORM]}
        messages = iter([{"type": "http.request", "body": b"code=", "more_body": True}, {"type": "http.disconnect"}])

        async def receive():
            return next(messages)

        return await service._answer(scope, receive, [])

    assert run(half()) is None and not Envelope.objects.exists()


def test_ballots_that_come_together_share_a_commit(service, campaign, branch, monkeypatch):
    _poll, codes = open_poll(campaign, branch, issued=(20, 0))
    taken = []

    def slowly(turns):
        taken.append(len(turns))
        until = time.monotonic() + 20
        while sum(taken) + len(service._desk._waiting) < 20 and time.monotonic() < until:
            time.sleep(0.01)  # the others come while the first commit is under way
        ballot_desk.take(turns)

    monkeypatch.setattr(ballot_service, "take", slowly)

    async def all_of_them():
        return await asyncio.gather(*[ask(service, {"code": code, **CHOSEN}) for code in codes["members"]])

    answers = run(all_of_them())
    assert [status for status, _headers, _page in answers] == [200] * 20
    assert sum(taken) == 20 and len(taken) <= 2
    assert len({RECEIPT.search(page)[0] for _status, _headers, page in answers}) == 20


def test_one_code_twenty_times_at_once_counts_once(service, campaign, branch):
    _poll, codes = open_poll(campaign, branch)

    async def all_of_them():
        return await asyncio.gather(*[ask(service, {"code": codes["members"][0], **CHOSEN}) for _time in range(20)])

    answers = run(all_of_them())
    assert sorted(status for status, _headers, _page in answers) == [200] + [403] * 19
    assert (Envelope.objects.count(), PollCode.objects.filter(is_spent=True).count()) == (1, 1)


def test_a_writing_that_fails_gets_the_page_of_a_failure(service, campaign, branch, monkeypatch):
    _poll, codes = open_poll(campaign, branch)

    def fail(_turns):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(ballot_desk, "_write", fail)
    status, _headers, page = asked(service, {"code": codes["members"][0], **CHOSEN})
    assert status == 500 and "票已投出" not in page
    assert not Envelope.objects.exists()


def test_a_desk_that_breaks_leaves_nobody_waiting(service, campaign, branch, monkeypatch):
    """The web server's own desk takes the ballot, and the next one comes the short way again."""
    _poll, codes = open_poll(campaign, branch)
    working = ballot_service._take

    def broken(_turns):
        monkeypatch.setattr(ballot_service, "_take", working)
        raise RuntimeError("no connection to close")

    monkeypatch.setattr(ballot_service, "_take", broken)
    answers = [asked(service, {"code": code, **CHOSEN}) for code in codes["members"][:2]]
    assert [status for status, _headers, _page in answers] == [200, 200] and Envelope.objects.count() == 2
    assert not service._desk._is_busy


def test_a_request_that_is_given_up_does_not_stop_the_desk(service, campaign, branch, monkeypatch):
    _poll, codes = open_poll(campaign, branch)
    take = ballot_service.take

    def slowly(turns):
        time.sleep(0.2)
        take(turns)

    monkeypatch.setattr(ballot_service, "take", slowly)

    async def one_given_up():
        turns = [turn_of(code, [0] * 5) for code in codes["members"][:2]]
        first = asyncio.create_task(service._desk.cast(turns[0]))
        await asyncio.sleep(0.05)
        first.cancel()
        await asyncio.wait_for(service._desk.cast(turns[1]), 10)
        return [turn.wrong for turn in turns]

    assert run(one_given_up()) == [None, None] and Envelope.objects.count() == 2


def test_the_service_as_deployed_takes_ballots_and_writes_no_log(campaign, branch, tmp_path):
    """The command line of deploy/campaign-ballots.service, with its two processes, on this test's database."""
    _poll, codes = open_poll(campaign, branch)
    (line,) = re.findall(r"^ExecStart=(.+)$", (sources.ROOT / "deploy/campaign-ballots.service").read_text(), re.MULTILINE)
    _python, *words = shlex.split(line)
    port = free_port()
    words[words.index("--port") + 1] = str(port)
    env = os.environ | {"WORKER_DATABASE": str(connection.settings_dict["NAME"])}
    log = tmp_path / "log"
    with log.open("wb") as said:
        process = subprocess.Popen([sys.executable, *words], env=env, stdout=said, stderr=said, cwd=sources.ROOT)
    try:
        wait_for(port, process)
        body = urlencode({"code": codes["members"][0], **CHOSEN})
        answers = [post(port, body), post(port, body)]
    finally:
        process.terminate()
        assert process.wait(20) in (0, -15)
    assert [answer.split(" ", 2)[1] for answer in answers] == ["200", "403"]
    assert RECEIPT.search(answers[0]) and REFUSED in answers[1]
    assert "\r\nserver:" not in answers[0].lower() and Envelope.objects.count() == 1
    assert log.read_text() == ""


def wait_for(port, process):
    for _try in range(300):
        assert process.poll() is None
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the service did not start")


def post(port, body):
    """The whole answer, head and page."""
    with socket.create_connection(("127.0.0.1", port), 20) as wire:
        wire.sendall(
            f"POST /v/cast/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()
        )
        return b"".join(iter(lambda: wire.recv(65536), b"")).decode()

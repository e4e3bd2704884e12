"""Handing a message to an HTTP gateway: signed, filled safely, once, and honest about what nobody knows."""
import datetime
import hashlib
import hmac
import json

import pytest

from config.kit.gateway import Gateway, Outcome, body_of, hand_over
from tests.services.gateway import loopback

AT = datetime.datetime(2011, 6, 10, 1, 0, tzinfo=datetime.UTC)


def post(url, timeout=5):
    gateway = Gateway(url, "secret", '{"m": "$phone", "c": ["$text", 1]}', timeout)
    return hand_over(gateway, {"phone": "138", "text": "到期"}, at=AT, message_id="reminder-7")


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        ("accept", Outcome.SENT), ("refuse", Outcome.REFUSED), ("moved", Outcome.REFUSED), ("busy", Outcome.AWAY),
        ("failed", Outcome.UNKNOWN), ("break", Outcome.UNKNOWN),
    ],
)
def test_each_answer_has_its_outcome(behaviour, outcome):
    with loopback(behaviour) as server:
        assert post(server.url)[0] == outcome
        assert len(server.seen) == 1


def test_a_gateway_that_hangs_after_taking_it_leaves_it_unknown():
    with loopback("hang") as server:
        assert post(server.url, timeout=0.2) == (Outcome.UNKNOWN, "timed out")
        assert server.saw(1)


def test_where_nobody_listens_nothing_was_handed_over():
    with loopback("accept") as server:
        url = server.url
    assert post(url)[0] == Outcome.AWAY


def test_the_gateway_can_check_who_sent_it_and_tell_a_second_one():
    with loopback("accept") as server:
        post(server.url)
    path, headers, body = server.seen[0]
    signed = hmac.new(b"secret", f"{int(AT.timestamp())}\n".encode() + body, hashlib.sha256).hexdigest()
    assert (path, headers["X-Signature"], headers["Idempotency-Key"]) == ("/send?from=office", signed, "reminder-7")
    assert json.loads(body) == {"m": "138", "c": ["到期", 1]}


@pytest.mark.parametrize("text", ['","admin":"1', "$phone ${id} $$", "\n\\", "</script>"])
def test_no_value_leaves_its_place(text):
    assert json.loads(body_of('{"a": "$text!", "b": "x"}', {"text": text})) == {"a": f"{text}!", "b": "x"}


def test_a_name_that_the_template_does_not_know_is_an_error():
    with pytest.raises(KeyError):
        body_of('{"a": "$nobody"}', {"text": "x"})

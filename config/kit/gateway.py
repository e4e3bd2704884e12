"""Hand one message to an HTTP gateway (SMS and the like): signed, once, and honest about what nobody knows.

The body is JSON made of a template, so that a private gateway needs no code here. The signature is
HMAC-SHA256(key, "<seconds since 1970>\\n" + body), hexadecimal, in X-Signature; the seconds stand in X-Timestamp.
"""
import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from string import Template
from urllib.parse import urlsplit

CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}
TOOK_NOTHING = {429, 503}  # the gateway says itself that it has not taken the message
MOST_READ = 2000


class Outcome(StrEnum):
    SENT = "sent"
    REFUSED = "refused"  # it will be refused again
    AWAY = "away"  # nothing was handed over
    UNKNOWN = "unknown"  # handed over, and no answer that says what became of it


@dataclass(frozen=True)
class Gateway:
    """`url` is http or https; `template` is JSON whose strings may hold $names; `timeout` is in seconds, for each wait."""

    url: str
    key: str
    template: str
    timeout: float = 10


def body_of(template, values):
    """The filled template as bytes. Values never leave their string, whatever they hold. Raises KeyError, ValueError."""
    return json.dumps(_filled(json.loads(template), values), ensure_ascii=False).encode()


def _filled(part, values):
    if isinstance(part, dict):
        return {name: _filled(inner, values) for name, inner in part.items()}
    if isinstance(part, list):
        return [_filled(inner, values) for inner in part]
    return Template(part).substitute(values) if isinstance(part, str) else part


def signature(key, seconds, body):
    """What the gateway compares."""
    return hmac.new(key.encode(), f"{seconds}\n".encode() + body, hashlib.sha256).hexdigest()


def hand_over(gateway, values, *, at, message_id):
    """Post one message. Returns (Outcome, what was said); never raises for what a network does, and never tries twice."""
    address, body = urlsplit(gateway.url), body_of(gateway.template, values)
    connection = CONNECTIONS[address.scheme](address.hostname, address.port, timeout=gateway.timeout)
    try:
        connection.connect()
    except OSError as reason:
        return Outcome.AWAY, _words(reason)
    try:
        path = (address.path or "/") + (f"?{address.query}" if address.query else "")
        connection.request("POST", path, body=body, headers=_headers(gateway.key, body, at, message_id))
        answer = connection.getresponse()
        said = answer.read(MOST_READ).decode(errors="replace")
    except (OSError, HTTPException) as reason:
        return Outcome.UNKNOWN, _words(reason)
    finally:
        connection.close()
    return _outcome(answer.status), f"{answer.status} {said}".strip()


def _headers(key, body, at, message_id):
    seconds = int(at.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8", "X-Timestamp": str(seconds),
        "X-Signature": signature(key, seconds, body), "Idempotency-Key": message_id,
    }


def _outcome(status):
    if 200 <= status < 300:
        return Outcome.SENT
    if status in TOOK_NOTHING:
        return Outcome.AWAY
    return Outcome.REFUSED if 300 <= status < 500 else Outcome.UNKNOWN


def _words(reason):
    return str(reason) or type(reason).__name__

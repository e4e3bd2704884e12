"""The broker without a server: a reader never sees half of a message, and survives one that cannot be read."""
import json
import os
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from config.celery import app
from config.kit import message_files


@pytest.fixture
def channel(tmp_path):
    """A channel of the transport, with its folders in `tmp_path`."""
    for name in ("msg", "control"):
        (tmp_path / name).mkdir()
    folder = str(tmp_path / "msg")
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": str(tmp_path / "control")}
    with Connection("filesystem://localhost", transport_options=options) as connection:
        yield connection.channel()


def test_the_application_uses_it():
    with Connection("filesystem://localhost") as connection:
        assert isinstance(connection.transport, message_files.Transport)
    assert app.connection().transport_cls in ("filesystem", "redis")


def test_messages_come_back_in_their_order(channel, monkeypatch):
    ticks = iter([1.0, 2.0, 3.0])
    monkeypatch.setattr(message_files, "monotonic", lambda: next(ticks))
    for number in range(3):
        channel._put("celery", {"number": number, "words": "第一条"})
    assert (channel._size("celery"), channel._size("other")) == (3, 0)
    assert [channel._get("celery")["number"] for _each in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_is_whole_when_it_can_be_seen_first(channel, tmp_path, monkeypatch):
    seen, replace = [], os.replace

    def look(written, name):
        seen.append((channel._size("celery"), json.loads(written.read_text())))
        replace(written, name)

    monkeypatch.setattr(message_files.os, "replace", look)
    channel._put("celery", {"number": 1})
    assert seen == [(0, {"number": 1})]
    assert [path.suffix for path in (tmp_path / "msg").iterdir()] == [".msg"]


def test_an_empty_file_is_dropped_and_the_next_message_taken(channel, tmp_path, caplog):
    (tmp_path / "msg" / "0_x.celery.msg").write_text("")
    channel._put("celery", {"number": 2})
    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._get("celery") == {"number": 2}
    assert "could not be read and was dropped" in caplog.text


def test_a_folder_that_is_gone_is_told(channel, tmp_path):
    (tmp_path / "msg").rmdir()
    with pytest.raises(ChannelError, match="^Cannot add a message to "):
        channel._put("celery", {})

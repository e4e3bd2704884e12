"""Two hundred ballots of known voters, one after another: nothing that is left tells better than guessing who chose what
(issue, test 1). Looked through: every table in every order it can be read in, dumps, the write-ahead log, history, log,
broker; and during the voting no plain text anywhere."""
import logging
import os
import random
import sqlite3
import statistics
import subprocess
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.test import Client

from evaluations.domain import polls
from evaluations.models import Answer, Receipt, Tally
from evaluations.tasks import count_poll
from tests.factories.polls import POLL_AT, open_poll
from tests.factories.units import UserFactory
from tests.services import servers
from tests.services.stored import bytes_of_sqlite
from units.models import HistoryEntry

VOTERS = 200
TOO_MUCH = 5  # standard deviations; by chance once in a million looks
HOLDS_BALLOTS = {"evaluations_pollcode", "evaluations_envelope"}


def surprise(known, read):
    """How many standard deviations the number of places where both agree lies from that of shuffled lists."""
    chance, shuffled = random.Random(1), list(read)
    by_chance = []
    for _turn in range(200):
        chance.shuffle(shuffled)
        by_chance.append(agreeing(known, shuffled))
    return abs(agreeing(known, read) - statistics.mean(by_chance)) / statistics.stdev(by_chance)


def agreeing(one, other):
    return sum(a == b for a, b in zip(one, other, strict=True))


def rows_of_tables():
    """{table: number of rows} of the whole database."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            (found[table],) = cursor.fetchone()
        return found


def orders(table):
    """{name: SQL} of the orders in which the rows of `table` can be read."""
    if connection.vendor == "sqlite":
        return {"key": "id", "place": "rowid", "backwards": "id DESC"}
    return {"key": "id", "place": "ctid", "writer": "xmin::text::bigint, ctid", "backwards": "id DESC"}


def read(table, columns, order):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {orders(table)[order]}")
        return cursor.fetchall()


def dump():
    """The whole database as text, in the order in which its own tool writes it."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        with sqlite3.connect(f"file:{name}?mode=ro", uri=True) as file:
            return "\n".join(file.iterdump())
    place = connection.settings_dict
    words = [servers.postgres_programs() / "pg_dump", "-h", place["HOST"], "-p", str(place["PORT"]), "-U", place["USER"], name]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def files_of_the_database():
    """The bytes of the database's files, its write-ahead log included; of PostgreSQL the log."""
    if connection.vendor == "sqlite":
        return bytes_of_sqlite(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        (folder,) = cursor.fetchone()
    log = Path(folder) / "pg_wal"
    if not os.access(log, os.R_OK):
        pytest.skip("the server's write-ahead log lies on another machine")
    return b"".join(file.read_bytes() for file in log.iterdir() if file.is_file())


def broker():
    """Everything that lies in the broker, as bytes."""
    if settings.REDIS_URL:
        client = redis.Redis.from_url(settings.REDIS_URL)
        return b"".join(key + (client.dump(key) or b"") for key in client.keys())
    return b"".join(file.read_bytes() for file in settings.QUEUE_DIR.rglob("*") if file.is_file())


def vote(code, choices):
    """Cast on the page; returns the receipt."""
    page = Client().post("/v/cast/", {"code": code, **{f"c{place}": choice for place, choice in enumerate(choices)}})
    assert page.status_code == 200
    return page.content.decode().split('fs-4 fw-bold mb-1">')[1][:11]


@pytest.fixture
def voted(campaign, branch, transactional_db, caplog):
    """(poll, codes, [choices of each voter], receipts, what changed during the voting). The second choice follows from the
    first one, so that answers lying together would show."""
    caplog.set_level(logging.DEBUG)
    poll, codes = open_poll(campaign, branch, issued=(VOTERS, 0))
    chance = random.Random(20110608)
    chosen = []
    for _voter in range(VOTERS):
        first = chance.randrange(4)
        chosen.append([first, (first + 1) % 4, *(chance.randrange(4) for _item in range(3))])
    before = rows_of_tables()
    receipts = [vote(code, choices) for code, choices in zip(codes["members"], chosen, strict=True)]
    after = rows_of_tables()
    changed = {table for table in after if after[table] != before.get(table)}
    return poll, codes["members"], chosen, receipts, changed


def test_two_hundred_ballots_of_known_voters_are_linked_no_better_than_by_guessing(voted, caplog):
    poll, codes, chosen, receipts, changed = voted
    assert changed == {"evaluations_envelope"}  # and of each code its mark: no other table knows that somebody voted
    plain = [*codes, *(code.lower() for code in codes[:5]), *receipts]
    text, files = dump(), files_of_the_database()
    assert len(files) > 50_000 and len(text) > 50_000
    assert not [word for word in plain if word in text]
    assert not [word for word in plain if word.encode() in files]

    entries = HistoryEntry.objects.count()
    row = polls.close_poll(poll, by=UserFactory(), at=POLL_AT)
    count_poll(row.pk)
    assert Tally.objects.get().job_state == "done"
    assert HistoryEntry.objects.count() == entries + 1  # that it was closed
    nothing_links(poll, chosen, receipts)
    left = rows_of_tables()
    assert not any(left[table] for table in HOLDS_BALLOTS)
    text = dump()
    assert not [code for code in codes if code in text]
    listed = [text.index(receipt) for receipt in receipts]
    assert sorted(receipts, key=text.index) == sorted(receipts)  # by the alphabet
    assert abs(rank_correlation(listed)) < TOO_MUCH / VOTERS**0.5
    written = caplog.text + broker().decode(errors="replace")
    assert not [word for word in plain if word in written]
    assert "/v/" not in caplog.text


def nothing_links(poll, chosen, receipts):
    """No order of answers or receipts agrees with the order of the voters, nor with each other."""
    questions = list(poll.questions.order_by("position").values_list("pk", flat=True))
    voters = dict(zip(receipts, chosen, strict=True))
    for order in orders("evaluations_answer"):
        rows = read("evaluations_answer", "question_id, choice", order)
        by_question = [[choice for question, choice in rows if question == wanted] for wanted in questions]
        listed = [voters[receipt] for (receipt,) in read("evaluations_receipt", "code", order)]
        for place, stored in enumerate(by_question):
            assert surprise([choices[place] for choices in chosen], stored) < TOO_MUCH, (order, place)
            assert surprise([choices[place] for choices in listed], stored) < TOO_MUCH, (order, place)
        assert surprise([(choice + 1) % 4 for choice in by_question[0]], by_question[1]) < TOO_MUCH, order
    assert Answer.objects.count() == 5 * VOTERS and Receipt.objects.count() == VOTERS
    if connection.vendor == "postgresql":
        for table in ("evaluations_answer", "evaluations_receipt"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT COUNT(DISTINCT (xmin::text, xmax::text)) FROM {table}")
                assert cursor.fetchone() == (1,)


def rank_correlation(values):
    """Spearman's coefficient of the values with their order."""
    found = {place: rank for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__))}
    return statistics.correlation(range(len(values)), [found[place] for place in range(len(values))])


def test_what_kept_an_order_would_be_found():
    chance = random.Random(3)
    known = [chance.randrange(4) for _voter in range(VOTERS)]
    assert surprise(known, known) > TOO_MUCH
    half = [choice if place % 2 else chance.randrange(4) for place, choice in enumerate(known)]
    assert surprise(known, half) > TOO_MUCH
    assert rank_correlation(list(range(VOTERS))) > 0.99

"""The page that machines ask."""
from django.db import DatabaseError, connection


def test_health_needs_no_account(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_health_says_when_the_database_is_away(client, db):
    def away(execute, sql, params, many, context):
        raise DatabaseError

    with connection.execute_wrapper(away):
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"database": "away"})

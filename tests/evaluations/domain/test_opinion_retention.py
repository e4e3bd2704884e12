"""What time does to opinions: yesterday's rows are written anew, and texts go some months after the end."""
from datetime import timedelta

import pytest
from django.db import connection

from config.kit.attachments import Attachment
from evaluations import tasks
from evaluations.domain import opinions
from evaluations.domain.opinion_retention import purge_opinions, settle_opinions
from evaluations.models import Opinion, OpinionAttachment, OpinionMessage
from tests.factories.opinions import again, assigned, send


def test_rows_of_days_that_are_over_are_settled(root, today):
    early, _code = send(root, on=today - timedelta(days=1), attachment=Attachment("pdf", b"x"))
    late, _code = send(root, on=today)
    assert settle_opinions(on=today) == 3
    assert list(Opinion.objects.filter(is_settled=True)) == [early]
    assert OpinionAttachment.objects.get().is_settled
    assert settle_opinions(on=today) == 0
    again(early, on=today)
    assert settle_opinions(on=today + timedelta(days=1)) == 4  # the new text, its opinion, and the other one with its text


def test_one_transaction_wrote_them_all(root, today):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL keeps the transaction with the row")
    for _number in range(4):
        send(root, on=today - timedelta(days=1))
    settle_opinions(on=today)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM evaluations_opinion")
        assert cursor.fetchone() == (1,)


def test_texts_go_with_their_code_months_after_the_end(root, office, at, today):
    opinion, code = assigned(root, account=office, attachment=Attachment("pdf", b"x"))
    kept, _code = send(root)
    opinions.answer_opinion(opinion, text="办了", by=office, at=at, on=today)
    opinions.close_opinion(opinion, by=office, at=at, on=today)
    end = today.replace(year=today.year + 1)
    assert purge_opinions(months=12, on=end - timedelta(days=1)) == 0
    assert purge_opinions(months=12, on=end) == 1
    opinion.refresh_from_db()
    assert (opinion.digest, opinion.purged_on, opinion.state) == (None, end, "closed")
    assert OpinionMessage.objects.count() == 1 and not OpinionAttachment.objects.exists()
    with pytest.raises(opinions.CodeUnknown):
        opinions.opinion_of(code)
    assert purge_opinions(months=12, on=end) == 0 and kept.messages.exists()


def test_the_clock_does_all_three(root, office, at, today, stopped_clock, settings):
    settings.OPINION_KEPT_MONTHS = 1
    opinion, _code = assigned(root, account=office)
    opinions.answer_opinion(opinion, text="办了", by=office, at=at, on=today)
    opinions.close_opinion(opinion, by=office, at=at, on=today)
    stopped_clock(at + timedelta(days=40))
    for task in (tasks.forget_hours, tasks.settle_opinions, tasks.purge_opinions):
        task()
    opinion.refresh_from_db()
    assert opinion.is_settled and opinion.purged_on and not OpinionMessage.objects.exists()

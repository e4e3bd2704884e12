"""What many do to the opinion box at the same time: more than an hour takes, and one page sent ten times."""
import re

import pytest
from django.test import Client

from evaluations.models import FloodHour, Opinion, OpinionMessage
from tests.evaluations.test_ballot_rush import at_once
from tests.factories.opinions import ticket

SAID = {"kind": "problem", "text": "窗口排队要一个小时"}


def write(page):
    return Client().post("/opinions/write/", {**SAID, **page})


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_and_the_hour_takes_five(root, at, settings):
    settings.OPINIONS_PER_HOUR = 5
    pages = [ticket(at) for _number in range(20)]
    answers = at_once([lambda page=page: write(page).status_code for page in pages])
    assert sorted(answers) == [200] * 5 + [429] * 15
    assert Opinion.objects.count() == OpinionMessage.objects.count() == FloodHour.objects.get().sent == 5


@pytest.mark.django_db(transaction=True)
def test_one_page_sent_ten_times_is_one_opinion_with_one_code(root, at):
    page = ticket(at)
    answers = at_once([lambda: write(page).content.decode()] * 10)
    codes = {re.search(r"[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}", answer)[0] for answer in answers}
    assert len(codes) == 1 and Opinion.objects.count() == OpinionMessage.objects.count() == 1

"""The published summary: whole months, from five up, nothing that can be worked out, and frozen."""
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.rectifications import report_rectification, verify_rectification
from evaluations.domain import opinion_follow_ups, opinion_months, opinions
from evaluations.domain.opinion_months import _shown, next_period, publish_month
from evaluations.enums import OpinionKind
from evaluations.models import Opinion, OpinionMonth
from tests.factories.opinions import assigned, send

APRIL, MAY, JUNE = date(2011, 4, 20), date(2011, 5, 20), date(2011, 6, 2)


def several(root, number, day, kind="problem"):
    for _number in range(number):
        send(root, kind=kind, on=day)


def test_a_month_that_is_over_is_published_from_five_up(root, office, at, today):
    several(root, 4, MAY)
    several(root, 9, JUNE)
    assert next_period(root, on=today) is None
    with pytest.raises(
        opinion_months.NothingToPublish, match="^上次公布以后，已经过完的月份里不足 5 条，和下个月的合在一起公布。$"
    ):
        publish_month(root, changed="", by=office, at=at, on=today)
    several(root, 1, MAY)
    period = next_period(root, on=today)
    assert (period.first_on, period.last_on, period.total) == (date(2011, 5, 1), date(2011, 5, 31), 5)


def test_small_months_are_joined_with_the_next(root, office, at, today):
    several(root, 3, APRIL)
    several(root, 2, MAY, kind="praise")
    period = next_period(root, on=today)
    assert (period.first_on, period.last_on, period.total, period.kinds) == (date(2011, 4, 1), date(2011, 5, 31), 5, [])
    made = publish_month(root, changed=" 加开一个窗口 ", by=office, at=at, on=today)
    assert (made.total, made.changed, made.states) == (5, "加开一个窗口", [["正在办理", 5]])
    assert next_period(root, on=today) is None
    several(root, 5, JUNE)
    assert next_period(root, on=date(2011, 7, 1)).first_on == date(2011, 6, 1)


def test_a_published_month_does_not_change(root, office, at, today):
    several(root, 5, MAY)
    publish_month(root, changed="", by=office, at=at, on=today)
    opinions.answer_opinion(Opinion.objects.first(), text="办了", by=office, at=at, on=today)
    assert OpinionMonth.objects.get().states == [["正在办理", 5]]
    with pytest.raises(IntegrityError), transaction.atomic():
        OpinionMonth.objects.create(
            organization=root, first_on=date(2011, 5, 1), last_on=MAY, total=5, published_at=at, published_by=office
        )


def test_answers_are_counted_apart_when_both_sides_have_five(root, office, at, today):
    several(root, 11, MAY)
    for opinion in Opinion.objects.all()[:6]:
        opinions.answer_opinion(opinion, text="办了", by=office, at=at, on=today)
    assert next_period(root, on=today).states == [["已经答复", 6], ["正在办理", 5]]
    opinions.answer_opinion(Opinion.objects.filter(state="received").first(), text="办了", by=office, at=at, on=today)
    assert next_period(root, on=today).states == []  # 7 and 4: either one would tell the other


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_no_figure_and_no_rest_counts_fewer_than_five(numbers):
    counts = Counter(dict(zip(OpinionKind.values, numbers, strict=True)))
    shown = _shown(counts, OpinionKind.choices)
    rest = sum(counts.values()) - sum(number for _word, number in shown)
    assert all(number >= 5 for _word, number in shown)
    if shown:
        assert rest == 0 or rest >= 5


def test_the_office_sees_what_was_mended(campaign, root, unit, office, secretary, at, today):
    several(root, 4, MAY)
    opinion, _code = assigned(root, about=unit, account=office, on=MAY)
    item = opinion_follow_ups.mend(
        opinion, campaign=campaign, organization=unit, problem="窗口太少", due_on=today, by=office, at=at, on=today
    )
    period = next_period(root, on=today)
    assert not opinion_months.mended_since(root, period)
    report_rectification(item, measures="加了", by=secretary, at=at)
    verify_rectification(item, by=office, at=at, on=today + timedelta(days=1))
    assert [row.rectification for row in opinion_months.mended_since(root, period)] == [item]

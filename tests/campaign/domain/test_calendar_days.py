"""The office's own days of the working-day calendar, and the year that is missing."""
import datetime

import pytest

from campaign.domain import calendar_days
from campaign.domain.due_supervision import calendar_to_fill
from campaign.models import CalendarDay

JUNE = datetime.date(2011, 6, 13)


@pytest.fixture
def keep(office, at):
    def make(**said):
        return calendar_days.keep_days(**{"first": JUNE, "is_working": False, "by": office, "at": at} | said)

    return make


def test_a_stretch_is_one_row_a_day(keep):
    assert keep(last=datetime.date(2011, 6, 15), note="国办通知") == 3
    assert set(CalendarDay.objects.all().kept().values()) == {False}
    assert calendar_days.reply_day(datetime.date(2011, 6, 10), 1) == datetime.date(2011, 6, 16)


@pytest.mark.parametrize(
    ("said", "refusal", "message"),
    [
        ({"last": datetime.date(2011, 6, 12)}, calendar_days.SpanUnclear, "最后一天不能早于第一天。"),
        ({"last": datetime.date(2011, 8, 1)}, calendar_days.SpanUnclear, "一次最多登记 31 天。"),
        ({}, calendar_days.DayTaken, "这几天里有登记过的，请先删去再登记。"),
    ],
)
def test_what_is_refused(said, refusal, message, keep):
    if refusal is calendar_days.DayTaken:
        keep()
    with pytest.raises(refusal) as refused:
        keep(**said)
    assert refused.value.message == message


def test_a_row_taken_back_follows_the_notices_again(keep, office, at):
    keep()
    calendar_days.drop_day(CalendarDay.objects.get(), by=office, at=at)
    assert calendar_days.reply_day(datetime.date(2011, 6, 10), 1) == JUNE


def test_the_office_is_told_of_a_year_without_a_notice(keep, office, today):
    def made(*words):
        return words[0], words[3]

    november = datetime.date(2026, 11, 26)
    assert not list(calendar_to_fill(made, on=today, user=office))
    assert list(calendar_to_fill(made, on=november, user=office)) == [(office.pk, "2027 年的节假日安排还没有登记")]
    keep(first=datetime.date(2027, 1, 1))
    assert not list(calendar_to_fill(made, on=november, user=office))

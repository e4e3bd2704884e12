"""Working days: the notices of 2010–2012 with the weekends worked instead, years without a notice, the office's own rows."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kit.working_days import is_covered, is_working_day, working_day_after, working_days_between


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    # State Council's notices: 2010 (mid-autumn, National Day), 2011 (Spring Festival, National Day), 2012 (New Year, 清明, 端午)
    ["2010-02-15", "2010-09-22", "2010-10-07", "2011-02-02", "2011-02-08", "2011-04-05", "2011-06-06", "2011-10-03",
     "2012-01-03", "2012-01-23", "2012-04-02", "2012-06-22", "2012-10-05"],
)
def test_public_holidays_on_weekdays_are_free(text):
    assert day(text).weekday() < 5
    assert not is_working_day(day(text))


@pytest.mark.parametrize(
    "text",
    ["2010-02-20", "2010-02-21", "2010-09-19", "2010-09-25", "2010-09-26", "2010-10-09", "2011-01-30", "2011-02-12",
     "2011-04-02", "2011-10-08", "2011-10-09", "2011-12-31", "2012-01-21", "2012-01-29", "2012-03-31", "2012-04-01",
     "2012-04-28", "2012-09-29"],
)
def test_weekends_worked_instead_count(text):
    assert day(text).weekday() >= 5
    assert is_working_day(day(text))


def test_a_term_runs_over_holidays_and_weekends_worked_instead():
    assert working_day_after(day("2011-06-10"), 5) == day("2011-06-17")  # an ordinary week
    assert working_day_after(day("2011-06-03"), 5) == day("2011-06-13")  # 端午: Monday 6th is free
    assert working_day_after(day("2011-09-29"), 3) == day("2011-10-09")  # 30th, then the weekend after National Day is worked
    assert working_day_after(day("2011-01-31"), 1) == day("2011-02-01")
    assert working_day_after(day("2011-02-01"), 1) == day("2011-02-09")


@pytest.mark.parametrize("year", [2003, 2027, 2040])
def test_years_without_a_notice_count_monday_to_friday(year):
    assert not is_covered(year)
    first = datetime.date(year, 5, 1)
    week = [first + datetime.timedelta(days=number) for number in range(7)]
    assert [is_working_day(one) for one in week] == [one.weekday() < 5 for one in week]


def test_the_years_of_the_library_are_known():
    assert [is_covered(year) for year in (2004, 2010, 2012, 2026)] == [True] * 4


def test_rows_of_the_office_win():
    kept = {day("2027-01-01"): False, day("2027-01-02"): True, day("2011-06-13"): False}
    assert not is_working_day(day("2027-01-01"), kept=kept) and is_working_day(day("2027-01-02"), kept=kept)
    assert working_day_after(day("2026-12-31"), 1, kept=kept) == day("2027-01-02")
    assert working_day_after(day("2011-06-10"), 1, kept=kept) == day("2011-06-14")


def test_a_term_of_nothing_or_without_end_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        working_day_after(day("2011-06-10"), 0)
    never = {day("2011-06-10") + datetime.timedelta(days=number): False for number in range(500)}
    with pytest.raises(ValueError, match="no 1 working days"):
        working_day_after(day("2011-06-10"), 1, kept=never)


@given(st.dates(day("2009-01-01"), day("2028-12-31")), st.integers(1, 15))
def test_the_term_ends_on_a_working_day_and_holds_as_many_as_asked(first, count):
    last = working_day_after(first, count)
    assert is_working_day(last)
    assert working_days_between(first, last) == count

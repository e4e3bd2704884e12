"""Quarters: each day lies in exactly one, and they follow each other without a gap."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kit.quarter import Quarter, quarter_of, quarters

days = st.dates(datetime.date(2010, 1, 1), datetime.date(2013, 12, 31))


@given(days)
def test_a_day_lies_in_its_quarter_and_the_next_begins_behind_it(day):
    quarter = quarter_of(day)
    assert quarter.covers(day)
    assert quarter.next.first == quarter.last + datetime.timedelta(days=1)


@given(days, days)
def test_all_quarters_between_two_days(first, last):
    found = quarters(first, last)
    assert bool(found) is (quarter_of(first) <= quarter_of(last))
    assert [quarter.next for quarter in found[:-1]] == found[1:]


@pytest.mark.parametrize(
    ("day", "code", "title"),
    [((2011, 1, 1), "2011-Q1", "2011年第一季度"), ((2011, 6, 30), "2011-Q2", "2011年第二季度"),
     ((2011, 12, 31), "2011-Q4", "2011年第四季度")],
)
def test_their_names(day, code, title):
    quarter = quarter_of(datetime.date(*day))
    assert (quarter.code, quarter.title) == (code, title)
    assert quarter == Quarter(day[0], int(code[-1]))

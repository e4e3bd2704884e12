"""Half-years cover every day once."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kit.half_year import HalfYear, half_year_of, half_years

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_half_year_only(day):
    half = half_year_of(day)
    assert half.covers(day)
    assert half_year_of(half.first) == half_year_of(half.last) == half
    assert not half.covers(half.first - datetime.timedelta(days=1))
    assert not half.covers(half.last + datetime.timedelta(days=1))


@given(DAYS, DAYS)
def test_half_years_follow_one_another_newest_first(one, other):
    first, last = sorted([one, other])
    found = half_years(first, last)
    assert (found[-1], found[0]) == (half_year_of(first), half_year_of(last))
    for newer, older in zip(found, found[1:], strict=False):
        assert older.last + datetime.timedelta(days=1) == newer.first


@pytest.mark.parametrize(("half", "title", "code"), [(1, "2011年上半年", "2011-1"), (2, "2011年下半年", "2011-2")])
def test_titles_and_codes(half, title, code):
    assert (HalfYear(2011, half).title, HalfYear(2011, half).code) == (title, code)

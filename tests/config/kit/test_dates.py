from datetime import date

from config.kit.dates import chinese_date, chinese_month, years_before


def test_dates_have_arabic_digits_without_leading_zeros():
    assert chinese_date(date(2011, 6, 5)) == "2011年6月5日"
    assert chinese_month(date(2001, 6, 1)) == "2001年6月"


def test_years_before_keeps_the_day_where_there_is_one():
    assert years_before(date(2011, 6, 5), 2) == date(2009, 6, 5)
    assert years_before(date(2012, 2, 29), 1) == date(2011, 2, 28)
    assert years_before(date(2012, 2, 29), 4) == date(2008, 2, 29)

"""Dates of ledgers: every spelling of a month, and the number that may be January or October."""
import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from units.domain.chinese_dates import (
    ColumnStyle,
    NotADate,
    PartialDate,
    Precision,
    Tenth,
    TenthUnknown,
    column_style,
    is_blank,
    read_date,
)

ON = datetime.date(2011, 6, 10)
OCTOBER = ColumnStyle(Tenth.OCTOBER)
JUNE_2010 = PartialDate(datetime.date(2010, 6, 1), Precision.MONTH)
FIRST_OF_JUNE = PartialDate(datetime.date(2010, 6, 1), Precision.DAY)
days = st.dates(datetime.date(1850, 1, 1), ON)
FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")


@pytest.mark.parametrize(
    "value",
    ["2010.6", "2010.06", "2010年6月", "2010年06月份", "2010-06", "2010-6", "2010/6", "2010/06", "2010 年 6 月", "2010—06",
     "２０１０．６", "２０１０年６月", " 2010.6\u3000", "201006", 2010.06, 2010.6, 201006, 201006.0,
     datetime.date(2010, 6, 1), datetime.datetime(2010, 6, 1, 0, 0)],
)
def test_a_month_in_every_spelling(value):
    assert read_date(value, style=OCTOBER, on=ON) == JUNE_2010


@pytest.mark.parametrize(
    "value", ["2010年6月1日", "2010-06-01", "2010.6.1", "2010/6/1", "20100601", 20100601.0, "2010-06-01 00:00:00"]
)
def test_a_day_in_every_spelling(value):
    assert read_date(value, style=OCTOBER, on=ON) == FIRST_OF_JUNE


@pytest.mark.parametrize("value", ["", None, "无", "—", "-", "--", "－", " ", "\u3000", "\u200b", "/", "暂无"])
def test_nothing_in_every_spelling(value):
    assert is_blank(value)
    assert read_date(value, style=OCTOBER, on=ON) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2010.13, "有效日期；月份只有 1 到 12"),
        ("2010.13", "有效日期；月份只有 1 到 12"),
        ("2010年0月", "有效日期；月份只有 1 到 12"),
        ("1989-02-30", "有效日期；1989年2月只有 28 天"),
        ("2011.6.31", "有效日期；2011年6月只有 30 天"),
        ("2011年6月11日", "不晚于今天（2011-06-10）的日期"),
        ("2012.1", "不晚于今天（2011-06-10）的日期"),
        (datetime.date(2031, 1, 1), "不晚于今天（2011-06-10）的日期"),
        ("1849.12", "1850 年以后的日期"),
        (1700.01, "1850 年以后的日期"),
        ("1980", "写到月的日期，例如 1989.02"),
        ("1980年", "写到月的日期，例如 1989.02"),
        (1980.0, "写到月的日期，例如 1980.02"),
        (40330.0, "日期；这里只剩 Excel 内部的数，请把单元格格式改回“日期”再保存"),
        ("年底", "日期，例如 1989.02、1989年2月 或 1989-02-15"),
        ("10.6", "日期，例如 1989.02、1989年2月 或 1989-02-15"),
        (2010.061, "日期，例如 1989.02、1989年2月 或 1989-02-15"),
        (float("nan"), "日期，例如 1989.02、1989年2月 或 1989-02-15"),
        (True, "日期，例如 1989.02、1989年2月 或 1989-02-15"),
        (datetime.time(3, 4), "日期，例如 1989.02、1989年2月 或 1989-02-15"),
    ],
)
def test_what_is_no_date_says_what_would_be(value, expected):
    with pytest.raises(NotADate) as refused:
        read_date(value, style=OCTOBER, on=ON)
    assert refused.value.expected == expected


# 2010.1 ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "beside", "numbers"),
    [
        ([2010.1, 2009.01], [], Tenth.OCTOBER),
        ([2010.1, 1998.09, 2001.12], [], Tenth.OCTOBER),
        ([2010.1], [], Tenth.ASK),
        ([2010.1, 2010.11, 2010.12], [], Tenth.ASK),
        # 2010.10 typed into such a column is kept as 2010.1 too: it tells nothing.
        ([2010.1, 2010.2], [], Tenth.ASK),
        ([2010.1, 2010.01, 2010.2], [], Tenth.ASK),
        ([2010.1], [1997.03, "1985年2月"], Tenth.OCTOBER),
        ([2010.1], [1997.3], Tenth.ASK),
        ([2010.1, 2010.2], [1997.03], Tenth.ASK),
        ([2010.1, "2010.01"], [], Tenth.ASK),
    ],
)
def test_what_the_number_means_is_told_by_its_column(column, beside, numbers):
    assert column_style(column, beside).numbers == numbers


@pytest.mark.parametrize(
    ("column", "texts"),
    [(["2010.1", "2009.2", "2008.10"], Tenth.JANUARY), (["2010.1", "2009.02"], Tenth.ASK), (["2010.1", 2009.02], Tenth.JANUARY)],
)
def test_what_the_text_means_is_told_by_its_column(column, texts):
    assert column_style(column).texts == texts


@pytest.mark.parametrize(
    ("value", "style", "month"),
    [
        (2010.1, ColumnStyle(Tenth.OCTOBER), 10),
        (2010.1, ColumnStyle(Tenth.JANUARY), 1),
        (2010.01, ColumnStyle(Tenth.ASK), 1),
        (2010.11, ColumnStyle(Tenth.ASK), 11),
        ("2010.1", ColumnStyle(Tenth.OCTOBER), 1),
        ("2010.1", ColumnStyle(texts=Tenth.OCTOBER), 10),
        ("2010.10", ColumnStyle(texts=Tenth.ASK), 10),
        ("2010-1", ColumnStyle(texts=Tenth.ASK), 1),
    ],
)
def test_the_tenth_is_read_in_the_style_of_its_column(value, style, month):
    assert read_date(value, style=style, on=ON).day == datetime.date(2010, month, 1)


@pytest.mark.parametrize(("value", "style"), [(2010.1, ColumnStyle()), ("2010.1", ColumnStyle(texts=Tenth.ASK))])
def test_where_nothing_tells_a_person_is_asked(value, style):
    with pytest.raises(TenthUnknown):
        read_date(value, style=style, on=ON)


# Properties -----------------------------------------------------------------------------------
@given(days, st.sampled_from(["%Y年%m月%d日", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d"]), st.booleans())
def test_a_written_day_is_that_day(day, form, wide):
    text = day.strftime(form)
    found = read_date(text.translate(FULL_WIDTH) if wide else text, style=OCTOBER, on=ON)
    assert found == PartialDate(day, Precision.DAY)


@given(days, st.sampled_from(["{0}.{1}", "{0}年{1}月", "{0}-{1:02}", "{0}/{1}", "{0} 年 {1:02} 月"]))
def test_a_written_month_is_its_first_day(day, form):
    found = read_date(form.format(day.year, day.month), style=ColumnStyle(), on=ON)
    assert found == PartialDate(day.replace(day=1), Precision.MONTH)


@given(st.lists(days, min_size=1, max_size=30).filter(lambda found: any(day.month < 10 for day in found)))
@example([datetime.date(2010, 10, 1), datetime.date(2010, 1, 1)])
def test_a_column_of_two_digit_numbers_is_read_back(column):
    values = [float(f"{day.year}.{day.month:02}") for day in column]
    style = column_style(values)
    assert [read_date(value, style=style, on=ON).day for value in values] == [day.replace(day=1) for day in column]


@given(st.one_of(st.text(), st.floats(), st.integers(), st.dates(), st.datetimes(), st.booleans(), st.times()))
def test_no_value_breaks_the_reader(value):
    try:
        found = read_date(value, style=ColumnStyle(), on=ON)
    except (NotADate, TenthUnknown):
        return
    assert found is None or datetime.date(1850, 1, 1) <= found.day <= ON

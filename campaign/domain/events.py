"""Events that a text may speak of, and the days it names: what lay ahead on the day of the activity cannot have been done."""
import re
from datetime import date

# (what a text calls it, the first day on which it could be spoken of as past); public events of the campaign's years.
EVENTS = (
    ("十七届五中全会", date(2010, 10, 15)),
    ("十二五规划纲要", date(2011, 3, 14)),
    ("庆祝建党90周年大会", date(2011, 7, 1)),
    ("庆祝中国共产党成立90周年大会", date(2011, 7, 1)),
    ("七一重要讲话", date(2011, 7, 1)),
    ("“七一”重要讲话", date(2011, 7, 1)),
    ("十七届六中全会", date(2011, 10, 15)),
    ("十七届七中全会", date(2012, 11, 1)),
    ("党的十八大", date(2012, 11, 8)),
    ("十八大精神", date(2012, 11, 8)),
    ("十八大报告", date(2012, 11, 8)),
)
# Words before or behind a mention, inside its clause, by which the author says that it lies ahead.
AHEAD = re.compile(
    r"迎接|喜迎|迎|献礼|向.{0,12}献|筹备|准备|将|拟|计划|打算|预计|定于|以前|之前|前|下一步|下步|届时|到时|倒计时|争取|截止|截至|为期"
)
CLAUSE = re.compile(r"[^，。；！？、]+")
YEAR = re.compile(r"(20\d\d)\s*年")
DAY = re.compile(r"(?:(20\d\d)\s*年\s*)?(1[0-2]|[1-9])\s*月\s*(3[01]|[12]\d|[1-9])\s*日")


def future_mention(text, *, on):
    """The words of `text` that speak of something after the day `on` as if it had been, or ""."""
    for clause in CLAUSE.findall(text):
        if AHEAD.search(clause):
            continue
        for words, first in EVENTS:
            if words in clause and on < first:
                return words
        for named in DAY.finditer(clause):
            day = _day(named, on)
            if day and day > on:
                return named.group()
    return ""


def _day(named, on):
    """The day that a match of DAY names; without a year the nearest one to `on`."""
    year, month, number = named.groups()
    years = [int(year)] if year else [on.year - 1, on.year, on.year + 1]
    days = [day for one in years if (day := _valid(one, int(month), int(number)))]
    return min(days, key=lambda day: abs(day - on), default=None)


def _valid(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Read the dates of Party ledgers: years and months in every spelling, and the number 2010.1 that may be two months.

Ledgers write the month a thing happened as 2010.6, 2010年6月, 2010-06 or a real date. Typed as a number, 2010.01 keeps
its zero but 2010.10 becomes 2010.1: October in a column that writes January as 2010.01. A column that writes February
as 2010.2 tells nothing, because there 2010.1 is January and what is left of 2010.10; then a person is asked.
"""
import math
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext as _

EARLIEST_YEAR = 1850
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_DASHES = re.compile(r"[‐‑‒–—―−~]")
_CLOCK = re.compile(r"(?<=\d)[ T]+\d{1,2}:\d{2}(:\d{2})?$")
_WRITTEN = re.compile(r"(\d{4})(?:年|[./-])(\d{1,2})(?:月份?|(?:月|[./-])(\d{1,2})日?)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_DOTTED = re.compile(r"\d{4}\.(\d{1,2})")
_BLANKS = {"", "无", "暂无", "没有", "-", "--", "/", "\\", "、", "空"}
_SERIALS = range(3_000, 60_000)  # days since 1900 between 1908 and 2064


class Precision(StrEnum):
    MONTH = "month"
    DAY = "day"


class Tenth(StrEnum):
    """What the number 2010.1 means in a column."""

    JANUARY = "january"
    OCTOBER = "october"
    ASK = "ask"


class NotADate(Exception):
    """`expected` says what would be right."""

    def __init__(self, expected):
        super().__init__(expected)
        self.expected = expected


class TenthUnknown(Exception):
    """The value may be January or October, and nothing in its column tells; a person has to say."""


@dataclass(frozen=True)
class PartialDate:
    """A day, or the first day of a month when only the month is known."""

    day: date
    precision: Precision


@dataclass(frozen=True)
class ColumnStyle:
    """How a column writes months: what 2010.1 means there as a number and as a text."""

    numbers: Tenth = Tenth.ASK
    texts: Tenth = Tenth.JANUARY


@lru_cache(maxsize=20_000)  # the same few thousand words fill a ledger's columns
def plain(text):
    """The text with half-width digits and signs, one kind of dash and no spaces."""
    return _SPACES.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", text))).replace("。", ".")


def _hundredths(value):
    """The digits behind the point of a number such as 2010.06, 0 … 99, or None when there are more than two."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not EARLIEST_YEAR <= value < 10_000:
        return None
    scaled = value * 100
    return round(scaled) % 100 if abs(scaled - round(scaled)) < 1e-6 else None


def _number_evidence(values):
    """(whether months are written 01 … 09, whether they are written 2 … 9) among the numbers of a column."""
    found = {_hundredths(value) for value in values}
    return bool(found & set(range(1, 10))), bool(found & set(range(20, 100, 10)))


def column_style(values, beside=()):
    """The style of a column from its values, and from those of the sheet's other date columns where its own do not tell.

    `beside` is an iterable of values that the same hand wrote in the same sheet.
    """
    two_digits, one_digit = _number_evidence(values)
    if not two_digits and not one_digit:
        two_digits, one_digit = _number_evidence(beside)
    numbers = Tenth.OCTOBER if two_digits and not one_digit else Tenth.ASK
    dotted = [found[1] for value in values if isinstance(value, str) and (found := _DOTTED.fullmatch(plain(value)))]
    texts = Tenth.ASK if any(month.startswith("0") for month in dotted) else Tenth.JANUARY
    return ColumnStyle(numbers, texts)


def is_blank(value):
    """Whether a cell says that there is nothing: empty, 无, — and the like."""
    return value is None or (isinstance(value, str) and plain(value) in _BLANKS)


def read_date(value, *, style, on):
    """The PartialDate that a cell means, or None for an empty one; `on` is the present day.

    Raises NotADate with what would be right, and TenthUnknown for 2010.1 when `style` does not tell.
    """
    if is_blank(value):
        return None
    if isinstance(value, datetime | date):
        return _from_calendar(value, on)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotADate(_example())
    if isinstance(value, str):
        return _from_text(value, style, on)
    return _from_number(value, style, on)


def _example():
    return _("日期，例如 1989.02、1989年2月 或 1989-02-15")


def _too_early():
    return _("%(year)d 年以后的日期") % {"year": EARLIEST_YEAR}


def _from_calendar(value, on):
    day = value.date() if isinstance(value, datetime) else value
    # Excel puts a month that was typed as 2010年6月 on its first day.
    return _checked(day.year, day.month, day.day, on, Precision.MONTH if day.day == 1 else Precision.DAY)


def _from_text(value, style, on):
    text = plain(_CLOCK.sub("", value.strip()))
    written = _WRITTEN.fullmatch(text) or _PACKED.fullmatch(text)
    if not written:
        raise NotADate(_("写到月的日期，例如 1989.02") if re.fullmatch(r"\d{4}年?", text) else _example())
    dotted = _DOTTED.fullmatch(text)
    year, month, day = written.groups()
    if dotted and dotted[1] == "1":
        month = _tenth(style.texts)
    return _checked(int(year), int(month), int(day or 1), on, Precision.DAY if day else Precision.MONTH)


def _from_number(value, style, on):
    if not math.isfinite(value):
        raise NotADate(_example())
    if value == int(value):
        return _from_whole_number(int(value), style, on)
    if 1_000 <= value < EARLIEST_YEAR:
        raise NotADate(_too_early())
    hundredths = _hundredths(value)
    if hundredths is None:
        raise NotADate(_example())
    if hundredths == 10:
        month = _tenth(style.numbers)
    else:  # 2010.2 is how Excel keeps 2010.2, and nobody writes a twentieth month
        month = hundredths // 10 if hundredths >= 20 and hundredths % 10 == 0 else hundredths
    return _checked(int(value), month, 1, on, Precision.MONTH)


def _from_whole_number(value, style, on):
    if len(str(value)) in (6, 8) and str(value)[:2] in ("18", "19", "20"):
        return _from_text(str(value), style, on)
    if EARLIEST_YEAR <= value <= on.year:
        raise NotADate(_("写到月的日期，例如 %(year)d.02") % {"year": value})
    if value in _SERIALS:
        raise NotADate(_("日期；这里只剩 Excel 内部的数，请把单元格格式改回“日期”再保存"))
    raise NotADate(_example())


def _tenth(meaning):
    if meaning == Tenth.ASK:
        raise TenthUnknown
    return 1 if meaning == Tenth.JANUARY else 10


def _checked(year, month, day, on, precision):
    if not 1 <= month <= 12:
        raise NotADate(_("有效日期；月份只有 1 到 12"))
    if year < EARLIEST_YEAR:
        raise NotADate(_too_early())
    if year <= date.max.year and not 1 <= day <= monthrange(year, month)[1]:
        raise NotADate(
            _("有效日期；%(year)d年%(month)d月只有 %(days)d 天")
            % {"year": year, "month": month, "days": monthrange(year, month)[1]}
        )
    found = date(year, month, day)
    if found > on:
        raise NotADate(_("不晚于今天（%(day)s）的日期") % {"day": on.isoformat()})
    return PartialDate(found, precision)

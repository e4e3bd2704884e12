"""Working days of the Chinese calendar: public holidays and the weekends worked instead, from the yearly notices.

chinesecalendar knows the years 2004 to 2026. Outside of them Monday to Friday count, corrected by rows that the office keeps
(campaign/models/calendar_day.py); such rows win in every year. Callers give them as {day: whether it is worked}.
"""
from datetime import date, timedelta

import chinese_calendar

ONE_DAY = timedelta(days=1)
MOST_DAYS = 400  # a longer term is a mistake; keeps a calendar without any working day from looping


def is_covered(year):
    """Whether the notices of that year are known without rows of the office."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day, *, kept=None):
    """Whether people work on `day`; `kept` are the office's own rows, {day: bool}."""
    if kept and day in kept:
        return kept[day]
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


def working_day_after(day, count, *, kept=None):
    """The `count`-th working day after `day` (the day itself does not count). Raises ValueError for less than 1."""
    if count < 1:
        raise ValueError("a term has at least one working day")
    left, found = count, day
    for _number in range(MOST_DAYS):
        found += ONE_DAY
        left -= is_working_day(found, kept=kept)
        if not left:
            return found
    raise ValueError(f"no {count} working days in {MOST_DAYS} days after {day.isoformat()}")


def working_days_between(first, last, *, kept=None):
    """How many working days there are after `first` up to and with `last`; 0 when `last` is not later."""
    days = (last - first).days
    return sum(is_working_day(first + ONE_DAY * number, kept=kept) for number in range(1, days + 1))

"""How dates are written in Chinese documents, and days counted in whole years and months."""
import calendar


def chinese_date(day):
    """2011年6月20日: arabic digits, no leading zeros, as GB/T 9704 asks for 成文日期."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_month(day):
    """2001年6月, for dates that the ledger gives by the month."""
    return f"{day.year}年{day.month}月"


def years_before(day, years):
    """The same day `years` earlier; 29 February becomes the 28th."""
    year = day.year - years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def years_after(day, years):
    """The same day `years` later; 29 February becomes the 28th."""
    return years_before(day, -years)


def months_after(day, months):
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))

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

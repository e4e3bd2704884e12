"""Days as they are written in sentences."""
from django.utils.translation import gettext as _


def day_words(day):
    """2011年6月10日."""
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}


def span_words(first, last):
    """2011年3月1日—2011年7月1日."""
    return f"{day_words(first)}—{day_words(last)}"


def short_day(day):
    """6月10日, where the year is plain."""
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


def short_span(first, last):
    """6月27日—7月3日."""
    return f"{short_day(first)}—{short_day(last)}"

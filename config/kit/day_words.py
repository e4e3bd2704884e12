"""Days as they are written in sentences."""
from django.utils.translation import gettext as _


def day_words(day):
    """2011年6月10日."""
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}


def span_words(first, last):
    """2011年3月1日—2011年7月1日."""
    return f"{day_words(first)}—{day_words(last)}"

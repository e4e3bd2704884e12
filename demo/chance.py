"""The seeded dice of the generator, and days and moments drawn with them."""
import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


class Chance(random.Random):
    """random.Random with the few draws that the writers share."""

    def happens(self, percent):
        return self.randrange(100) < percent

    def weighted(self, weights):
        """One key of {key: weight}."""
        return self.choices(list(weights), list(weights.values()))[0]

    def day(self, first, last):
        return first + timedelta(days=self.randrange((last - first).days + 1))

    def workday(self, first, last):
        """A day from Monday to Friday in the span (the span holds at least one)."""
        while True:
            day = self.day(first, last)
            if day.weekday() < 5:
                return day

    def moment(self, day):
        """A moment of working hours on `day`."""
        return datetime.combine(day, time(8, 40), BEIJING) + timedelta(minutes=self.randrange(9 * 60))

    def recorded(self, day, end):
        """When something of `day` was written down: mostly within the week, now and then late, never after `end`."""
        delay = self.choices([0, 1, 2, 4, 12, 21], [40, 25, 15, 12, 5, 3])[0]
        return min(self.moment(day + timedelta(days=delay)), end)

    def filled(self, text, n=None, m=None):
        """`text` with {n} (8-37) and {m} (2-6) drawn."""
        return text.format(n=n or self.randrange(8, 38), m=m or self.randrange(2, 7))

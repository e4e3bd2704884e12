"""Calendars as text: lines end with CRLF, long ones are folded between characters, text is escaped, and all of it reads back."""
import datetime
import zoneinfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.kit.icalendar import LINE, DayEvent, escaped, folded, write_calendar

AT = datetime.datetime(2011, 6, 10, 9, 0, tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai"))
DAY = datetime.date(2011, 6, 30)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def unfolded(data):
    return data.replace(b"\r\n ", b"").decode()


def plain(text):
    """What a calendar program makes of an escaped text."""
    found, letters = [], iter(text)
    for letter in letters:
        after = next(letters) if letter == "\\" else letter
        found.append("\n" if letter == "\\" and after == "n" else after)
    return "".join(found)


def test_a_calendar_with_one_event():
    event = DayEvent("task-1@example.org", DAY, "任务到期：走访", url="https://example.org/plans/1/")
    assert write_calendar("第一党支部", [event], at=AT).decode().split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//chuangxian zhengyou//campaign//ZH", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "X-WR-CALNAME:第一党支部", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VEVENT", "UID:task-1@example.org", "DTSTAMP:20110610T010000Z", "DTSTART;VALUE=DATE:20110630",
        "SUMMARY:任务到期：走访", "URL:https://example.org/plans/1/", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
    ]


def test_text_is_escaped():
    assert escaped("a,b;c\\d\r\ne\x07") == "a\\,b\\;c\\\\d\\ne"


@SLOW
@given(st.text(max_size=60))
def test_a_line_is_folded_between_characters_and_reads_back(text):
    line = "SUMMARY:" + escaped(text)
    data = folded(line)
    assert data.endswith(b"\r\n") and all(len(part) <= LINE for part in data.split(b"\r\n"))
    assert unfolded(data) == line + "\r\n"
    for part in data.split(b"\r\n"):
        part.decode()  # no character is cut


@SLOW
@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_what_was_escaped_reads_back(text):
    assert plain(escaped(text)) == text
    assert "\n" not in escaped(text + "\nmore")

"""Calendars as text that other programs subscribe to (RFC 5545): days only, no times, no alarms."""
from dataclasses import dataclass
from datetime import UTC, date, datetime

LINE = 75  # octets, without the line break (RFC 5545 §3.1)
PRODUCT = "-//chuangxian zhengyou//campaign//ZH"


@dataclass(frozen=True)
class DayEvent:
    """One thing of one day. `uid` stays the same however often the thing changes."""

    uid: str
    on: date
    summary: str
    description: str = ""
    url: str = ""


def write_calendar(name, events, *, at: datetime):
    """The calendar as bytes; `at` is when it was made. Lines end with CRLF and are folded between characters."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
    ]
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for event in events:
        lines += ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
                  f"SUMMARY:{escaped(event.summary)}"]
        lines += [f"DESCRIPTION:{escaped(event.description)}"] if event.description else []
        lines += [f"URL:{event.url}"] if event.url else []
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text):
    """A text value: backslash, semicolon, comma and line breaks are written with a backslash, control characters not at all."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(letter for letter in text if letter >= " " or letter == "\t")


def folded(line):
    """The line in UTF-8 with CRLF; what is longer than 75 octets goes on behind CRLF and a space, no character cut."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"

"""The one place that tells views and jobs what time it is; the domain gets the time as an argument.

The demo campaign is of 2010-2012, so a demo installation has a clock of its own: it stands at a given moment when the
demo is made and then goes on at the pace of the real one. The file DATA_DIR/demo_clock.json holds both moments.
"""
import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def _file():
    return Path(settings.DATA_DIR) / "demo_clock.json"


_cached = (None, None)


def _demo_offset():
    """Shown minus real time as a timedelta, or None without a demo."""
    global _cached
    try:
        stamp = _file().stat().st_mtime_ns
    except FileNotFoundError:
        return None
    if _cached[0] != (str(_file()), stamp):
        moments = json.loads(_file().read_text())
        offset = datetime.fromisoformat(moments["shown"]) - datetime.fromisoformat(moments["real"])
        _cached = ((str(_file()), stamp), offset)
    return _cached[1]


def now():
    """The present moment, aware; the demo's own while a demo is installed."""
    offset = _demo_offset()
    return timezone.now() if offset is None else timezone.now() + offset


def today():
    """The present day in the installation's time zone."""
    return timezone.localdate(now())


def is_demo():
    """Whether every page and export has to carry the words 演示数据."""
    return _demo_offset() is not None


def start_demo(shown):
    """Let the demo's clock stand at `shown` (aware) now, and go on from there."""
    _file().write_text(json.dumps({"real": timezone.now().isoformat(), "shown": shown.isoformat()}))


def end_demo():
    """Go back to the real clock."""
    _file().unlink(missing_ok=True)

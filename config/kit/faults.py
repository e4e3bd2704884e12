"""What may be written down of an exception where its text could hold what somebody answered: its kind and its places."""
import traceback
from pathlib import Path


def told(reason):
    """The kind of an exception and where it came through, such as `ValueError (views.py:31, tally.py:88)`; never its text."""
    places = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(reason.__traceback__))
    return f"{type(reason).__name__} ({', '.join(places)})"

"""Keys that arrive in a query string, where anybody can write anything."""


def key_of(text):
    """The primary key that `text` names, or 0 (which no row has) when it names none."""
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0

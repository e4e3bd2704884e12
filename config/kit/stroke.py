"""按姓氏笔画: the order in which official lists print persons, as a key that databases and Python sort alike.

Surnames are compared by stroke count and then stroke shapes; within one surname a one-character given name comes
before longer ones, and given names of one length are compared like surnames. ICU's stroke collation is wrong for
this: it keeps the count but orders radicals inside a count.
"""
from functools import cache
from pathlib import Path

from config.kit.names import split_name

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDTH = 4  # 36 ** 4 holds the ranked characters and every code point after them
_LONGEST = 40  # characters of a name that the key looks at
STROKE_KEY_LENGTH = _WIDTH * (_LONGEST + 2) + 2


@cache
def _ranks():
    """Character → place in the official order, from 1."""
    order = (Path(__file__).parent / "data" / "stroke_order.txt").read_text(encoding="utf-8").strip()
    return {character: place for place, character in enumerate(order, start=1)}


def _place(character):
    """The character's place as `_WIDTH` digits; characters without a known place come last, by code point."""
    ranks = _ranks()
    number = ranks.get(character) or len(ranks) + 1 + ord(character)
    digits = ""
    for _ in range(_WIDTH):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def stroke_key(name):
    """Key of a person's name: two surname places, the length of the given name, the given name's places.

    Digits and capital letters in places of one width, so every collation (SQLite's BINARY, PostgreSQL's C or a
    language's) sorts it like Python. At most STROKE_KEY_LENGTH characters. Spaces and the dots of minority names do
    not count. An empty name gives an empty key.
    """
    surname, given = split_name(name)
    if not surname:
        return ""
    given = given.replace("·", "")[:_LONGEST]
    places = [_place(character) for character in surname] + ["0" * _WIDTH] * (2 - len(surname))
    return "".join([*places, f"{len(given):02d}", *map(_place, given)])

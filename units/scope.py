"""Paths of the tree: fixed-width steps over 0-9A-Z, and the ranges that make a subtree one indexed condition."""
from django.db.models import Q

STEP = 4
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LAST = len(DIGITS) ** STEP - 1


def step(number):
    """The `number`-th step below a parent (0 …) as STEP base-36 digits. Raises ValueError when a parent is full."""
    if not 0 <= number <= LAST:
        raise ValueError(f"no step {number} in {STEP} base-36 digits")
    digits = []
    for _position in range(STEP):
        number, rest = divmod(number, 36)
        digits.append(DIGITS[rest])
    return "".join(reversed(digits))


def after(path):
    """The smallest path that sorts behind the whole subtree of `path`; counted in base 36, because the character after Z
    sorts before letters in some collations. None when nothing can be behind it."""
    number = int(path, 36) + 1
    digits = []
    while number:
        number, rest = divmod(number, 36)
        digits.append(DIGITS[rest])
    text = "".join(reversed(digits)).rjust(len(path), "0")
    return text if len(text) == len(path) else None


def within(path, prefix=""):
    """Q of the subtree of `path`; `prefix` leads to the organisation, e.g. "organization__"."""
    end = after(path)
    condition = Q(**{f"{prefix}path__gte": path})
    return condition & Q(**{f"{prefix}path__lt": end}) if end else condition


def within_any(paths, prefix=""):
    """Q of the union of subtrees; of nothing at all when `paths` is empty."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= within(path, prefix)
    return condition

"""Arithmetic of points and percentages in integers, so that two databases and a pocket calculator agree."""
import re

from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal

POINT = 10_000  # one point in ten-thousandths
_POINTS = re.compile(r"(\d{1,4})(?:\.(\d{1,4}))?")
_TYPED = str.maketrans("０１２３４５６７８９．。", "0123456789..")  # what a Chinese keyboard gives for digits and the point


class NotPoints(Refusal):
    """What was typed cannot be read as a number of points."""


def parse_points(text):
    """Points as typed ("2.5", also in full-width digits) in ten-thousandths: 25000. Raises NotPoints."""
    typed = str(text).strip().translate(_TYPED)
    found = _POINTS.fullmatch(typed) if typed.isascii() else None
    if not found:
        raise NotPoints(_("请填数字，最多四位小数，例如 2.5。"))
    whole, rest = found.groups()
    return int(whole) * POINT + int((rest or "").ljust(4, "0"))


def points_text(value):
    """Ten-thousandths of a point as one types them: 25000 -> "2.5", 300000 -> "30"."""
    whole, rest = divmod(value, POINT)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def largest_remainder(counts, total=100):
    """Share `total` out in proportion to `counts` (integers from 0), in whole numbers that add up to it.

    Each gets its quotient rounded down; what is left goes one by one to the largest remainders, the earlier first on a
    tie. Nothing to share by gives zeros.
    """
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    shares = [count * total // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: (-(counts[place] * total % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def share_in_tenths(numerator, denominator):
    """A share in tenths of a percent, half up: 29 of 32 -> 906. None when there is nothing to share."""
    return (numerator * 1000 + denominator // 2) // denominator if denominator else None


def tenths_text(tenths):
    """906 -> "90.6"; None -> "—"."""
    return "—" if tenths is None else f"{tenths // 10}.{tenths % 10}"

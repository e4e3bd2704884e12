"""Who goes on with what was open when an organisation ends or a member leaves one: apps above say what theirs is.

units knows of organisations and members only; each app that keeps work for them registers an Estate in its apps.py.
"""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from units.models import Member, Organization


@dataclass(frozen=True)
class Succession:
    """From day `starts_on` on, `heir` stands in the place of `source`; with `member` only for what is that member's own.
    `is_merger`: the heir took in the members too. `reason` is one phrase for the records."""

    source: Organization
    heir: Organization
    starts_on: date
    reason: str
    member: Member | None = None
    is_merger: bool = False


@dataclass(frozen=True)
class Estate:
    """What one app keeps: `foresee(succession, on=)` returns the sentences that say what would happen,
    `settle(succession, by=, at=, on=)` does it."""

    foresee: Callable
    settle: Callable


_ESTATES = {}


def register_estate(name, estate):
    """Take part in every succession from now on; the same name again replaces the former one."""
    _ESTATES[name] = estate


def foresee(succession, *, on):
    """The sentences of all estates, in the order in which they were registered."""
    return [sentence for estate in _ESTATES.values() for sentence in estate.foresee(succession, on=on)]


def settle(succession, *, by, at, on):
    """Hand over or end what is open. The caller is inside the transaction of the change itself."""
    for estate in _ESTATES.values():
        estate.settle(succession, by=by, at=at, on=on)

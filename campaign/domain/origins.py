"""Where a rectification item came from and what a commitment answers, for their pages: upper apps register who knows,
because their rows point here."""
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The record that raised an item, as a link."""

    label: str
    url: str


_finders: dict[str, Callable] = {}
_answered: list[Callable] = []


def register_origin(source, finder):
    """Let `finder(item, user)` return the Origin of items with this source, or None; called from AppConfig.ready()."""
    _finders[source] = finder


def origin_of(item, user):
    """The Origin of `item` as far as `user` may see it, or None; of a carried one, where its first came from."""
    while item.carried_from_id:
        item = item.carried_from
    finder = _finders.get(item.source)
    return finder(item, user) if finder else None


def register_answered(finder):
    """Let `finder(commitment, user)` return [Origin] of what a commitment answers beside rectification; from ready()."""
    _answered.append(finder)


def answered_by(commitment, user):
    """[Origin] of what `commitment` answers, as far as `user` may see it."""
    return [origin for finder in _answered for origin in finder(commitment, user)]

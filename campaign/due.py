"""The registry of what is due: each source finds things for one person or for everybody; home pages and reminders read it.

evaluations adds its own sources in AppConfig.ready(), so nothing here has to look upward.
"""
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DueThing:
    """One thing that waits for one account. `occurrence` names the thing and its turn: the same name is never reminded
    twice. `due_on` None means: waits, without a day. `item` names the thing. `is_reminded` False keeps it to the home page."""

    recipient_id: int
    kind: str
    occurrence: str
    title: str
    detail: str
    url: str
    action: str
    due_on: date | None = None
    is_reminded: bool = True
    item: str = ""

    @property
    def named(self):
        """The thing alone, without its turn: the first two words of the occurrence, where it does not say otherwise."""
        return self.item or ":".join(self.occurrence.split(":")[:2])


Source = Callable[..., Iterable[DueThing]]
_sources: dict[str, Source] = {}


def register(kind, source):
    """Let `source(on=date, user=User | None)` yield DueThings; with `user` only that account's."""
    _sources[kind] = source


def due_things(*, on, user=None):
    """Everything that waits on day `on`, the most pressing first; for `user` alone if given."""
    things = [thing for source in _sources.values() for thing in source(on=on, user=user)]
    return sorted(things, key=lambda thing: (thing.due_on or date.max, thing.kind, thing.occurrence))


"""What an organisation owes and does, day by day: each source tells its part; calendars, feeds and warnings read it.

Upper apps register their sources in AppConfig.ready(), so nothing here has to look upward.
"""
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """One thing of one day. `key` names it for ever; `organization_id` None means: of everybody in the campaign.

    A duty is a thing that still has to be done by that day; only duties are counted when a week is full.
    """

    key: str
    on: date
    word: str
    title: str
    url: str
    organization_id: int | None = None
    is_duty: bool = False
    is_done: bool = False


Source = Callable[..., Iterable[Entry]]
_sources: dict[str, Source] = {}


def register_agenda(kind, source):
    """Let `source(campaign, organizations, first, last, user=None)` yield Entries: `organizations` are keys, `user` narrows
    to what that account may see (None: everything, for rules that only count)."""
    _sources[kind] = source


def agenda(campaign, organizations, first, last, *, user=None):
    """The Entries of the organisations (keys) from day `first` to day `last`, in the order of the days; one to two queries
    for each source, whatever the number of organisations."""
    keys = list(organizations)
    found = [entry for source in _sources.values() for entry in source(campaign, keys, first, last, user=user)]
    return sorted(found, key=lambda entry: (entry.on, entry.key))

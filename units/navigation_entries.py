"""What a side bar is made of: pages by their URL names, entries with one page or several, groups of entries."""
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

OWN_ORGANIZATION = "organization"  # the page takes the key of the organisation the user acts for
OWN_MEMBER = "member"  # the page takes the key of the user's own member record


@dataclass(frozen=True)
class Page:
    """One page by its flat URL name; `own` says which of the user's keys it takes, if any."""

    label: str | Promise
    url_name: str
    own: str = ""

    def url(self, user, grant):
        """The address for this user, or "" when the user has no such record."""
        key = None
        if self.own == OWN_ORGANIZATION:
            key = grant.organization_id if grant else None
        elif self.own == OWN_MEMBER:
            key = getattr(user, "member_id", None)
        return "" if self.own and key is None else address(self.url_name, *([key] if self.own else []))


@dataclass(frozen=True)
class Entry:
    """A word in the side bar. With several pages the first is opened and all stand as a row of tabs above each."""

    label: str | Promise
    icon: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Group:
    label: str | Promise
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def entry(label, icon, url_name, own=""):
    return Entry(label, icon, (Page(label, url_name, own),))


def several(label, icon, *pages):
    return Entry(label, icon, tuple(Page(*page) for page in pages))


def address(url_name, *args):
    """The URL, or "" when no such page is installed (tests/house/test_navigation.py says so before a user does)."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""

"""The frame around every page: who is signed in, what this role finds in the side bar, which day the demo shows.

Everything is worked out when a template first asks for it, so an anonymous page or a partial costs no query.
"""
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from config.kit import clock
from units import navigation, navigation_entries, scope
from units.enums import ADMINISTRATORS, DELEGABLE
from units.models import Organization

LARGE_COOKIE = "cx_large"
QUIET_KEYS_COOKIE = "cx_quiet_keys"


def page_frame(request):
    """Context processor: {"frame": Frame}. Two queries at most for a signed-in user, none for others."""
    return {"frame": Frame(request)}


def role_words(grant):
    """The role's name, with the name of the one in whose place it is held."""
    role = grant.get_role_display()
    if not grant.delegated_from_id:
        return role
    return _("代%(name)s · %(role)s") % {"name": grant.delegated_from.user.display_name, "role": role}


@dataclass(frozen=True)
class ShownEntry:
    """An entry as the template draws it; `current` is "page", "true" (a page below it) or ""."""

    label: str
    icon: str
    url: str
    current: str
    count: int


class Frame:
    def __init__(self, request):
        self._request = request
        self.demo = clock.is_demo()

    @property
    def day(self):
        return clock.today()

    @property
    def large(self):
        return self._request.COOKIES.get(LARGE_COOKIE) == "1"

    @property
    def large_url(self):
        return self._switch("large_type", self.large)

    @property
    def quiet_keys(self):
        return self._request.COOKIES.get(QUIET_KEYS_COOKIE) == "1"

    @property
    def quiet_keys_url(self):
        return self._switch("quiet_keys", self.quiet_keys)

    def _switch(self, name, is_on):
        query = urlencode({"on": "0" if is_on else "1", "next": self._request.get_full_path()})
        return f"{reverse(name)}?{query}"

    @property
    def support(self):
        return settings.SUPPORT_LINE

    @cached_property
    def _user(self):
        user = getattr(self._request, "user", None)  # an error page may come before the session
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def _grant(self):
        return self._user.main_grant if self._user else None

    @property
    def user_name(self):
        return self._user.display_name if self._user else ""

    @property
    def user_key(self):
        return self._user.pk if self._user else ""

    @property
    def role_name(self):
        """支部书记; 代王某 · 支部书记 while the user acts in somebody's place."""
        return role_words(self._grant) if self._grant else ""

    @property
    def acting(self):
        """The delegated grant in which the user acts, or None."""
        return self._grant if self._grant and self._grant.delegated_from_id else None

    @property
    def delegates(self):
        """Whether the page about delegations has anything for the user: a role to delegate, or one that was delegated."""
        return bool(self._user) and any(grant.role in DELEGABLE for grant in self._user.held_grants)

    @cached_property
    def other_grants(self):
        if not self._grant:
            return []
        others = [grant for grant in self._user.held_grants if grant.pk != self._grant.pk]
        return [(grant, role_words(grant)) for grant in others]

    @cached_property
    def nav(self):
        """[(label, [ShownEntry])] of the role the user acts in."""
        groups = navigation.NAVIGATION.get(self._role, ())
        shown = [{"label": group.label, "entries": self._shown(group.entries, count=True)} for group in groups]
        return [group for group in shown if group["entries"]]

    @cached_property
    def tabs(self):
        return self._shown(navigation.TABS.get(self._role, ()))

    @cached_property
    def siblings(self):
        """The tabs above the page: the other pages of the side bar's entry, when this page is one of several."""
        for group in navigation.NAVIGATION.get(self._role, ()):
            for entry in group.entries:
                pages = [(page.label, page.url(self._user, self._grant)) for page in entry.pages]
                pages = [(label, url) for label, url in pages if url]
                if len(pages) > 1 and any(url == self._request.path for _label, url in pages):
                    return [{"label": label, "url": url, "here": url == self._request.path} for label, url in pages]
        return []

    @cached_property
    def unread(self):
        return navigation.badge("inbox", self._user) if self._user else 0

    @cached_property
    def root_name(self):
        """The name of the organisation at the root of the user's tree."""
        organization = self._grant.organization if self._grant else None
        if organization is None or organization.is_root:
            return str(organization or "")
        root = organization.path[: scope.STEP]
        return Organization.objects.filter(path=root).values_list("name", flat=True).first() or ""

    @property
    def home_url(self):
        return self._page("home")

    @property
    def find_url(self):
        """"" for an administrator, who finds nothing of the campaign."""
        return "" if self._user and self._user.has_role(*ADMINISTRATORS) else self._page("find")

    @property
    def inbox_url(self):
        return self._page("inbox")

    @property
    def own_data_url(self):
        return self._page("own")

    @property
    def help_url(self):
        return self._page("help")

    @property
    def definitions_url(self):
        return self._page("definitions")

    @property
    def new_url(self):
        """Where the key n leads: only for roles whose side bar has 记活动."""
        url = navigation_entries.address("activity_new")
        return url if any(entry.url == url for group in self.nav for entry in group["entries"]) else ""

    @property
    def _role(self):
        return self._grant.role if self._grant else ""

    def _page(self, word):
        return navigation_entries.address(navigation.FRAME_PAGES[word]) if self._user else ""

    def _shown(self, entries, *, count=False):
        shown = []
        for entry in entries:
            urls = [page.url(self._user, self._grant) for page in entry.pages]
            urls = [url for url in urls if url]
            if urls:
                waiting = sum(navigation.badge(page.url_name, self._user) for page in entry.pages) if count else 0
                shown.append(ShownEntry(entry.label, entry.icon, urls[0], self._current(urls), waiting))
        return shown

    def _current(self, urls):
        if self._request.path in urls:
            return "page"
        return "true" if self._section in urls else ""

    @cached_property
    def _section(self):
        """The address in the side bar that the page lies below, the nearest one, or that stands for it; "" when the page
        itself is there."""
        entries = [entry for group in navigation.NAVIGATION.get(self._role, ()) for entry in group.entries]
        urls = {page.url_name: page.url(self._user, self._grant) for entry in entries for page in entry.pages}
        above = [url for url in urls.values() if url not in {"", "/"} and self._request.path.startswith(url)]
        word = self._request.path.split("/")[1]
        standing = [urls[name] for name in navigation.STANDS_FOR.get(word, ()) if urls.get(name)]
        nearest = max(above, key=len, default="") or next(iter(standing), "")
        return "" if nearest == self._request.path else nearest

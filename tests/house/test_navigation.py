"""Every word in the side bar and the phone's bar leads somewhere, for every role."""
from pathlib import Path

import pytest
from django.urls import reverse

from units.enums import Role
from units.navigation import FRAME_PAGES, NAVIGATION, TABS

ICONS = (Path(__file__).resolve().parents[2] / "static" / "icons.svg").read_text()
PAGES = sorted(
    {
        (page.url_name, page.own)
        for entries in [*TABS.values(), *(group.entries for groups in NAVIGATION.values() for group in groups)]
        for entry in entries
        for page in entry.pages
    }
    | {(name, "") for name in FRAME_PAGES.values()}
)


@pytest.mark.parametrize(("url_name", "own"), PAGES)
def test_every_entry_reverses(url_name, own):
    assert reverse(url_name, args=[1] if own else [])


@pytest.mark.parametrize("role", Role.values)
def test_role_has_a_side_bar_of_nine_entries_in_four_groups_at_most(role):
    groups = NAVIGATION[role]
    assert 1 <= sum(len(group.entries) for group in groups) <= 9
    assert len(groups) <= 4


@pytest.mark.parametrize("role", Role.values)
def test_role_has_a_phone_bar_of_four_at_most(role):
    assert 1 <= len(TABS[role]) <= 4


def test_every_icon_is_in_the_sprite():
    entries = [entry for groups in NAVIGATION.values() for group in groups for entry in group.entries]
    for entry in [*entries, *(entry for bar in TABS.values() for entry in bar)]:
        assert f'id="{entry.icon}"' in ICONS, entry.icon

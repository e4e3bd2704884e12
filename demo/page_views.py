"""When the leader and the office last looked at the units below, so that a unit's page can say what has changed since."""
from datetime import timedelta

from units.domain.page_views import note_view


def write_page_views(people, *, now):
    for user, days in ((people.leaders[0], 4), (people.office, 2)):
        for organization in people.root.children.active():
            note_view(user, organization, at=now - timedelta(days=days))

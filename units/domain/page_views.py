"""Views of an organisation's page. They are the reader's own bookmarks: no entry in the history, no list for anybody."""
from datetime import timedelta

from units.models import PageView

SAME_VIEW = timedelta(minutes=30)  # looking again within this time is the same view


def note_view(user, organization, *, at):
    """Note that `user` looks at the page of `organization`; returns when the view before this one began, or None."""
    view, is_new = PageView.objects.get_or_create(user=user, organization=organization, defaults={"at": at})
    if is_new or at - view.at < SAME_VIEW:
        return view.before
    PageView.objects.filter(pk=view.pk, at=view.at).update(before=view.at, at=at)
    return view.at

"""A due thing as the task lists of the home pages draw it."""
from django.utils.translation import gettext as _


def todo_item(thing, today, *, primary):
    """A due thing as the task list draws it: the days are in the words."""
    if thing.due_on is None:
        status, word = "doing", _("待办")
    else:
        days = (thing.due_on - today).days
        status = "late" if days < 0 else "soon"
        word = _("逾期 %(n)s 天") % {"n": -days} if days < 0 else _("今天到期") if days == 0 else _("剩 %(n)s 天") % {"n": days}
    return {
        "status": status, "word": word, "title": thing.title, "text": thing.detail, "action": thing.action,
        "action_url": thing.url, "primary": primary,
    }

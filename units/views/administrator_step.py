"""The page before a step of the system or security administrator that cannot be taken back with one press."""
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def ask(request, *, title, text, label, consequences=(), posts=(), back="account_list", primary=False):
    """Ask before the POST to the same address; `posts` are the secretaries whom it would concern."""
    context = {
        "title": title, "text": text, "label": label, "consequences": consequences, "posts": posts, "primary": primary,
        "up": _("账号") if back == "account_list" else _("角色"), "up_url": reverse(back),
    }
    return render(request, "units/administrator_step.html", context)

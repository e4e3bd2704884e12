"""A real browser: Debian's Chromium against the test server."""
import os

import pytest

from tests.services import packages

# Playwright keeps an event loop in this thread, and Django refuses its ORM there unless told that nothing else runs in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": packages.CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def sign_in(context, live_server, client_for):
    """`sign_in(user)` lets the browser be the one in which `user` has signed in."""

    def enter(user):
        session = client_for(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return enter

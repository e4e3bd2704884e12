"""A real browser on the running product: Debian's Chromium, a live server, a Celery worker, the demo's clock.

`desktop` and `phone` are pages of 1440 and 390 pixels; `sign_in(page, user)` opens a session for an account of the cast;
`axe(page)` fails on every accessibility violation. A page that logs an error (a broken script, a request refused by the
content security policy) fails its test at the end.
"""
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.services import packages

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs an event loop in the thread of the tests
SCREENSHOTS = os.environ.get("SCREENSHOTS")  # a folder; without one no picture is taken, which saves a third of the time
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --lang=zh-CN"
)
PATIENCE = 15_000  # milliseconds; two cores run the browser, the server and the worker
# A click returns when the next page begins to arrive: what a page says is asked with expect(), which waits.
expect.set_options(timeout=PATIENCE)
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_itemcollected(item):
    """Everything in this folder needs Chromium and the worker."""
    item.add_marker("browser")
    item.add_marker("worker")


@pytest.fixture(scope="session")
def browser_type_launch_args(tmp_path_factory):
    """Debian's Chromium; a home of its own, because some machines have none that can be written to."""
    home = str(tmp_path_factory.mktemp("chromium-home"))
    env = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    return {"executable_path": packages.CHROMIUM, "args": FLAGS.split(), "env": env}


@pytest.fixture(autouse=True)
def running(demo_clock, live_server, worker):
    """The product as a visitor finds it, on the demo's day, with its worker."""
    return live_server


class Console:
    """Collects what pages complain about."""

    def __init__(self):
        self.complaints = []

    def listen(self, page):
        page.on("console", lambda message: message.type == "error" and self._note(message.text, message.location["url"]))
        page.on("pageerror", lambda error: self._note(str(error), page.url))

    def _note(self, text, place):
        self.complaints.append(f"{place}: {text}")

    def expect(self, words):
        """Forget complaints that hold `words`: the test meant them to happen. Fails when there is none."""
        kept = [text for text in self.complaints if words not in text]
        assert len(kept) < len(self.complaints), f"no complaint about {words!r} in {self.complaints}"
        self.complaints = kept


@pytest.fixture
def console():
    """What the pages of this test complained about; fails the test at its end unless it is empty."""
    collected = Console()
    yield collected
    assert collected.complaints == []


@pytest.fixture
def open_page(new_context, live_server, console):
    """`open_page(viewport, **context options)` is a new page with cookies of its own; addresses begin with a slash.

    Without motion, as a person may ask for: half-way through a change of colours axe finds contrasts that nobody sees.
    """

    def make(viewport, **options):
        context = new_context(
            base_url=live_server.url, viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        console.listen(page)
        return page

    return make


@pytest.fixture
def desktop(open_page):
    """A page of 1440 pixels."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page):
    """A page of 390 pixels with a finger."""
    return open_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def without_script(open_page):
    """A page of 1440 pixels in a browser that runs no JavaScript."""
    return open_page(DESKTOP, java_script_enabled=False)


@pytest.fixture
def sign_in(client_for, live_server):
    """`sign_in(page, user)` gives the page's browser a session of `user` without the login form."""

    def put(page, user):
        cookie = client_for(user).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return put


@pytest.fixture
def log_in(live_server):
    """`log_in(page, username, password)` fills in the login form as a person would."""

    def fill(page, username, password):
        page.goto("/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.click("main button[type=submit]")
        return page

    return fill


def steadily(page, call):
    """The result of `call()` on a page that may just be loading anew: a job's page does so when the job has ended."""
    for _try in range(10):
        try:
            page.wait_for_load_state()
            return call()
        except PlaywrightError:
            page.wait_for_timeout(300)
    return call()


# Only sentences come back, for the whole result of axe is hundreds of kilobytes and took most of the time. Nor are the style
# sheets read anew: of its rules only one asks for them, an experimental one that the tags below leave out.
LOOK = """async options => {
  const found = (await axe.run(document, options)).violations;
  return found.flatMap(fault => fault.nodes.map(node => `${fault.id} (${fault.help}): ${node.html.slice(0, 200)}`));
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe_script():
    """The text of axe-core."""
    return Axe().axe_script


@pytest.fixture
def axe(axe_script):
    """`axe(page)` fails on every violation of WCAG 2.2 A and AA and of axe's best practices, naming the elements."""
    options = {
        "runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "selectors": False,
        "preload": {"assets": ["media"]},
    }

    def look(page):
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(axe_script)
        return page.evaluate(LOOK, options)

    def check(page):
        told = steadily(page, lambda: look(page))
        assert told == [], f"{page.url}\n" + "\n".join(told)

    return check


@pytest.fixture
def fits():
    """`fits(page)` fails when the page is wider than its window and would have to be pushed sideways."""

    def check(page):
        sizes = "[document.documentElement.scrollWidth, window.innerWidth]"
        width, window = steadily(page, lambda: page.evaluate(sizes))
        assert width <= window, f"{page.url} is {width} pixels wide in a window of {window}"

    return check


@pytest.fixture
def shoot():
    """`shoot(page, name)` keeps a picture of the whole page as SCREENSHOTS/name-width.png, when SCREENSHOTS is set."""

    def picture(page, name):
        if SCREENSHOTS:
            path = Path(SCREENSHOTS) / f"{name}-{page.viewport_size['width']}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path, full_page=True)

    return picture

"""The first page anybody sees: at both widths, with large type, with and without JavaScript."""
import pytest
from playwright.sync_api import expect

from tests.factories.units import PASSWORD


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_login_page_is_accessible(request, size, axe, fits, shoot):
    page = request.getfixturevalue(size)
    page.goto("/login/")
    axe(page)
    fits(page)
    shoot(page, "login")


def test_a_wrong_password_is_said_beside_the_form(desktop, log_in, member, axe):
    log_in(desktop, member.username, "not-the-password")
    assert desktop.url.endswith("/login/")
    expect(desktop.locator("[role=alert], .alert, .invalid-feedback").first).to_be_visible()
    axe(desktop)


def test_signing_in_needs_no_javascript(without_script, log_in, member):
    log_in(without_script, member.username, PASSWORD)
    assert "/login/" not in without_script.url

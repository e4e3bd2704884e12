"""The eyes of the browser tests are open: a page with faults, made from the login page, is refused with the elements named."""
import pytest

from tests.e2e.conftest import DESKTOP, PHONE

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
# Low contrast, a picture without words, and a button that only a narrow window shows, without a name.
FAULTS = """dot => {
const main = document.querySelector("main");
main.insertAdjacentHTML("beforeend", `<p id="pale">看不清</p><img id="dumb" src="${dot}"><button id="small"></button>`);
const add = rule => document.styleSheets[0].insertRule(rule, document.styleSheets[0].cssRules.length);
add("#pale { color: #bbb !important; background: #fff !important }");
add("#small { display: none }");
add("@media (max-width: 600px) { #small { display: inline-block; width: 60px; height: 60px } }");
}"""
WIDE = "document.querySelector('main').insertAdjacentHTML('beforeend', '<div class=\"wide\"></div>');" + """
document.styleSheets[0].insertRule(".wide { width: 3000px; height: 1px }", document.styleSheets[0].cssRules.length);
"""


def refused(look, page):
    """The lines in which `look(page)` says what is wrong."""
    with pytest.raises(AssertionError) as caught:
        look(page)
    return [line.strip() for line in str(caught.value).split("\nassert ")[0].splitlines()]


def test_axe_names_each_fault_at_each_size(desktop, axe):
    desktop.goto("/login/")
    axe(desktop)
    desktop.evaluate(FAULTS, DOT)
    everywhere = [
        desktop.url,
        'color-contrast (Elements must meet minimum color contrast ratio thresholds): <p id="pale">看不清</p>',
        f'image-alt (Images must have alternative text): <img id="dumb" src="{DOT}">',
    ]
    assert refused(axe, desktop) == everywhere
    desktop.set_viewport_size(PHONE)
    nameless = 'button-name (Buttons must have discernible text): <button id="small"></button>'
    assert refused(axe, desktop) == [everywhere[0], nameless, *everywhere[1:]]
    desktop.set_viewport_size(DESKTOP)
    assert refused(axe, desktop) == everywhere


def test_a_page_that_is_too_wide_is_refused(phone, fits):
    phone.goto("/login/")
    fits(phone)
    phone.evaluate(WIDE)
    assert "pixels wide in a window of" in refused(fits, phone)[0]

"""The permission table in Chromium: folded on the screen, whole on paper, and readable without JavaScript."""
import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from units.permission_table import subjects

TABLE = "/roles/table/"
FOLDED = "details[data-cx-print]:not([open])"


@pytest.fixture
def seat(request, security, sign_in):
    return sign_in(request.getfixturevalue(request.param), security)


@pytest.mark.parametrize("seat", ["desktop", "phone"], indirect=True)
def test_it_is_folded_and_opens_subject_by_subject(seat, axe, fits, shoot):
    seat.goto(TABLE)
    expect(seat.locator(FOLDED)).to_have_count(len(subjects()))
    axe(seat)
    fits(seat)
    assert seat.evaluate("document.documentElement.scrollHeight") < 5_000
    subject = seat.locator("details").filter(has=seat.get_by_role("heading", name="公开承诺", exact=True))
    expect(subject.get_by_text("评定、对外公开").last).to_be_hidden()
    subject.locator("summary").press("Enter")
    expect(subject.get_by_role("rowheader", name="评定、对外公开")).to_be_visible()
    axe(seat)
    fits(seat)
    shoot(seat, "permission_table")


@pytest.mark.parametrize("seat", ["desktop", "phone"], indirect=True)
def test_one_role_by_itself(seat, axe, fits, shoot):
    seat.goto(TABLE)
    seat.get_by_label("角色", exact=True).select_option(label="督查员")
    seat.get_by_role("button", name="查询").click()
    expect(seat.locator("h1")).to_have_text("督查员")
    expect(seat.get_by_text("记检查、加照片（检查组成员）")).to_be_visible()
    axe(seat)
    fits(seat)
    shoot(seat, "permission_role")


@pytest.mark.parametrize("seat", ["desktop"], indirect=True)
def test_paper_shows_everything_and_the_screen_is_folded_again(seat):
    seat.goto(TABLE)
    sheets = PdfReader(io.BytesIO(seat.pdf(prefer_css_page_size=True))).pages
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in sheets)
    words = "".join("".join(sheet.extract_text() for sheet in sheets).split())
    assert words.count("能做什么") >= len(subjects())  # the head of each table
    expect(seat.locator(FOLDED)).to_have_count(len(subjects()))


@pytest.mark.parametrize("seat", ["without_script"], indirect=True)
def test_without_javascript_a_link_unfolds_everything(seat, fits):
    seat.goto(TABLE)
    seat.get_by_role("link", name="全部展开").click()
    expect(seat.get_by_role("link", name="全部收起")).to_be_visible()
    expect(seat.locator(FOLDED)).to_have_count(0)
    expect(seat.get_by_role("rowheader", name="评定、对外公开")).to_be_visible()
    fits(seat)

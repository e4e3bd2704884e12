"""An appraisal at a meeting of 25 in a browser, from the new poll to the printed sheet of results: 4 presses to the slips, 3 to
the result."""
import io
import re
import unicodedata
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.main_job_records import LONG, follow, heading, press

VOTER_PRESSES = 7  # five items, check, cast


def test_from_opening_to_the_sheet_of_results(
    desktop, phone, live_server, sign_in, secretary, campaign, branch, axe, fits, shoot
):
    sign_in(desktop, secretary)
    address, codes = open_and_print(desktop, branch)
    assert len(codes) == len(set(codes)) == 25
    assert vote_on(phone, codes[0]) <= VOTER_PRESSES
    with ThreadPoolExecutor(8) as hall:
        assert list(hall.map(lambda code: vote(live_server.url, code), codes[1:])) == [200] * 24
    close_and_release(desktop, address)
    axe(desktop)
    fits(desktop)
    shoot(desktop, "meeting_result")
    sheet = PdfReader(io.BytesIO(desktop.pdf(format="A4", print_background=True)))
    words = re.sub(r"\s", "", unicodedata.normalize("NFKC", "".join(page.extract_text() for page in sheet.pages)))
    assert len(sheet.pages) == 1
    for said in ("监票人", "计票人", "应投", "25", "满意度="):
        assert said in words, said


def open_and_print(page, branch):
    """(address of the poll, the codes of its slips), after four presses."""
    page.goto("/polls/")
    follow(page, "新建测评")
    page.get_by_label(f"{branch}，党员").fill("20")
    page.get_by_label(f"{branch}，群众").fill("5")
    press(page, "存为筹备")
    press(page, "开始投票")
    expect(page.get_by_text("测评已开始，请打印投票码发给大家。")).to_be_visible()
    address = page.url
    press(page, "打印投票码")
    heading(page, "投票码")
    return address, [code.replace(" ", "") for code in page.locator(".cx-slips code").all_inner_texts()]


def close_and_release(page, address):
    """Three presses; the page comes back by itself from the count."""
    page.goto(address)
    expect(page.locator("main")).to_contain_text(re.compile(r"已收\s*25\s*票"))
    follow(page, "结束投票")
    press(page, "结束投票，开始计票")
    press(page, "公布结果")
    expect(page.get_by_text("结果已公布，以后不再更改。")).to_be_visible(timeout=LONG)


def vote_on(page, code):
    """How many presses a ballot takes on a phone that has read a slip."""
    page.goto(f"/v/#{code}")
    page.wait_for_url("**/v/paper/")
    cards = page.locator("fieldset").all()
    for card in cards:
        card.get_by_role("radio", name="满意", exact=True).check()
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="投出这张票").click()
    expect(page.get_by_role("heading", name="票已投出")).to_be_visible()
    return len(cards) + 2


def vote(url, code):
    """The status of a ballot that says 满意 to everything."""
    data = urllib.parse.urlencode({"code": code, **{f"c{place}": "0" for place in range(5)}}).encode()
    with urllib.request.urlopen(f"{url}/v/cast/", data, timeout=30) as answer:
        return answer.status

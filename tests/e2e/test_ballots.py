"""Voting in a real browser: with a slip's address on a phone, and the whole way without JavaScript at 360 pixels."""
import gzip

import pytest
from playwright.sync_api import expect

from evaluations.models import Envelope
from tests.factories.polls import open_poll
from tests.factories.units import MemberFactory


@pytest.fixture
def polled(campaign, branch, branch_members):
    """An open poll on the work of a branch, with its codes."""
    return open_poll(campaign, branch)


def test_a_slip_opens_the_paper_and_leaves_no_code_in_the_address(phone, live_server, polled, axe, fits, shoot):
    _poll, codes = polled
    phone.goto(f"/v/#{codes['members'][0]}")
    phone.wait_for_url("**/v/paper/")
    assert codes["members"][0] not in phone.url
    axe(phone)
    fits(phone)
    shoot(phone, "ballot_paper")
    bar = phone.locator("[data-cx-count]")
    expect(bar).to_have_text("已评 0 / 5")
    for card in phone.locator("fieldset").all():
        card.get_by_role("radio", name="满意", exact=True).check()
    expect(bar).to_have_text("已评 5 / 5")
    phone.locator("fieldset").first.get_by_role("radio", name="弃权").check()
    expect(bar).to_have_text("已评 4 / 5")
    phone.locator("fieldset").first.get_by_role("radio", name="满意", exact=True).check()
    phone.get_by_role("radio", name="满意", exact=True).last.press("Enter")  # goes on; the size of the type stays
    phone.get_by_role("button", name="投出这张票").wait_for()
    axe(phone)
    shoot(phone, "ballot_check")
    phone.get_by_role("button", name="投出这张票").click()
    phone.get_by_role("heading", name="票已投出").wait_for()
    axe(phone)
    fits(phone)
    shoot(phone, "ballot_done")
    assert phone.context.cookies() == []
    assert Envelope.objects.count() == 1
    phone.goto("/v/how/")
    axe(phone)
    fits(phone)
    shoot(phone, "ballot_how")


def test_the_whole_way_without_javascript(open_page, campaign, branch, fits, shoot):
    members = MemberFactory.create_batch(4, organization=branch, name="欧阳上官建国")
    _poll, codes = open_poll(campaign, branch, sheet="yearly", members=members)
    page = open_page({"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/v/")
    shoot(page, "ballot_start")
    page.get_by_label("投票码").fill(codes["members"][0].lower())
    page.get_by_role("button", name="打开这张票").click()
    page.get_by_role("button", name="大字版").click()
    fits(page)
    page.locator("fieldset").first.get_by_role("radio", name="优秀").check()
    expect(page.locator("[data-cx-count]")).to_have_text("共 4 项")
    shoot(page, "ballot_paper_large")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_text("有 3 项没有选，按弃权计。")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="返回修改").click()
    expect(page.locator("fieldset").first.get_by_role("radio", name="优秀")).to_be_checked()
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="投出这张票").click()
    expect(page.get_by_role("heading", name="票已投出")).to_be_visible()
    assert Envelope.objects.count() == 1


def test_sixty_cadres_on_one_phone_page(open_page, live_server, campaign, branch, axe, fits, shoot):
    """The cadres' appraisal: one choice a person, the count stays in sight, the page stays light."""
    members = MemberFactory.create_batch(60, organization=branch, administrative_post="处长")
    _poll, codes = open_poll(campaign, branch, sheet="cadres", members=members)
    page = open_page({"width": 360, "height": 740})
    page.goto(f"/v/#{codes['members'][0]}")
    page.wait_for_url("**/v/paper/")
    assert len(gzip.compress(page.content().encode())) < 20_000
    cards = page.locator("fieldset")
    expect(cards).to_have_count(60)
    for number in range(60):
        cards.nth(number).get_by_role("radio", name="称职", exact=True).check()
    count = page.locator("[data-cx-count]")
    expect(count).to_have_text("已评 60 / 60")
    expect(count).to_be_visible()
    fits(page)
    axe(page)
    shoot(page, "ballot_sixty")
    page.get_by_role("button", name="下一步：核对").click()
    fits(page)
    page.get_by_role("button", name="投出这张票").click()
    page.get_by_role("heading", name="票已投出").wait_for()
    assert Envelope.objects.count() == 1


def test_codes_one_by_one_on_the_screen_of_a_phone(phone, sign_in, secretary, campaign, branch, axe, fits):
    """The rules for paper once hid the button on narrow screens."""
    poll, _codes = open_poll(campaign, branch, issued=(5, 0), by=secretary)
    sign_in(phone, secretary)
    phone.goto(poll.get_absolute_url())
    phone.get_by_role("button", name="打印投票码").click()
    phone.get_by_role("link", name="不打印，在屏幕上逐张给人扫").click()
    for here in range(1, 5):
        expect(phone.get_by_text(f"第 {here} 张，共 5 张")).to_be_visible()
        phone.get_by_role("link", name="下一张").click()
    fits(phone)
    axe(phone)
    phone.get_by_role("link", name="这一组完了").click()
    expect(phone.get_by_text("第 5 张，共 5 张")).to_be_hidden()

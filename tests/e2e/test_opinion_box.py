"""The opinion box in a real browser: with its script on a phone, and the whole way without JavaScript at 360 pixels."""
from playwright.sync_api import expect

from evaluations.domain import opinions
from evaluations.models import FloodHour, Opinion
from tests.factories.campaign import noon
from tests.factories.opinions import SENT_ON


def test_a_phone_solves_the_puzzle_while_one_writes(phone, root, office, axe, fits, shoot):
    phone.goto("/opinions/write/")
    axe(phone)
    fits(phone)
    phone.get_by_role("radio", name="问题").check()
    phone.get_by_label("内容").fill("窗口排队要一个小时")
    phone.get_by_role("button", name="提交意见").click()
    phone.get_by_role("heading", name="意见已收到").wait_for()
    axe(phone)
    fits(phone)
    shoot(phone, "opinion_sent")
    code = phone.locator(".cx-casecode").inner_text()
    assert phone.context.cookies() == []
    assert FloodHour.objects.get().lane == "proved"
    opinions.answer_opinion(Opinion.objects.get(), text="加开一个窗口", by=office, at=noon(SENT_ON), on=SENT_ON)
    phone.get_by_role("link", name="看答复").click()
    phone.get_by_label("查询码").fill(code)
    phone.get_by_role("button", name="看答复").click()
    phone.get_by_text("加开一个窗口").wait_for()
    assert code.replace(" ", "") not in phone.url
    axe(phone)
    fits(phone)
    shoot(phone, "opinion_thread")


def test_the_whole_way_without_javascript(open_page, root, unit, fits, shoot):
    page = open_page({"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/opinions/write/")
    page.get_by_label("内容").fill("写了一半")
    page.get_by_role("button", name="大字版").click()
    expect(page.get_by_label("内容")).to_have_value("写了一半")
    assert not Opinion.objects.exists()
    fits(page)
    shoot(page, "opinion_write_large")
    page.get_by_label("联系方式").press("Enter")  # hands it in; the size of the type stays
    expect(page.get_by_text("请选种类。").first).to_be_visible()
    page.get_by_role("radio", name="建议").check()
    page.get_by_label("关于哪个单位").select_option(label=unit.name)
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("heading", name="意见已收到")).to_be_visible()
    fits(page)
    assert (Opinion.objects.get().about, FloodHour.objects.get().lane) == (unit, "plain")

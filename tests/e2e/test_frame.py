"""What the small scripts do in a real browser, shown on the style guide."""
import pytest
from playwright.sync_api import expect

from campaign.models import ActivityDraft

GUIDE = "/styleguide/"
WORDS = "把证明材料从 5 份减到 2 份。"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf00000002000154a24f5d0000000049454e44ae426082"
)


@pytest.fixture
def guide(desktop, settings, secretary, sign_in):
    """The style guide as the secretary sees it."""
    settings.DEBUG = True
    sign_in(desktop, secretary)
    desktop.goto(GUIDE)
    return desktop


def text_field(page):
    return page.locator("#id_effect")


def test_no_script_breaks_and_the_policy_lets_all_of_them_through(guide):
    """The page's complaints fail every test of this folder; here the jobs have been fetched again before the end."""
    with guide.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        pass
    expect(guide.locator("#job-2")).to_contain_text("18/30 批")


def test_the_counter_counts_what_is_typed(guide):
    text_field(guide).fill(WORDS)
    expect(guide.locator("#id_effect_counter")).to_have_text(f"还可以写 {300 - len(WORDS)} 字")


def test_typed_words_come_back_after_a_session_that_has_ended(guide, secretary, sign_in, console):
    text_field(guide).fill(WORDS)
    guide.context.clear_cookies(name="sessionid")
    guide.locator(".cx-savebar .btn-primary").first.click()
    expect(guide.locator("h1")).to_have_text("重新登录")
    console.expect("403")
    sign_in(guide, secretary)
    guide.goto(GUIDE)
    expect(text_field(guide)).to_have_value(WORDS)
    expect(guide.locator(".cx-kept")).to_contain_text("上次没有交成的内容已经放回来")
    guide.get_by_role("button", name="不要了，重新填").click()
    expect(text_field(guide)).to_have_value("")


def test_typed_words_come_back_after_the_network_was_gone(guide):
    text_field(guide).fill(WORDS)
    guide.context.set_offline(True)
    with guide.expect_event("requestfailed"):
        guide.locator(".cx-savebar .btn-primary").first.click(no_wait_after=True)
    guide.wait_for_url("chrome-error://**")
    guide.context.set_offline(False)
    guide.goto(GUIDE)
    expect(text_field(guide)).to_have_value(WORDS)


def test_another_person_in_the_same_tab_does_not_see_them(guide, office, sign_in):
    text_field(guide).fill(WORDS)
    sign_in(guide, office)
    guide.goto(GUIDE)
    expect(text_field(guide)).to_have_value("")


def test_signing_out_leaves_nothing_behind(guide):
    text_field(guide).fill(WORDS)
    assert "cx-keep" in guide.evaluate("Object.keys(sessionStorage).join()")
    guide.locator(".cx-user summary").click()
    guide.get_by_role("button", name="退出登录").click()
    expect(guide.locator("h1")).to_have_text("登录")
    assert "cx-keep" not in guide.evaluate("Object.keys(sessionStorage).join()")


def test_a_form_with_errors_keeps_its_words_and_the_box_has_the_focus(guide):
    text_field(guide).fill(WORDS)
    guide.locator(".cx-savebar .btn-primary").first.click()
    expect(guide.locator("[data-cx-errors]")).to_be_focused()
    expect(text_field(guide)).to_have_value(WORDS)
    guide.locator("[data-cx-errors] a").first.click()
    expect(guide.locator("#id_held_on")).to_be_focused()


def test_ticks_and_the_number_present_follow_each_other(guide):
    number = guide.locator("#id_present")
    guide.get_by_label("王小明").check()
    expect(number).to_have_value("3")
    guide.get_by_label("丁一").uncheck()
    expect(number).to_have_value("2")
    number.fill("0")
    expect(guide.locator("[data-cx-roster] input:checked")).to_have_count(0)
    number.fill("3")
    expect(guide.locator("[data-cx-roster] input:checked")).to_have_count(3)


def test_photos_are_shown_taken_away_and_limited(guide):
    def photo(number, size=0):
        return {"name": f"照片{number}.png", "mimeType": "image/png", "buffer": PNG + bytes(size)}

    files, shown = guide.locator("#id_photos"), guide.locator("li[data-cx-new]")
    files.set_input_files([photo(1), photo(2)])
    expect(shown).to_have_count(2)
    expect(shown.first.locator("img")).to_have_attribute("alt", "照片1.png")
    shown.first.get_by_role("button").click()
    expect(shown).to_have_count(1)
    assert guide.evaluate("document.querySelector('#id_photos').files[0].name") == "照片2.png"
    files.set_input_files([photo(9, size=1024 * 1024)])
    expect(guide.locator("[data-cx-drop-said]")).to_have_text("“照片9.png”超过 1 MB，没有放进来。")
    files.set_input_files([photo(number) for number in range(3, 10)])
    expect(shown).to_have_count(6)
    expect(guide.locator("[data-cx-drop-said]")).to_have_text("最多选 6 个，多出的没有放进来。")


def test_a_double_click_sends_one_request(guide):
    sent = []
    guide.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    guide.locator(".cx-savebar .btn-primary").first.dblclick()
    expect(guide.locator("[data-cx-errors]")).to_be_visible()
    assert len(sent) == 1


def test_keys_are_quiet_while_one_types(guide):
    here = guide.url
    text_field(guide).press_sequentially("n/gh?")
    assert guide.url == here
    expect(text_field(guide)).to_have_value("n/gh?")


def test_keys_open_pages_until_they_are_switched_off(guide):
    guide.keyboard.press("n")
    guide.wait_for_url("**/activities/new/")
    guide.goto(GUIDE)
    guide.locator(".cx-user summary").click()
    guide.get_by_role("link", name="关闭快捷键").click()
    guide.wait_for_url(f"**{GUIDE}")
    guide.keyboard.press("n")
    guide.wait_for_timeout(300)
    assert guide.url.endswith(GUIDE)


@pytest.mark.parametrize("width", [1440, 390, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_to_complain_about_and_nothing_too_wide(guide, width, scheme, axe, fits):
    guide.set_viewport_size({"width": width, "height": 900})
    guide.emulate_media(color_scheme=scheme)
    expect(guide.locator("html")).to_have_attribute("data-bs-theme", scheme)
    axe(guide)
    fits(guide)


def test_a_draft_saves_itself_and_says_when_it_could_not(desktop, sign_in, secretary, campaign, console):
    sign_in(desktop, secretary)
    desktop.goto("/activities/new/")
    line = desktop.locator("[data-cx-draft-status]")
    desktop.locator("form[data-cx-draft] textarea").first.fill(WORDS)
    expect(line).to_contain_text("草稿已自动保存")
    assert ActivityDraft.objects.get().author == secretary
    desktop.context.set_offline(True)
    desktop.locator("form[data-cx-draft] textarea").first.fill(WORDS * 2)
    expect(line).to_have_text("没能保存：网络断了。内容还在本页，恢复后会自动保存。")
    console.expect("ERR_INTERNET_DISCONNECTED")
    desktop.context.set_offline(False)
    expect(line).to_contain_text("草稿已自动保存")
    desktop.context.clear_cookies(name="sessionid")
    desktop.locator("form[data-cx-draft] textarea").first.fill(WORDS * 3)
    expect(line).to_have_text("没能保存：登录已到期。内容还在本页，提交时重新登录就能接着填。")

"""The kind of browser in words."""
import pytest

from config.kit.browsers import BROWSERS, SYSTEMS, browser_words

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 {}Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME.format("Windows NT 10.0; Win64; x64", ""), "Chrome，Windows"),
        (CHROME.format("Windows NT 10.0; WOW64", "360SE/13 "), "360 浏览器，Windows"),
        (CHROME.format("Windows NT 10.0; Win64; x64", "") + " Edg/120.0.0.0", "Edge，Windows"),
        (CHROME.format("X11; Linux x86_64", ""), "Chrome，Linux"),
        (CHROME.format("X11; Linux x86_64; UOS", ""), "Chrome，统信"),
        (CHROME.format("Linux; Android 12; HarmonyOS; NOH-AN00", "HuaweiBrowser/14 Mobile "), "华为浏览器，鸿蒙"),
        (CHROME.format("Linux; Android 13", "Mobile ") + " MicroMessenger/8.0.44", "微信，Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17 Safari/604.1", "Safari，iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox，Mac"),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "IE，Windows"),
        ("curl/8.0", "其他浏览器，其他系统"),
        ("", "其他浏览器，其他系统"),
    ],
)
def test_the_kind_in_words(agent, words):
    assert browser_words(agent) == words


def test_the_longest_words_have_room_in_the_table():
    from units.models import SignIn

    longest = f"{max((word for _sign, word in BROWSERS), key=len)}，{max((word for _sign, word in SYSTEMS), key=len)}"
    assert len(longest) <= SignIn._meta.get_field("browser").max_length

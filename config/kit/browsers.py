"""The kind of browser and of machine in two words, out of what a browser says of itself; no version, nothing more exact."""
from django.utils.translation import gettext as _

# The first sign that is found counts: most browsers also say that they are Chrome and Safari.
BROWSERS = (
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("QQBrowser", "QQ 浏览器"), ("QihooBrowser", "360 浏览器"),
    ("360SE", "360 浏览器"), ("360EE", "360 浏览器"), ("MetaSr", "搜狗浏览器"), ("UCBrowser", "UC 浏览器"),
    ("HuaweiBrowser", "华为浏览器"), ("Edg", "Edge"),
    ("OPR/", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("MSIE", "IE"), ("Trident", "IE"), ("Chrome", "Chrome"),
    ("CriOS", "Chrome"), ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"), ("OpenHarmony", "鸿蒙"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("UOS", "统信"), ("Linux", "Linux"),
)


def browser_words(agent):
    """“Chrome，Windows” for the header User-Agent; what is not known is said to be another one."""
    browser = next((word for sign, word in BROWSERS if sign in agent), None)
    system = next((word for sign, word in SYSTEMS if sign in agent), None)
    return _("%(browser)s，%(system)s") % {
        "browser": browser or _("其他浏览器"), "system": system or _("其他系统"),
    }

"""What is shown to everybody: role models, photos, papers and bulletins, wide and narrow, with and without JavaScript; and the
exhibition over the whole screen."""
import datetime
import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from campaign.domain.photos import photo_path
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories.campaign import CommitmentFactory, noon
from tests.factories.photos import PhotoFactory
from tests.factories.releases import (
    BulletinEntryFactory,
    BulletinFactory,
    ExhibitFactory,
    PaperFactory,
    RoleModelFactory,
)
from tests.factories.units import MemberFactory

LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·艾力"
LONG_TITLE = "把窗口办到家门口：一个党支部三年里为四千户老人和残疾人代办手续的做法和体会以及还没有做好的事情"
GONE = ("只给登录的人看", "还在审的事迹", "展示已经到期", "撤下了的照片", "没有发布的一期")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo_of(organization, colour, size=(800, 600)):
    """A stored photo that can be seen."""
    drawn = io.BytesIO()
    Image.new("RGB", size, colour).save(drawn, "JPEG")
    photo = PhotoFactory(organization=organization, width=size[0], height=size[1])
    photo_path(photo.file.name).write_bytes(drawn.getvalue())
    return photo


@pytest.fixture
def shown(campaign, branch, at):
    """One of each kind with the longest words, and beside each what is not for everybody."""
    somebody = MemberFactory(organization=branch, name=LONG_NAME)
    made = {"campaign": campaign, "organization": branch}
    inside, waiting, over, down, unpublished = GONE
    RoleModelFactory(**made, member=somebody, title=LONG_TITLE[:60], is_open=True, honours="全国先进工作者")
    RoleModelFactory(**made, title=inside)
    RoleModelFactory(**made, title=waiting, state="submitted", is_open=True)
    PaperFactory(**made, title="一次办好的三个做法", is_open=True)
    PaperFactory(**made, title=over, is_open=True, expires_on=datetime.date(2011, 6, 9))
    ExhibitFactory(**made, title="走进社区", photo=photo_of(branch, "steelblue"), is_open=True)
    ExhibitFactory(**made, title=down, photo=photo_of(branch, "gray"), is_open=True, state="withdrawn")
    issue = BulletinFactory(
        campaign=campaign, title="六月上旬动态", state="published", published_at=noon(datetime.date(2011, 6, 10)), number=1,
        year=2011, is_open=True,
    )
    BulletinEntryFactory(bulletin=issue, text="6月5日，办公厅第一党支部到社区上门代办。")
    BulletinFactory(campaign=campaign, title=unpublished, is_open=True)
    CommitmentFactory(**made, shown="named")


@pytest.fixture(params=[(DESKTOP, True), (DESKTOP, False), (PHONE, True), (PHONE, False)],
                ids=["wide", "wide without script", "phone", "phone without script"])
def visitor(request, open_page):
    """A page of somebody without an account."""
    size, script = request.param
    return open_page(size, java_script_enabled=script)


@pytest.fixture
def good(request, axe, fits, shoot):
    """`good(page, name)` fails on what axe finds and on what is too wide, and keeps a picture; axe is a script, so it looks only
    where there are some."""
    script = request.node.callspec.params["visitor"][1]

    def check(page, name):
        fits(page)
        if script:
            axe(page)
        shoot(page, name)

    return check


def test_everything_that_was_released_is_there_and_nothing_else(visitor, shown, root, good):
    visitor.goto("/showcase/")
    expect(visitor.get_by_role("heading", level=2)).to_have_text(["典型", "图片展", "成果", "简报", "承诺公开栏"])
    words = visitor.content()
    assert [hidden for hidden in GONE if hidden in words] == []
    good(visitor, "showcase")
    visitor.get_by_role("link", name=f"{LONG_NAME}：{LONG_TITLE[:60]}").click()
    expect(visitor.locator("h1")).to_have_text(f"{LONG_NAME}：{LONG_TITLE[:60]}")
    expect(visitor.get_by_text("可以学的：")).to_be_visible()
    good(visitor, "showcase_role_model")
    visitor.get_by_role("link", name="看全部展示").click()
    visitor.get_by_role("link", name="走进社区").click()
    photo = visitor.locator("img.cx-exhibit")
    expect(photo).to_have_js_property("naturalWidth", 800)
    good(visitor, "showcase_photo")
    visitor.goto("/showcase/")
    visitor.get_by_role("link", name="六月上旬动态").click()
    expect(visitor.get_by_text("2011 年第 1 期")).to_be_visible()
    expect(visitor.get_by_text("6月5日，办公厅第一党支部到社区上门代办。")).to_be_visible()
    good(visitor, "showcase_bulletin")


def test_nothing_to_show_is_said(visitor, root, good):
    visitor.goto("/showcase/")
    expect(visitor.get_by_text("现在没有对外公开的内容。")).to_be_visible()
    good(visitor, "showcase_empty")


def test_the_exhibition_over_the_whole_screen_moves_when_asked(visitor, sign_in, member, campaign, branch, good):
    colours = {"第一张": ("steelblue", (1600, 900)), "第二张": ("seagreen", (600, 1200))}
    first, second = (
        ExhibitFactory(campaign=campaign, organization=branch, title=title, photo=photo_of(branch, *colour))
        for title, colour in colours.items()
    )
    page = sign_in(visitor, member)
    page.goto(second.get_absolute_url())
    page.get_by_role("link", name="全屏看").click()
    expect(page.get_by_text("第 1 张，共 2 张")).to_be_visible()
    for title, going in (("第二张", "下一张"), ("第一张", "上一张")):
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator("img")).to_have_js_property("complete", True)
        box, height = page.locator("img").bounding_box(), page.viewport_size["height"]
        assert 0 <= box["y"] and box["y"] + box["height"] <= height  # the photo is on the screen as a whole
        good(page, f"exhibit_full_{title}")
        page.get_by_role("link", name=going).click()
    page.get_by_role("link", name="退出全屏").click()
    expect(page.get_by_role("link", name="全屏看")).to_be_visible()


def test_the_address_of_a_photo_is_closed_with_its_exhibit(phone, campaign, branch):
    exhibit = ExhibitFactory(campaign=campaign, organization=branch, photo=photo_of(branch, "gray"), is_open=True)
    address = reverse("showcase_photo", args=[exhibit.pk])
    answers = []
    for is_open in (True, False):
        type(exhibit).objects.update(is_open=is_open)
        answers.append(phone.request.get(address).status)
    assert answers == [200, 404]

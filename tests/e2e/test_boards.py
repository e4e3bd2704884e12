"""The public promise board as a passer-by finds it: from the poster's code on a phone, wide and narrow, with and without
JavaScript, with names of the greatest length; and nothing there that the level above has not let out."""
import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from campaign.models import Commitment
from config.kit.qr import picture
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories.campaign import CommitmentFactory, CommitmentOutcomeFactory
from tests.factories.units import MemberFactory
from units.models import Organization

LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·艾力"
LONG_UNIT = "国家减灾中心数据与技术应用部卫星遥感和空间信息联合党支部委员会"
LONG_TEXT = "把因灾倒损民房恢复重建补助资金的申请材料从十一样减到三样，" * 6 + "逐户上门代办"
LONG_WORD = "DOCUMENT-2011-0610-ZHENGMINGCAILIAO" * 3  # nothing at which a browser would break a line
HIDDEN = ("只在内部看的承诺", "还没有提交的承诺", "等着审的承诺", "退回了的承诺", "撤回了的承诺", "别的支部的承诺")


@pytest.fixture
def board(campaign, branch, tree, at):
    """What may be read and what may not, side by side; the address of the branch's board."""
    Organization.objects.filter(pk=branch.pk).update(name=LONG_UNIT)
    worker = MemberFactory(organization=branch, name=LONG_NAME)
    shy = MemberFactory(organization=branch, name="不愿写名字的人")
    CommitmentFactory(
        campaign=campaign, member=worker, shown="named", text=LONG_TEXT[:200], baseline="原来" * 60, target=LONG_WORD[:120],
        due_on=datetime.date(2011, 12, 31),
    )
    CommitmentFactory(campaign=campaign, member=shy, shown="nameless", text="替楼里的老人取药")
    made = CommitmentFactory(campaign=campaign, organization=branch, shown="named", state="judged", text="设便民窗口")
    CommitmentOutcomeFactory(commitment=made, outcome="excused", explanation="设备没有运到")
    inside, draft, waiting, returned, withdrawn, other = HIDDEN
    CommitmentFactory(campaign=campaign, member=worker, text=inside)
    for text, state in ((draft, "draft"), (waiting, "submitted"), (returned, "returned"), (withdrawn, "withdrawn")):
        CommitmentFactory(campaign=campaign, member=worker, text=text, state=state)
    CommitmentFactory(campaign=campaign, organization=tree.organ_branch_2, shown="named", text=other)
    return reverse("board", args=[branch.code])


@pytest.fixture(params=[(DESKTOP, True), (DESKTOP, False), (PHONE, True), (PHONE, False)],
                ids=["wide", "wide without script", "phone", "phone without script"])
def passer_by(request, open_page):
    """A page of somebody without an account."""
    size, script = request.param
    return open_page(size, java_script_enabled=script)


@pytest.fixture
def good(request, axe, fits):
    """`good(page)` fails on what axe finds and on what is too wide; axe is a script, so it looks only where there are some."""
    script = request.node.callspec.params["passer_by"][1]

    def check(page):
        fits(page)
        if script:
            axe(page)

    return check


def test_what_was_let_out_is_there_and_nothing_else(passer_by, board, good, shoot):
    passer_by.goto(board)
    expect(passer_by.locator("h1")).to_have_text("承诺公开栏")
    cards = passer_by.locator(".cx-board > li")
    expect(cards).to_have_count(3)
    expect(passer_by.get_by_text(LONG_UNIT).first).to_be_visible()
    expect(cards.filter(has_text=LONG_NAME)).to_have_count(1)
    expect(cards.filter(has_text="替楼里的老人取药")).to_contain_text("一名党员")
    expect(cards.filter(has_text="设便民窗口")).to_contain_text("因客观原因未兑现")
    expect(cards.filter(has_text="设便民窗口")).to_contain_text("说明：设备没有运到")
    words = passer_by.content()
    assert [hidden for hidden in (*HIDDEN, "不愿写名字的人") if hidden in words] == []
    good(passer_by)
    shoot(passer_by, "board")
    passer_by.get_by_role("link", name="大字版").click()
    expect(passer_by.locator("html")).to_have_class("cx-large")
    expect(cards).to_have_count(3)
    good(passer_by)
    shoot(passer_by, "board_large")
    assert passer_by.context.cookies() == []


def test_an_empty_board_says_so(passer_by, campaign, branch, good, shoot):
    CommitmentFactory(campaign=campaign, organization=branch, text=HIDDEN[0])
    passer_by.goto(reverse("board", args=[branch.code]))
    expect(passer_by.get_by_text("这里还没有对外公开的承诺。")).to_be_visible()
    expect(passer_by.locator(".cx-board")).to_have_count(0)
    assert HIDDEN[0] not in passer_by.content()
    good(passer_by)
    shoot(passer_by, "board_empty")


def test_it_goes_on_over_pages_and_down_the_tree(passer_by, campaign, unit, branch, root, good):
    for number in range(31):
        CommitmentFactory(campaign=campaign, organization=branch, shown="named", text=f"第 {number + 1:02} 件实事")
    passer_by.goto(reverse("board", args=[root.code]))
    for name in (unit.name, branch.name):
        passer_by.get_by_role("link", name=name, exact=True).click()
        expect(passer_by.get_by_text(f"{name} · 截至")).to_be_visible()
    cards = passer_by.locator(".cx-board > li")
    expect(cards).to_have_count(30)
    good(passer_by)
    passer_by.get_by_role("link", name="下一页").click()
    expect(cards).to_have_count(1)
    good(passer_by)


def test_a_decision_taken_back_closes_the_board_at_once(phone, board):
    phone.goto(board)
    expect(phone.locator(".cx-board > li")).to_have_count(3)
    Commitment.objects.update(shown="inside")
    phone.reload()
    expect(phone.get_by_text("这里还没有对外公开的承诺。")).to_be_visible()


def test_the_posters_code_leads_a_phone_there(desktop, phone, sign_in, secretary, board, branch, live_server, axe, fits, shoot):
    sign_in(desktop, secretary).goto("/commitments/")
    desktop.get_by_role("link", name="公开栏二维码").click()
    address = desktop.locator(".cx-poster .a")
    expect(address).to_have_text(f"{live_server.url}{board}")
    modules = "document.querySelector('.cx-poster svg path').getAttribute('d')"
    assert desktop.evaluate(modules) in picture(address.inner_text())
    expect(desktop.get_by_text("现在对外公开 3 条。")).to_be_visible()
    axe(desktop)
    fits(desktop)
    shoot(desktop, "board_poster")
    phone.goto(address.inner_text())
    expect(phone.locator("h1")).to_have_text("承诺公开栏")
    assert phone.context.cookies() == []


def test_a_board_that_is_not_there_looks_like_any_missing_page(phone, campaign, axe, fits, console):
    phone.goto("/boards/no-such/")
    expect(phone.locator("h1")).to_be_visible()
    axe(phone)
    fits(phone)
    console.expect("404")

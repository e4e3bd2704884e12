"""Reviews in a real browser: whom do I owe one, writing beside the facts, a meeting of ten, 通报, and all without scripts."""
import pytest
from playwright.sync_api import expect

from evaluations.models import Review, ReviewMeeting
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.main_job_records import follow, heading, press
from tests.factories.campaign import ActivityFactory
from tests.factories.evaluations import ReviewProblemFactory
from tests.factories.units import MemberFactory, OrganizationFactory, PostFactory, user_with
from units.domain.charges import divide_work
from units.enums import Role
from units.models import Post

BOARD = "/reviews/duties/"


@pytest.fixture
def charged(campaign, tree, leader, office, at, today):
    """The leader is in charge of the organ and the society; nobody of the institution. A joint visit was recorded."""
    divide_work(leader, [tree.organ, tree.society], within=tree.root, happened_on=today, by=office, at=at, on=today)
    ActivityFactory(campaign=campaign, organization=tree.organ, title="到社区窗口上门办件")
    return tree


@pytest.fixture
def both_sizes(axe, fits, shoot):
    """`both_sizes(page, name)` looks at a page as a desktop and as a phone shows it."""

    def look(page, name):
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.evaluate("scrollTo(0, 0)")  # what lies half below the bar at the top is no target just now
            axe(page)
            fits(page)
            shoot(page, f"reviews-{name}")
        page.set_viewport_size(DESKTOP)

    return look


# The duty board -------------------------------------------------------------------------------
def test_a_figure_of_the_board_opens_to_names_and_on_to_the_form(desktop, charged, leader, sign_in, both_sizes):
    sign_in(desktop, leader).goto(BOARD)
    both_sizes(desktop, "duties-mine")
    figures = desktop.get_by_role("table", name="已点评和应点评，按单位类别")
    figures.get_by_role("row", name="部管社会组织").get_by_role("link", name="待点评 1").last.click()
    expect(desktop.locator("#h-names")).to_have_text("书记 · 部管社会组织 · 待点评")
    names = desktop.locator("#names tbody tr")
    expect(names).to_have_count(1)
    head = charged.members[charged.society.pk][0]
    expect(names).to_contain_text(head.name)
    names.get_by_role("link", name="点评").click()
    heading(desktop, f"点评：{head.name}")


def test_the_office_sees_where_nobody_is_responsible_and_mends_it(desktop, charged, office, sign_in, both_sizes):
    Post.objects.filter(organization=charged.institution_branch).delete()
    sign_in(desktop, office).goto(BOARD)
    figures = desktop.get_by_role("table", name="已点评和应点评，按单位类别")
    figures.get_by_role("row", name="直属事业单位").get_by_role("link", name="没有人负责").first.click()
    expect(desktop.locator("#names")).to_contain_text("没有明确联系领导")
    expect(desktop.locator("#names")).to_contain_text("上级党组织没有书记")
    both_sizes(desktop, "duties-gaps")
    follow(desktop, "去改分工")
    expect(desktop.locator("h1")).to_contain_text("分工")


# Writing one ----------------------------------------------------------------------------------
def test_a_fact_is_quoted_by_a_click_and_the_problem_becomes_an_item(desktop, charged, leader, sign_in, both_sizes):
    sign_in(desktop, leader).goto(f"/reviews/new/?organization={charged.organ.pk}")
    facts = desktop.get_by_role("region", name="近半年的事实")
    box = facts.get_by_role("checkbox", name="到社区窗口上门办件")
    both_sizes(desktop, "form")
    expect(facts.bounding_box()["x"] < desktop.locator("#write").bounding_box()["x"] and facts).to_be_visible()
    facts.locator("label", has_text="到社区窗口上门办件").click()
    expect(box).to_be_checked()
    press(desktop, "发出点评")
    expect(desktop.locator("[data-cx-errors]")).to_be_focused()
    expect(box).to_be_checked()  # what was chosen is kept
    both_sizes(desktop, "form-errors")
    desktop.fill("#id_problem_1", "上门办件没有登记")
    desktop.fill("#id_direction", "办一件记一件。")
    desktop.get_by_label("要求整改").first.check()
    press(desktop, "发出点评")
    heading(desktop, "点评：办公厅党总支")
    expect(desktop.get_by_role("region", name="引用的事实")).to_contain_text("到社区窗口上门办件")
    both_sizes(desktop, "detail")
    problem = Review.objects.get().problems.get()
    assert (problem.text, problem.rectification.verifier) == ("上门办件没有登记", leader)
    desktop.goto(f"{BOARD}?state=done")
    expect(desktop.locator("#names tbody tr")).to_contain_text("办公厅党总支")


# A meeting of ten -----------------------------------------------------------------------------
@pytest.fixture
def ten(campaign, tree):
    """The secretaries of the ten branches of the organ."""
    more = [OrganizationFactory(parent=tree.organ, name=f"办公厅第{number}处党支部") for number in range(3, 11)]
    heads = [tree.members[branch.pk][0] for branch in (tree.organ_branch, tree.organ_branch_2)]
    return heads + [PostFactory(member=MemberFactory(organization=branch)).member for branch in more]


def test_ten_secretaries_are_reviewed_on_one_page(desktop, ten, committee, sign_in, both_sizes):
    sign_in(desktop, committee).goto("/reviews/")
    follow(desktop, "集中点评")
    heading(desktop, "集中点评")
    desktop.get_by_label("场合").select_option(label="情况通报会")
    desktop.get_by_label("地点").fill("三楼会议室")
    for number, head in enumerate(ten):
        desktop.get_by_label(f"{head.name}：问题").fill(f"记录晚了 {number + 1} 天")
        if number < 9:
            desktop.get_by_label(f"{head.name}：努力方向").fill("当周记入。")
    press(desktop, "发出点评")
    expect(desktop.locator("[data-cx-errors]")).to_contain_text(f"请写{ten[9].name}的努力方向，没有方向的点评不能发出。")
    both_sizes(desktop, "meeting-errors")
    assert not Review.objects.exists(), "one row that is not complete stops them all"
    desktop.get_by_label(f"{ten[9].name}：努力方向").fill("当周记入。")
    desktop.get_by_label(f"{ten[9].name}：要求整改").check()
    press(desktop, "发出点评")
    heading(desktop, "集中点评：办公厅党总支")
    expect(desktop.locator("tbody tr")).to_have_count(10)
    both_sizes(desktop, "meeting")
    assert Review.objects.filter(meeting=ReviewMeeting.objects.get(), member__in=ten).count() == 10


# 通报 -----------------------------------------------------------------------------------------
def test_a_review_is_read_in_the_chosen_range_and_nowhere_else(
    desktop, phone, campaign, tree, leader, outsider, sign_in, both_sizes, axe, fits, console
):
    problem = ReviewProblemFactory(
        review__campaign=campaign, review__organization=tree.organ_branch, review__reviewer=leader, text="台账补得晚"
    )
    address = problem.review.get_absolute_url()
    sign_in(desktop, leader).goto(address)
    follow(desktop, "通报给别人看")
    both_sizes(desktop, "circulate")
    press(desktop, "通报")
    expect(desktop.locator("main")).to_contain_text("请选通报给谁。")
    desktop.get_by_label("办公厅党总支各党组织的书记").check()
    press(desktop, "通报")
    expect(desktop.get_by_role("region", name="通报")).to_contain_text("办公厅党总支各党组织的书记")
    reader = user_with(Role.SECRETARY, tree.organ_branch_2, name="第二支部书记")
    sign_in(phone, reader).goto(address)
    heading(phone, "点评通报：办公厅第一党支部")
    expect(phone.locator("main")).to_contain_text("台账补得晚")
    axe(phone)
    fits(phone)
    assert sign_in(phone, outsider).goto(address).status == 404
    console.expect("404")
    press(desktop, "停止")
    expect(desktop.get_by_text("已停止通报。")).to_be_visible()
    assert sign_in(phone, reader).goto(address).status == 404
    console.expect("404")


# Without scripts, on a narrow phone -----------------------------------------------------------
def write_from_the_board(page, look):
    """The leader goes from the board to the form, forgets the problem, quotes a fact, and lets all secretaries read it."""
    page.goto(f"{BOARD}?kind=organization")
    look("duties")
    page.locator("#names tbody tr").first.get_by_role("link", name="点评").click()
    heading(page, "点评：办公厅党总支")
    look("form")
    page.get_by_role("checkbox", name="到社区窗口上门办件").check()
    press(page, "发出点评")
    expect(page.locator("[data-cx-errors]")).to_contain_text("请至少写一个问题，没有问题的点评不能发出。")
    look("form-errors")
    page.fill("#id_problem_1", "上门办件没有登记")
    page.fill("#id_direction", "办一件记一件。")
    press(page, "发出点评")
    heading(page, "点评：办公厅党总支")
    expect(page.get_by_role("region", name="引用的事实")).to_contain_text("到社区窗口上门办件")
    follow(page, "通报给别人看")
    page.get_by_label("直属机关党委范围内全部书记").check()
    look("circulate")
    press(page, "通报")
    expect(page.get_by_text("已通报给直属机关党委各党组织的书记。")).to_be_visible()


def answer(page, address, look):
    """The committee answers below the review."""
    page.goto(address)
    look("detail")
    page.fill("#id_text", "这个月起，上门办件当天登记。")
    press(page, "发出回复")
    expect(page.locator("#thread")).to_contain_text("这个月起，上门办件当天登记。")


def hold_a_meeting(page, head, look):
    """The committee reviews one of the secretaries below at a meeting."""
    page.goto("/reviews/meetings/new/")
    heading(page, "集中点评")
    look("meeting")
    page.get_by_label("场合").select_option(label="情况通报会")
    page.get_by_label(f"{head.name}：问题").fill("补记多")
    page.get_by_label(f"{head.name}：努力方向").fill("当周记入。")
    press(page, "发出点评")
    heading(page, "集中点评：办公厅党总支")
    look("meeting-held")


@pytest.mark.parametrize("width", [360, 390])
def test_the_whole_way_without_scripts(width, open_page, charged, leader, committee, sign_in, axe, fits, shoot):
    narrow = {"width": width, "height": 780}
    page, eyes = open_page(narrow, java_script_enabled=False), open_page(narrow)

    def look(name):
        fits(page)
        shoot(page, f"reviews-plain-{name}")
        eyes.context.add_cookies(page.context.cookies())
        eyes.goto(page.url)  # axe is a script itself: it looks at the same address in a page that runs them
        axe(eyes)

    write_from_the_board(sign_in(page, leader), look)
    address = Review.objects.get().get_absolute_url()
    answer(sign_in(page, committee), address, look)
    hold_a_meeting(page, charged.members[charged.organ_branch.pk][0], look)
    sign_in(page, leader).goto(address)
    expect(page.locator("#thread")).to_contain_text("这个月起，上门办件当天登记。")
    page.goto(f"{BOARD}?state=done&kind=organization")
    expect(page.locator("#names tbody tr")).to_contain_text("办公厅党总支")
    look("duties-done")

"""Logging an activity in a real browser, with scripts and without."""
import datetime

import pytest
from playwright.sync_api import expect

from campaign.models import Activity, ActivityDraft
from tests.config.kit.test_pictures import picture
from tests.factories.campaign import ActivityKindFactory, CriterionFactory, PlanFactory, TaskFactory
from tests.factories.units import PASSWORD, MemberFactory

URL = "/activities/new/"
WORDS = "为 12 户老人办了优待证。"
SUBMIT = ".cx-savebar .btn-primary"


@pytest.fixture
def task(campaign, branch):
    CriterionFactory(campaign=campaign, code="G2", title="党员队伍好")
    ActivityKindFactory()
    plan = PlanFactory(campaign=campaign, organization=branch)
    return TaskFactory(plan=plan, title="窗口服务", codes=["G2"], due_on=datetime.date(2011, 6, 15))


@pytest.fixture
def form(desktop, task, secretary, sign_in):
    """The form as it opens for the secretary."""
    sign_in(desktop, secretary).goto(URL)
    return desktop


def photo(name):
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture(size=(300, 200))}


def test_from_a_task_it_takes_one_sentence(form, task, axe, fits, shoot):
    axe(form)
    fits(form)
    shoot(form, "activity-form")
    form.fill("#id_text", WORDS)
    form.locator(SUBMIT).click()
    expect(form.locator("h1")).to_have_text("窗口服务")
    activity = Activity.objects.get()
    assert (activity.task, activity.text, activity.present, activity.has_roster) == (task, WORDS, 5, True)
    axe(form)
    shoot(form, "activity-detail")


def test_names_photos_and_the_number_go_together(form, branch_members):
    form.fill("#id_text", WORDS)
    form.get_by_text("点名单").click()
    form.get_by_label(branch_members[2].name, exact=True).check()
    expect(form.locator("#id_present")).to_have_value("4")
    form.get_by_label(branch_members[2].name, exact=True).uncheck()
    expect(form.locator("#id_present")).to_have_value("5")
    form.get_by_label(branch_members[3].name, exact=True).check()
    form.set_input_files("#id_photos", [photo("窗口.jpg"), photo("讨论会.jpg")])
    expect(form.locator("li[data-cx-new]")).to_have_count(2)
    form.locator(SUBMIT).click()
    expect(form.get_by_text(f"没来的：{branch_members[3].name}")).to_be_visible()
    expect(form.locator(".cx-thumbs img")).to_have_count(2)
    assert form.locator(".cx-thumbs img").first.evaluate("image => image.decode().then(() => image.naturalWidth)") == 300


def test_another_day_brings_its_roster(form, branch):
    late = MemberFactory(organization=branch, member_since=datetime.date(2011, 6, 8))
    form.goto(URL)
    expect(form.locator("#id_present")).to_have_value("6")
    form.fill("#id_happened_on", "2011-06-07")
    form.locator("#id_happened_on").blur()
    expect(form.locator("#id_present")).to_have_value("5")
    form.get_by_text("点名单").click()
    expect(form.get_by_label(late.name, exact=True)).to_have_count(0)
    form.locator(".cx-roster input").first.check()
    expect(form.locator("#id_present")).to_have_value("4")


def test_typing_saves_a_draft_that_submitting_takes_away(form):
    form.fill("#id_text", WORDS)
    expect(form.locator("[data-cx-draft-status]")).to_contain_text("草稿已自动保存")
    assert ActivityDraft.objects.get().first("text") == WORDS
    form.locator(SUBMIT).click()
    expect(form.locator("h1")).to_have_text("窗口服务")
    assert not ActivityDraft.objects.exists()


def test_the_back_button_makes_no_second_record(form):
    form.fill("#id_text", WORDS)
    form.locator(SUBMIT).click()
    expect(form.locator("h1")).to_have_text("窗口服务")
    form.go_back()
    form.fill("#id_text", "改了几个字再按一次。")
    form.locator(SUBMIT).click()
    expect(form.get_by_text("这张表已经交过，没有再记一次。")).to_be_visible()
    assert Activity.objects.get().text == WORDS


def test_on_a_phone_with_errors_and_everything_open(phone, task, secretary, sign_in, axe, fits, shoot):
    sign_in(phone, secretary).goto(URL)
    phone.locator(SUBMIT).click()
    expect(phone.locator("[data-cx-errors]")).to_be_focused()
    phone.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
    axe(phone)
    fits(phone)
    shoot(phone, "activity-form-errors")


def test_without_scripts_a_form_is_sent_and_survives_the_end_of_the_session(
    without_script, task, secretary, sign_in, console, shoot
):
    page = sign_in(without_script, secretary)
    page.goto(URL)
    page.fill("#id_text", WORDS)
    page.context.clear_cookies(name="sessionid")
    page.locator(SUBMIT).click()
    expect(page.locator("h1")).to_have_text("重新登录")
    console.expect("403")
    shoot(page, "login-again")
    page.fill("[name=username]", secretary.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.locator("#id_text")).to_have_value(WORDS)
    expect(page.get_by_text("已重新登录，内容都在。")).to_be_visible()
    page.locator(SUBMIT).click()
    expect(page.locator("h1")).to_have_text("窗口服务")
    assert Activity.objects.get().task == task

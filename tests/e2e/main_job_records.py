"""The first half of the main job as steps in a browser: sign in, import, look round, open a campaign, log activities.

Each step takes a page and leaves it where the next one finds it; `look(page, name)` checks the page that was reached.
"""
import datetime
from pathlib import Path

from playwright.sync_api import expect

import demo
from campaign.domain.plans import draft_plan, move_plan
from campaign.domain.tasks import TaskText, add_task
from campaign.models import Activity, ActivityKind, Campaign
from config.kit import clock
from tests.config.kit.test_pictures import picture
from tests.factories.units import PASSWORD, user_with
from units.domain.founding import found_installation
from units.enums import MemberStatus, PostKind, Role
from units.models import Member, Organization, Post, User

LEDGERS = Path(demo.__file__).parent
LONG = 90_000  # milliseconds for the worker to read 3,217 rows or to score everybody, on a loaded machine
OWN_PASSWORD = "office-own-password-2011"
BRANCH = "办公厅第一党支部"
DEED = "为 12 户老人送去优待证，不用再跑三趟。"


def press(page, name):
    """Press the one button of the page's main part whose name holds `name`."""
    page.locator("main").get_by_role("button", name=name).click()


def follow(page, name):
    """Follow the first link of the page's main part whose name holds `name`."""
    page.locator("main").get_by_role("link", name=name).first.click()


def heading(page, words, **options):
    expect(page.locator("h1")).to_have_text(words, **options)


# 1. The office signs in for the first time -----------------------------------------------------
def sign_in_for_the_first_time(page, log_in, look):
    founded_on = datetime.date(1980, 3, 1)
    _, accounts = found_installation(
        code="00", name="直属机关党委", founded_on=founded_on, at=clock.now(), on=clock.today()
    )
    (office,) = (account for account in accounts if account.username == Role.OFFICE.value)
    page.goto("/login/")
    look(page, "01-login")
    log_in(page, office.username, office.password)
    heading(page, "修改密码")
    look(page, "02-password")
    page.fill("[name=old_password]", office.password)
    page.fill("[name=new_password1]", OWN_PASSWORD)
    page.fill("[name=new_password2]", OWN_PASSWORD)
    press(page, "修改密码")
    page.goto("/")
    look(page, "03-home-empty", main=True)


# 2. Both ledgers come in -------------------------------------------------------------------------
def import_the_ledgers(page, look):
    page.goto("/imports/")
    look(page, "04-imports-empty")
    page.goto("/imports/new/")
    look(page, "05-import-new")
    page.set_input_files("[name=organizations]", LEDGERS / "党组织名册.xlsx")
    page.set_input_files("[name=members]", LEDGERS / "党员花名册.xlsx")
    press(page, "上传并核对")
    heading(page, "导入台账：预览", timeout=LONG)
    expect(page.get_by_role("heading", name="3,217 行可以导入，0 行有错")).to_be_visible()
    assert (Organization.objects.count(), Member.objects.count()) == (1, 0), "nothing is written before it is confirmed"
    look(page, "06-import-preview", main=True)
    press(page, "导入")
    heading(page, "导入台账：结果", timeout=LONG)
    expect(page.locator("main")).to_contain_text("写入：新增 3,216 行，更正 0 行")
    assert (Organization.objects.count(), Member.objects.count()) == (141, 3076)
    look(page, "07-import-result")


def look_round_the_organisation(page, look):
    page.goto("/organizations/")
    look(page, "08-organizations", main=True)
    branch = Organization.objects.get(name=BRANCH)
    page.goto(branch.get_absolute_url())
    heading(page, BRANCH)
    look(page, "09-organization", main=True)
    page.goto(f"{branch.get_absolute_url()}members/")
    look(page, "10-members")
    page.goto(a_member(branch).get_absolute_url())
    look(page, "11-member", main=True)
    return branch


def a_member(branch):
    """The first full member of `branch` by strokes who holds no post."""
    holders = Post.objects.standing().values("member")
    return branch.members.filter(status=MemberStatus.FULL).exclude(pk__in=holders).by_strokes().first()


# 3. A campaign from the template -----------------------------------------------------------------
def open_a_campaign(page, look):
    page.goto("/campaigns/")
    look(page, "12-campaigns-empty")
    follow(page, "新建活动")
    look(page, "13-campaign-new")
    page.fill("[name=title]", "创先争优活动")
    page.fill("[name=code]", "cxzy-2010")
    page.fill("[name=starts_on]", "2010-04-06")
    press(page, "建立")
    expect(page.get_by_text("活动已经建好，还在筹备。")).to_be_visible()
    look(page, "14-campaign-edit")
    page.goto("/campaigns/")
    follow(page, "开始")
    look(page, "14-campaign-open")
    press(page, "开始这个活动")
    expect(page.locator(".cx-tag--doing")).to_have_text("进行中")
    look(page, "15-campaigns")
    page.goto("/timeline/")
    look(page, "16-timeline", main=True)
    return Campaign.objects.get(code="cxzy-2010")


def secretary_with_a_task(branch, campaign):
    """The account of the branch's secretary on the roster, and a task of a plan that the office approved."""
    post = Post.objects.standing().get(organization=branch, kind=PostKind.SECRETARY)
    secretary = user_with(Role.SECRETARY, branch, member=post.member, name=post.member.name)
    office, at = User.objects.get(username=Role.OFFICE.value), clock.now()
    plan = draft_plan(campaign, branch, title="第一党支部计划", theme=campaign.theme, by=secretary, at=at)
    text = TaskText(
        title="窗口服务", due_on=datetime.date(2011, 6, 15), kind=ActivityKind.objects.get(code="volunteer"), codes=["G2"]
    )
    task = add_task(plan, text, by=secretary, at=at)
    move_plan(plan, "submit", by=secretary, at=at)
    move_plan(plan, "approve", by=office, at=at)
    return secretary, task


# 4. The secretary logs what the branch did ---------------------------------------------------------
def log_from_a_task(page, log_in, secretary, task, look):
    log_in(page, secretary.username, PASSWORD)
    look(page, "20-home-secretary", main=True)
    page.goto("/plans/")
    look(page, "21-plan")
    follow(page, "记活动")
    heading(page, "记一条活动")
    page.fill("#id_text", DEED)
    look(page, "22-activity-form", main=True)
    press(page, "提交")
    heading(page, "窗口服务")
    assert Activity.objects.get().task == task
    look(page, "23-activity", main=True)
    page.goto("/activities/")
    look(page, "24-activities", main=True)


def log_with_a_photo(phone, sign_in, secretary, axe, fits, shoot):
    sign_in(phone, secretary).goto("/activities/new/?blank=1")
    phone.fill("#id_text", "座谈会上听取 6 条意见，当场答复 4 条。")
    phone.get_by_label("座谈会", exact=True).check()
    photo = {"name": "座谈.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(800, 600))}
    phone.set_input_files("#id_photos", [photo])
    expect(phone.locator("li[data-cx-new]")).to_have_count(1)
    axe(phone)
    fits(phone)
    shoot(phone, "main-25-activity-form-photo")
    press(phone, "提交")
    expect(phone.locator(".cx-thumbs img")).to_have_count(1)
    axe(phone)
    fits(phone)
    shoot(phone, "main-26-activity-photo")


def log_without_scripts(page, sign_in, secretary, shoot):
    sign_in(page, secretary).goto("/activities/new/?blank=1")
    page.fill("#id_text", "学习讨论后修订窗口服务守则。")
    page.get_by_label("学习", exact=True).check()
    press(page, "提交")
    heading(page, "6月学习")
    shoot(page, "main-27-activity-without-script")

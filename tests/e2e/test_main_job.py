"""The main job in a real browser, from an empty installation to the list on the wall; every page passed is checked.

One long walk, because each part stands on the records of the one before it: the office brings the ledgers in and opens a
campaign, a secretary logs activities, a run scores them, and a nominee of the branch is decided on and exported.
"""
import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

import demo
from campaign.domain.plans import draft_plan, move_plan
from campaign.domain.tasks import TaskText, add_task
from campaign.models import Activity, ActivityKind, Campaign
from config.kit import clock
from evaluations.models import AwardDecision, CurrentRun, Nomination, ScoringRun
from tests.config.kit.test_pictures import picture
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.exported import words_of_docx, words_of_xlsx
from tests.factories.units import PASSWORD, user_with
from units.domain.founding import found_installation
from units.enums import MemberStatus, PostKind, Role
from units.models import Member, Organization, Post, User

LEDGERS = Path(demo.__file__).parent
LONG = 90_000  # milliseconds for the worker to read 3,217 rows or to score everybody, on a loaded machine
OWN_PASSWORD = "office-own-password-2011"
BRANCH = "办公厅第一党支部"
DEED = "为 12 户老人送去优待证，不用再跑三趟。"
STORY = "把社会救助材料从五份减到两份，办理时间从七天减到三天。"


@pytest.fixture
def look(axe, fits, shoot):
    """`look(page, name)` checks the page as it is at both widths; with `main=True` with axe at 390 pixels too."""

    def check(page, name, main=False):
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            fits(page)
            if main or size == DESKTOP:
                axe(page)
            shoot(page, f"main-{name}")

    return check


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
    press(page, "开始")
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


# 5. The run ----------------------------------------------------------------------------------------
def score_everybody(page, look):
    page.goto("/runs/")
    look(page, "30-runs-empty")
    follow(page, "计算")
    look(page, "31-run-new")
    page.locator(".cx-savebar .btn-primary").click()
    progress, ranking = page.get_by_role("group", name="正在计分"), page.locator("main").get_by_role("link", name=BRANCH)
    expect(progress.or_(ranking).first).to_be_visible()
    look(page, "32-run-at-work")
    expect(ranking.first).to_be_visible(timeout=LONG)
    look(page, "33-run", main=True)
    run = ScoringRun.objects.get()
    assert CurrentRun.objects.get().run == run, "what was asked for is shown on all pages when it is done"
    assert run.scores.filter(member__isnull=False).count() > 2000
    page.locator("main tr", has_text=BRANCH).locator("a[href*='/scores/']").click()
    heading(page, "得分说明")
    look(page, "34-score", main=True)
    line = page.locator("main li", has_text="党员参加活动").locator("a[href*='/scores/lines/']")
    address = line.get_attribute("href")
    line.click()
    expect(page.locator("main .cx-open").first).to_contain_text("佐证")
    look(page, "35-score-evidence", main=True)
    page.goto(address)
    expect(page.locator("main .cx-open")).to_contain_text("窗口服务")
    look(page, "36-score-line", main=True)
    page.goto("/runs/")
    look(page, "37-runs")


# 6. The round ----------------------------------------------------------------------------------------
def open_a_round(page, look):
    page.goto("/awards/")
    look(page, "40-awards-empty")
    follow(page, "新建一批")
    page.fill("[name=title]", "七一表彰")
    page.fill("[name=code]", "qiyi-2011")
    page.fill("[name=cutoff_on]", "2011-06-01")
    page.fill("[name=nominations_due_on]", "2011-06-20")
    page.fill("[name=organization__organ]", "10%")
    page.fill("[name=member__organ]", "5")
    look(page, "41-award-new")
    press(page, "保存")
    heading(page, "七一表彰")
    address = page.url
    press(page, "下达名额，开始推荐")
    expect(page.get_by_text("已开始推荐。")).to_be_visible()
    look(page, "42-award-open", main=True)
    follow(page, "名额怎么来的")
    look(page, "43-award-quota")
    return address


def nominate(page, round_url, branch, look):
    """The secretary puts the branch and one member forward; returns the member."""
    member = a_member(branch)
    page.goto(round_url)
    look(page, "44-award-secretary")
    page.goto(f"{round_url}nominate/")
    look(page, "45-nomination-pick", main=True)
    for kind, nominee in (("member", member), ("organization", branch)):
        page.goto(f"{round_url}nominate/?kind={kind}&organization={branch.pk}&nominee={nominee.pk}")
        page.fill("[name=meeting_on]", "2011-06-10")
        votes = page.locator("[name=expected]").input_value()
        page.fill("[name=present]", votes)
        page.fill("[name=approving]", votes)
        page.fill("[name=story]", STORY)
        look(page, f"46-nomination-form-{kind}", main=kind == "member")
        press(page, "提交推荐")
        heading(page, nominee.name)
        expect(page.locator("main")).to_contain_text(STORY)
    look(page, "47-nomination", main=True)
    return member


def check_and_decide(page, round_url, look):
    page.goto(round_url)
    press(page, "结束推荐，开始审核")
    for number in (1, 2):
        page.goto(round_url)
        follow(page, "审下一个")
        page.get_by_label("没有影响评选的处分").check()
        press(page, "记下答复")
        look(page, f"48-check-{number}", main=number == 1)
        press(page, "审核通过")
        expect(page.get_by_text("审核通过。", exact=True)).to_be_visible()
    page.goto(round_url)
    for box in page.locator("[name=nomination]").all():
        box.check()
    press(page, "定为入选")
    look(page, "49-award-selected", main=True)
    follow(page, "登记决定")
    page.fill("[name=document_number]", "直党发〔2011〕12号")
    look(page, "50-award-decide", main=True)
    press(page, "登记决定")
    expect(page.get_by_role("button", name="导出决定（docx）")).to_be_visible()
    look(page, "51-award-decided", main=True)
    decision = AwardDecision.objects.get()
    assert decision.decided_by_id not in Nomination.objects.values_list("nominated_by", flat=True)


# 7. The list on the wall -----------------------------------------------------------------------------
def export(page, round_url, button, look):
    """Ask for one format, wait for the worker, fetch the file; returns (name, content)."""
    page.goto(round_url)
    press(page, button)
    download = page.locator("main").get_by_role("link", name="下载", exact=True)
    expect(download).to_be_visible(timeout=LONG)
    look(page, f"52-export-{button[5:9]}")
    with page.expect_download() as fetched:
        download.click()
    return fetched.value.suggested_filename, Path(fetched.value.path()).read_bytes()


def export_both(page, round_url, member, branch, look):
    for button, words_of in (("导出决定（docx）", words_of_docx), ("导出名单（xlsx）", words_of_xlsx)):
        name, content = export(page, round_url, button, look)
        words = words_of(content)
        assert name.endswith(button[-5:-1])
        assert member.name in words and branch.name in words, f"{name} does not name who was decided on"
        assert "演示数据" in words, f"{name} does not say that it was made in a demo"
    page.goto("/exports/")
    look(page, "53-exports")


def test_from_the_ledgers_to_the_award_list(desktop, open_page, phone, without_script, log_in, sign_in, look, axe, fits, shoot):
    sign_in_for_the_first_time(desktop, log_in, look)
    import_the_ledgers(desktop, look)
    branch = look_round_the_organisation(desktop, look)
    campaign = open_a_campaign(desktop, look)
    secretary, task = secretary_with_a_task(branch, campaign)
    branch_desk = open_page(DESKTOP)
    log_from_a_task(branch_desk, log_in, secretary, task, look)
    log_with_a_photo(phone, sign_in, secretary, axe, fits, shoot)
    log_without_scripts(without_script, sign_in, secretary, shoot)
    assert Activity.objects.standing().filter(organization=branch).count() == 3
    score_everybody(desktop, look)
    round_url = open_a_round(desktop, look)
    member = nominate(branch_desk, round_url, branch, look)
    check_and_decide(desktop, round_url, look)
    export_both(desktop, round_url, member, branch, look)

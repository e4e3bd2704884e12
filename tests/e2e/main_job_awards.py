"""The second half of the main job as steps in a browser: score, open a round, nominate, check, decide, export."""
from pathlib import Path

from playwright.sync_api import expect

from evaluations.models import AwardDecision, CurrentRun, Nomination, ScoringRun
from tests.e2e.exported import words_of_docx, words_of_xlsx
from tests.e2e.main_job_records import BRANCH, LONG, a_member, follow, heading, press

STORY = "把社会救助材料从五份减到两份，办理时间从七天减到三天。"


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

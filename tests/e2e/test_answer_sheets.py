"""Answering a questionnaire in a real browser: from a slip on a phone, and an open one without JavaScript at 360 pixels."""
from playwright.sync_api import expect

from evaluations.models import SealedSheet
from tests.factories.questionnaires import draft_questionnaire, open_questionnaire


def test_a_slip_leads_through_one_question_a_page(phone, console, campaign, branch, axe, fits, shoot):
    _made, codes = open_questionnaire(campaign, branch)
    phone.goto(f"/q/#{codes['members'][0]}")
    phone.wait_for_url("**/q/answer/")
    assert codes["members"][0] not in phone.url
    axe(phone)
    fits(phone)
    shoot(phone, "answer_question")
    phone.get_by_role("radio", name="不好").check()
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_role("checkbox", name="补贴").check()
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_role("group", name="速度").get_by_role("radio", name="满意", exact=True).check()
    axe(phone)
    fits(phone)
    shoot(phone, "answer_matrix")
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_label("跑了几趟？").fill("十一")
    phone.get_by_label("跑了几趟？").press("Enter")
    phone.get_by_text("请填整数，例如 3。").wait_for()
    console.expect("400")
    expect(phone.get_by_label("跑了几趟？")).to_have_value("十一")
    axe(phone)
    shoot(phone, "answer_wrong")
    phone.get_by_label("跑了几趟？").fill("3")
    phone.get_by_label("跑了几趟？").press("Enter")
    phone.get_by_label("哪里要改？").fill("少跑一趟")
    phone.get_by_role("button", name="下一步：核对").click()
    axe(phone)
    fits(phone)
    shoot(phone, "answer_check")
    phone.get_by_role("button", name="交上这份答卷").click()
    phone.get_by_role("heading", name="谢谢，答卷已交上").wait_for()
    axe(phone)
    shoot(phone, "answer_done")
    assert phone.context.cookies() == []
    assert SealedSheet.objects.count() == 1


def test_an_open_one_in_large_type_without_javascript(open_page, campaign, branch, fits, shoot):
    title = "关于进一步改进窗口作风和服务群众工作的问卷调查（二〇一一年上半年）"
    made, _none = open_questionnaire(campaign, branch, access="open", title=title)
    page = open_page({"width": 360, "height": 740}, java_script_enabled=False)
    page.goto(f"/q/{made.slug}/")
    page.get_by_role("link", name="大字版").click()
    fits(page)
    shoot(page, "answer_open_large")
    page.get_by_role("button", name="开始答题").click()
    fits(page)
    for _each in range(3):
        page.get_by_role("button", name="跳过这题").click()
    page.get_by_label("跑了几趟？").fill("2")
    page.get_by_role("button", name="上一题").click()
    page.get_by_role("button", name="下一题").click()
    expect(page.get_by_label("跑了几趟？")).to_have_value("2")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_text("公开问卷，仅供参考")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="交上这份答卷").click()
    expect(page.get_by_role("heading", name="谢谢，答卷已交上")).to_be_visible()
    assert SealedSheet.objects.count() == 1


def test_the_builder_draws_a_phone(desktop, sign_in, secretary, campaign, branch, axe, fits, shoot):
    made = draft_questionnaire(campaign, branch)
    sign_in(desktop, secretary)
    desktop.goto(f"/questionnaires/{made.pk}/questions/")
    axe(desktop)
    fits(desktop)
    shoot(desktop, "questionnaire_questions")
    desktop.locator(".cx-phone").get_by_role("link", name="下一题").click()
    expect(desktop.locator(".cx-phone").get_by_text("办了哪些事？")).to_be_visible()

"""Pages of those who hold a questionnaire: from the draft to the release, by role, and each refusal in its words."""
from io import BytesIO

import pytest
from pypdf import PdfReader

from evaluations.domain.questionnaire_releases import release_questionnaire
from evaluations.models import Question, Questionnaire, SealedSheet, SheetCount
from evaluations.tasks import count_questionnaire
from tests.factories.questionnaires import (
    ASKED_AT,
    add,
    answer,
    count,
    draft_questionnaire,
    open_questionnaire,
    released_questionnaire,
)
from units.models import Export
from units.tasks import run_export

FORBIDDEN = "问卷由书记、单位党委或办公室组织。"
TERMS = {"title": "窗口服务问卷", "about": "", "access": "closed", "ends_on": "2011-06-20", "members": "8", "start": ""}


def post(browser, made, verb, **words):
    return browser.post(f"/questionnaires/{made.pk}/{verb}/", words, follow=True).content.decode()


def pages_of(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_a_secretary_holds_a_questionnaire_from_template_to_result(client_for, secretary, campaign, branch):
    browser = client_for(secretary)
    browser.post("/questionnaires/new/", {**TERMS, "start": "window"})
    made = Questionnaire.objects.get()
    assert made.questions.count() == 4
    builder = browser.get(f"/questionnaires/{made.pk}/questions/").content.decode()
    assert "手机上的样子" in builder and "第 1 题，共 4 题" in builder and "您来窗口办事，工作人员的态度怎么样？" in builder
    assert "试填已开始，交上来的都算试填。" in post(browser, made, "rehearse")
    made.refresh_from_db()
    browser.post(f"/questionnaires/{made.pk}/slips/")
    page = post(browser, made, "end-rehearsal")
    assert "试填已结束，试填的答卷都清除了。" in page and "答卷 0 份，答题码 8 个" in page
    assert "试填答卷 0 份，试填的答题码 0 个" in page
    assert "问卷已开始，请打印海报或纸条。" in post(browser, made, "open")
    slips = browser.post(f"/questionnaires/{made.pk}/slips/")
    assert slips["Content-Type"] == "application/pdf" and slips["Cache-Control"] == "no-store" and slips.content[:5] == b"%PDF-"
    made.refresh_from_db()
    for code in _fresh_codes(made):
        answer(code, {"a0": ["1"], "a2": ["2"], "a3": ["窗口多开一个"]})
    assert "已收 8 份" in browser.get(f"/questionnaires/{made.pk}/close/").content.decode()
    assert "问卷已结束，正在统计。" in post(browser, made, "close")
    count_questionnaire(SheetCount.objects.get().pk)
    assert "统计完成，密封答卷和钥匙已销毁。" in browser.get(made.get_absolute_url()).content.decode()
    page = post(browser, made, "release")
    assert "结果已公布，以后不再更改。" in page and "平均 2.0" in page and page.count("窗口多开一个") == 8
    assert "不足 5 份，为保护填答人不显示。" in page  # nobody answered the second question


def _fresh_codes(made):
    from evaluations.domain.answer_sheets import print_answer_codes

    [(_group, codes)] = print_answer_codes(made, by=made.made_by, at=ASKED_AT)
    return codes


def test_slips_and_posters_are_pages_to_print(client_for, secretary, campaign, branch):
    made, _codes = open_questionnaire(campaign, branch, issued=(8, 5))
    browser = client_for(secretary)
    pages = pages_of(browser.post(f"/questionnaires/{made.pk}/slips/").content)
    assert [page.count(made.title) for page in pages] == [12, 1]
    assert pages[0].count("党员") == 8 and pages[0].count("群众") == 4
    [poster] = pages_of(browser.get(f"/questionnaires/{made.pk}/poster/").content)
    assert made.title in poster and "请扫纸条上的二维码，或扫这里输入答题码" in poster and "不记录" in poster
    draft = draft_questionnaire(campaign, branch)
    page = browser.get(f"/questionnaires/{draft.pk}/poster/", follow=True).content.decode()
    assert "问卷开始以后、结束以前才能打印海报。" in page
    page = browser.post(f"/questionnaires/{draft.pk}/slips/", follow=True).content.decode()
    assert "问卷开始以后、结束以前才能打印答题码。" in page


def test_the_form_says_what_is_missing(client_for, secretary, campaign, branch):
    browser = client_for(secretary)

    def said(**words):
        return browser.post("/questionnaires/new/", {**TERMS, **words}).content.decode()

    assert "请填名称，例如“窗口服务问卷”。" in said(title="")
    assert "请填整数。" in said(members="许多")
    assert "最多 5000。" in said(members="5001")
    assert "发的份数合计不足 5，结果不能公布。" in said(members="4")
    assert "答到哪天不能早于今天。" in said(ends_on="2011-06-01")
    assert not Questionnaire.objects.exists()


def test_a_copy_is_offered_and_made(client_for, secretary, campaign, branch):
    earlier = draft_questionnaire(campaign, branch)
    browser = client_for(secretary)
    page = browser.get(f"/questionnaires/new/?copy={earlier.pk}").content.decode()
    assert f'value="copy:{earlier.pk}" selected' in page
    browser.post("/questionnaires/new/", {**TERMS, "start": f"copy:{earlier.pk}"})
    assert Questionnaire.objects.latest("pk").questions.count() == 6


def test_terms_are_changed_in_a_draft(client_for, secretary, campaign, branch):
    made = draft_questionnaire(campaign, branch)
    browser = client_for(secretary)
    browser.post(f"/questionnaires/{made.pk}/edit/", {**TERMS, "title": "改过的名称", "masses": "6"})
    made.refresh_from_db()
    assert made.title == "改过的名称" and made.groups.count() == 2
    post(browser, made, "open")
    assert "问卷开始以后不能再改。" in browser.get(f"/questionnaires/{made.pk}/edit/", follow=True).content.decode()


def test_questions_are_built_without_a_script(client_for, secretary, campaign, branch):
    made = draft_questionnaire(campaign, branch, asked=False)
    browser = client_for(secretary)
    new = f"/questionnaires/{made.pk}/questions/new/"
    browser.post(f"{new}?kind=single", {"title": "好不好？", "options": "好\n一般\n\n不好"})
    first = Question.objects.get()
    browser.post(f"{new}?kind=text", {"title": "为什么？", "condition": [f"{first.pk}:1", f"{first.pk}:2"]})
    second = Question.objects.get(title="为什么？")
    assert (first.options, second.shown_after, second.shown_for) == (["好", "一般", "不好"], first, [1, 2])
    page = browser.get(f"/questions/{second.pk}/").content.decode()
    assert page.count(" checked") == 2
    said = browser.post(f"/questions/{second.pk}/move/", follow=True).content.decode()
    assert "“为什么？”要看前一题的选择才问，不能排到它前面。" in said
    said = browser.post(f"/questions/{first.pk}/remove/", follow=True).content.decode()
    assert "“为什么？”要看这一题的选择才问，请先改那一题。" in said
    browser.post(f"/questions/{second.pk}/", {"title": "为什么这样？"})
    second.refresh_from_db()
    assert (second.title, second.shown_after) == ("为什么这样？", None)
    browser.post(f"/questions/{second.pk}/move/")
    assert list(made.questions.order_by("position")) == [second, first]
    browser.post(f"/questions/{second.pk}/move/", {"to": "down"})
    browser.post(f"/questions/{first.pk}/remove/")
    assert list(made.questions.all()) == [second]


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("single", {"title": ""}, "请写题目。"),
        ("single", {"title": "题", "options": "好"}, "选项要 2 到 12 个，一行一个。"),
        ("matrix", {"title": "题"}, "评价的事项要 1 到 12 个，一行一个。"),
        ("number", {"title": "题", "smallest": "x"}, "请填整数。"),
        ("number", {"title": "题", "smallest": "3", "largest": "1"}, "请填最小和最大的数，最大的要大于最小的。"),
    ],
)
def test_a_wrong_question_is_told_at_the_field(client_for, secretary, campaign, branch, kind, words, sentence):
    made = draft_questionnaire(campaign, branch, asked=False)
    page = client_for(secretary).post(f"/questionnaires/{made.pk}/questions/new/?kind={kind}", words).content.decode()
    assert sentence in page and not Question.objects.exists()


def test_conditions_look_at_one_question(client_for, secretary, campaign, branch):
    made = draft_questionnaire(campaign, branch, asked=False)
    rows = [add(made, kind="single", title=title, options=["是", "否"]) for title in "甲乙"]
    words = {"title": "丙", "condition": [f"{row.pk}:0" for row in rows]}
    page = client_for(secretary).post(f"/questionnaires/{made.pk}/questions/new/?kind=text", words).content.decode()
    assert "请只勾同一道题的选项。" in page


def test_more_than_ten_questions_are_warned_about(client_for, secretary, campaign, branch):
    made = draft_questionnaire(campaign, branch, asked=False)
    for number in range(11):
        add(made, kind="text", title=str(number))
    page = client_for(secretary).get(f"/questionnaires/{made.pk}/questions/").content.decode()
    assert "现在有 11 题。超过 10 题，很多人答不完，请想一想哪几题可以不问。" in page


def test_what_has_begun_is_frozen_in_the_builder(client_for, secretary, campaign, branch):
    made, _codes = open_questionnaire(campaign, branch)
    browser = client_for(secretary)
    page = browser.get(f"/questionnaires/{made.pk}/questions/").content.decode()
    assert "问卷开始以后，题目不能再改，这里只能看。" in page and "上移" not in page
    question = made.questions.first()
    for address in (f"/questionnaires/{made.pk}/questions/new/", f"/questions/{question.pk}/"):
        assert "问卷开始以后，题目不能再改。" in browser.get(address, follow=True).content.decode()
    assert "问卷开始以后，题目不能再改。" in browser.post(f"/questions/{question.pk}/remove/", follow=True).content.decode()


def test_an_open_one_is_labelled_in_its_result(client_for, leader, campaign, branch):
    made, _none = open_questionnaire(campaign, branch, access="open")
    for _each in range(6):
        answer(made)
    count(made)
    release_questionnaire(made, by=made.made_by, at=ASKED_AT)
    page = client_for(leader).get(made.get_absolute_url()).content.decode()
    assert page.count("公开问卷，仅供参考") == 2 and "结束并统计" not in page


def test_a_released_result_is_taken_away(client_for, leader, campaign, branch, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    made = released_questionnaire(campaign, branch)
    browser, address = client_for(leader), f"/questionnaires/{made.pk}/export/"
    assert f'action="{address}"' in browser.get(made.get_absolute_url()).content.decode()
    for _press in range(2):
        browser.post(address, {"nonce": "a" * 32})
    export = Export.objects.get()
    run_export(export.pk)
    file = browser.get(f"/exports/{export.pk}/file/")
    assert b"".join(file.streaming_content)[:2] == b"PK" and export.title == "窗口服务问卷结果"


def test_who_may_take_a_result_away(client_for, leader, member, outsider, campaign, branch):
    address = f"/questionnaires/{released_questionnaire(campaign, branch).pk}/export/"
    page = client_for(member).post(address)
    assert page.status_code == 403 and "问卷的情况由书记、单位党委、办公室、领导和督查员查看。" in page.content.decode()
    assert client_for(outsider).post(address).status_code == 404
    made, _codes = open_questionnaire(campaign, branch)
    page = client_for(leader).post(f"/questionnaires/{made.pk}/export/")
    assert page.status_code == 403 and "结果公布以后才能导出。" in page.content.decode()
    assert "/export/" not in client_for(leader).get(made.get_absolute_url()).content.decode()
    assert not Export.objects.exists()


def test_voiding_asks_why(client_for, secretary, campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    answer(codes["members"][0])
    browser = client_for(secretary)
    assert "请写一句作废的原因。" in post(browser, made, "void", reason=" ")
    assert "问卷已作废，答卷和答题码都已销毁。" in post(browser, made, "void", reason="题目写错了")
    assert not SealedSheet.objects.exists()


VERBS = ["rehearse", "end-rehearsal", "open", "close", "count", "release", "void", "slips", "edit", "questions/new"]


@pytest.mark.parametrize("verb", VERBS)
def test_who_reads_does_not_hold(client_for, leader, outsider, campaign, branch, verb):
    made = draft_questionnaire(campaign, branch)
    page = client_for(leader).post(f"/questionnaires/{made.pk}/{verb}/")
    assert page.status_code == 403 and FORBIDDEN in page.content.decode()
    assert client_for(outsider).post(f"/questionnaires/{made.pk}/{verb}/").status_code == 404


@pytest.mark.parametrize("verb", ["", "move/", "remove/"])
def test_questions_are_the_holders(client_for, leader, outsider, campaign, branch, verb):
    question = draft_questionnaire(campaign, branch).questions.first()
    assert client_for(leader).post(f"/questions/{question.pk}/{verb}").status_code == 403
    assert client_for(outsider).post(f"/questions/{question.pk}/{verb}").status_code == 404


def test_members_and_administrators_do_not_see_them(client_for, member, system, outsider, campaign, branch):
    made = draft_questionnaire(campaign, branch)
    page = client_for(member).get("/questionnaires/")
    assert page.status_code == 403 and "问卷的情况由书记、单位党委、办公室、领导和督查员查看。" in page.content.decode()
    assert client_for(system).get("/questionnaires/").status_code == 403
    assert client_for(outsider).get(made.get_absolute_url()).status_code == 404
    assert client_for(outsider).get(f"/questionnaires/{made.pk}/poster/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_builder_need_the_same_queries(
    client_for, secretary, campaign, branch, rows, django_assert_num_queries
):
    for _each in range(rows):
        made = draft_questionnaire(campaign, branch)
    browser = client_for(secretary)
    browser.get("/questionnaires/")
    with django_assert_num_queries(8):
        browser.get("/questionnaires/")
    with django_assert_num_queries(8):
        browser.get(f"/questionnaires/{made.pk}/questions/")

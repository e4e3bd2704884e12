"""The answering pages: the whole way without a script or an account, what was typed is kept, one page for what cannot be used."""
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from evaluations.domain.questionnaires import close_questionnaire
from evaluations.domain.rehearsals import start_rehearsal
from evaluations.models import AnswerCode, SealedSheet, SheetAnswer
from tests.factories.questionnaires import ASKED_AT, answer, count, draft_questionnaire, open_questionnaire, print_codes

REFUSED = "这份问卷现在不能答：答题码可能输错了、已经用过，或者问卷已经结束。如果不是您本人用的，请告诉发问卷的同志。"


@pytest.fixture
def person():
    """A browser without anything, that insists on CSRF tokens where they are asked for."""
    return Client(enforce_csrf_checks=True)


def fields(page):
    """The hidden fields of the page's form."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    told = {}
    for name, word in found:
        told.setdefault(name, []).append(word)
    return told


def go(person, page, **typed):
    """Post the form of `page` with what was typed."""
    answered = person.post("/q/answer/", {**fields(page), **typed})
    return answered.content.decode()


def test_the_way_of_an_answer(person, campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    assert "答题码" in person.get("/q/").content.decode()
    page = person.post("/q/answer/", {"code": codes["members"][0]}).content.decode()
    assert "第 1 题，共 4 题" in page and "态度怎么样？" in page and " checked" not in page and "大约两分钟。" in page
    page = go(person, page, a0="2", go="next")
    assert "第 2 题，共 5 题" in page and "办了哪些事？" in page  # 不好 brings one more question
    page = go(person, page, a1=["0", "2"], go="next")
    assert "第 3 题，共 5 题 · 窗口服务" in page
    page = go(person, page, a2_0="0", go="next")
    assert "1 到 10 之间的整数" in page
    page = go(person, page, a3="4", go="next")
    assert "哪里要改？" in page and "最多 300 字" in page
    page = go(person, page, a4="少跑一趟", go="next")
    for word in ("交卷前请核对", "不好", "社保", "补贴", "速度：满意", "环境：没有选", "少跑一趟"):
        assert word in page
    assert not SealedSheet.objects.exists() and not AnswerCode.objects.filter(is_spent=True).exists()
    done = person.post("/q/cast/", fields(page))
    receipt = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", done.content.decode())[0]
    assert not done.cookies and done["Cache-Control"] == "no-store" and done["Referrer-Policy"] == "no-referrer"
    assert done["X-Robots-Tag"] == "noindex"
    count(made)
    assert [row.code for row in made.receipts.all()] == [receipt]
    assert SheetAnswer.objects.get(question__kind="text").text == "少跑一趟"


def test_skipping_and_going_back(person, campaign, branch):
    _made, codes = open_questionnaire(campaign, branch)
    page = person.post("/q/answer/", {"code": codes["members"][0]}).content.decode()
    page = go(person, page, a0="1", go="next")
    page = go(person, page, a1=["1"], go="back")
    assert "态度怎么样？" in page and page.count(" checked") == 1
    page = go(person, page, a0="1", go="skip")
    assert "第 2 题，共 4 题" in page and page.count(" checked") == 1  # what was ticked before going back is still there
    for _each in range(3):
        page = go(person, page, go="skip")
    assert "交卷前请核对" in page and page.count(">没有答<") == 4
    page = person.post("/q/cast/", fields(page))
    assert page.status_code == 400 and "一题也没有答，请至少答一题。" in page.content.decode()


@pytest.mark.parametrize(("typed", "sentence"), [("两趟", "请填整数，例如 3。"), ("11", "请填 1 到 10 之间的整数。")])
def test_what_cannot_be_understood_is_told_at_the_field_and_kept(person, campaign, branch, typed, sentence):
    _made, codes = open_questionnaire(campaign, branch)
    posted = {"code": codes["members"][0], "a0": "0", "here": "3", "a3": typed, "go": "next"}
    page = person.post("/q/answer/", posted)
    text = page.content.decode()
    assert page.status_code == 400 and sentence in text and f'value="{typed}"' in text and 'aria-invalid="true"' in text
    page = person.post("/q/cast/", posted)
    assert page.status_code == 400 and sentence in page.content.decode()
    assert not SealedSheet.objects.exists()


def test_the_check_page_leads_back_to_one_question(person, campaign, branch):
    _made, codes = open_questionnaire(campaign, branch)
    page = person.post("/q/answer/", {"code": codes["members"][0], "a3": "7", "go": "to", "place": "3"}).content.decode()
    assert "跑了几趟？" in page and 'value="7"' in page


def test_an_open_questionnaire_says_what_it_is_on_every_page(person, campaign, branch):
    made, _none = open_questionnaire(campaign, branch, access="open")
    page = person.get(f"/q/{made.slug}/").content.decode()
    assert "公开问卷，仅供参考" in page and "开始答题" in page
    pages = [page, go(person, page)]
    while "交卷前请核对" not in pages[-1]:
        pages.append(go(person, pages[-1], a0="0", go="next"))
    cast = fields(pages[-1])
    pages.append(person.post("/q/cast/", cast).content.decode())
    assert "谢谢，答卷已交上" in pages[-1] and all("公开问卷，仅供参考" in page for page in pages)
    assert person.post("/q/cast/", cast).status_code == 403  # sent twice, counted once
    assert SealedSheet.objects.count() == 1


def test_a_full_hour_keeps_what_was_answered(person, campaign, branch, at):
    made, _none = open_questionnaire(campaign, branch, access="open", hourly_cap=10)
    made.gate.hour, made.gate.taken = int(at.timestamp()) // 3600, 10
    made.gate.save()
    page = person.post("/q/cast/", {"slug": made.slug, "ticket": "t", "a3": "7"})
    assert page.status_code == 400 and "这一小时里交的人太多，请过一会儿再交。填的内容还在这一页。" in page.content.decode()
    assert fields(page.content.decode())["a3"] == ["7"]


@pytest.mark.parametrize("step", ["answer", "cast"])
def test_a_spent_a_wrong_and_a_late_code_get_the_same_page(person, campaign, branch, step):
    made, codes = open_questionnaire(campaign, branch)
    spent, late = codes["members"][:2]
    answer(spent)
    sent = [{"code": code, "a0": "0"} for code in (spent, "NOSUCHCODE", "")]
    pages = [person.post(f"/q/{step}/", words) for words in [*sent, {"slug": made.slug, "ticket": "t", "a0": "0"}]]
    close_questionnaire(made, by=made.made_by, at=ASKED_AT)
    pages.append(person.post(f"/q/{step}/", {"code": late, "a0": "0"}))
    pages.append(person.get("/q/NOSUCH22/"))
    assert {page.status_code for page in pages} == {403}
    assert len({page.content for page in pages}) == 1 and REFUSED in pages[0].content.decode()


def test_after_its_last_day_nothing_is_taken(person, campaign, branch, stopped_clock, at):
    made, _none = open_questionnaire(campaign, branch, access="open")
    stopped_clock(at + timedelta(days=11))
    assert person.get(f"/q/{made.slug}/").status_code == 403


def test_a_signed_in_person_answers_as_a_stranger(client_for, campaign, branch, secretary, django_assert_num_queries):
    _made, codes = open_questionnaire(campaign, branch)
    browser = client_for(secretary)
    browser.get("/")
    before = list(Session.objects.values_list("session_data", flat=True))
    with django_assert_num_queries(7):
        done = browser.post("/q/cast/", {"code": codes["members"][0], "a0": "0"})
    assert "谢谢，答卷已交上" in done.content.decode() and secretary.display_name not in done.content.decode()
    assert list(Session.objects.values_list("session_data", flat=True)) == before


def test_nothing_is_written_before_the_sheet_is_put_in(person, campaign, branch, django_assert_num_queries):
    """Every page on the way reads two tables and writes none."""
    _made, codes = open_questionnaire(campaign, branch)
    posted = {"code": codes["members"][0], "here": "0", "a0": "1", "go": "next"}
    with django_assert_num_queries(2) as seen:
        person.post("/q/answer/", posted)
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in seen.captured_queries)


def test_what_is_stored_names_nobody(person, campaign, branch, secretary, django_assert_num_queries):
    _made, codes = open_questionnaire(campaign, branch)
    with django_assert_num_queries(7) as seen:
        person.post("/q/cast/", {"code": codes["members"][0], "a0": "0"}, REMOTE_ADDR="10.9.8.7")
    written = [query["sql"] for query in seen.captured_queries if not query["sql"].lstrip().upper().startswith("SELECT")]
    tables = {name for sql in written for name in connection.introspection.table_names() if f'"{name}"' in sql}
    assert tables == {"evaluations_answercode", "evaluations_sealedsheet"}
    assert not any("10.9.8.7" in sql or secretary.username in sql for sql in written)


def test_a_rehearsal_says_so_on_every_page(person, campaign, branch):
    made = draft_questionnaire(campaign, branch)
    start_rehearsal(made, by=made.made_by, at=ASKED_AT)
    code = print_codes(made)["members"][0]
    said = "现在是试填：这份答卷不算数，试填结束时不打开就清除。"
    assert said in person.post("/q/answer/", {"code": code}).content.decode()
    assert said in person.post("/q/cast/", {"code": code, "a0": "0"}).content.decode()
    assert SealedSheet.objects.get().is_trial


def test_large_type_goes_along(person, campaign, branch):
    _made, codes = open_questionnaire(campaign, branch)
    page = person.post("/q/answer/", {"code": codes["members"][0], "large": "1"}).content.decode()
    assert 'class="cx-large"' in page
    page = go(person, page, a0="0", go="next")
    assert 'class="cx-large"' in page
    page = go(person, page, large=["1", ""])
    assert 'class="cx-large"' not in page and "第 2 题" in page


def test_receipts_are_listed_after_the_count_from_five_up(person, campaign, branch):
    made, codes = open_questionnaire(campaign, branch)
    receipts = [answer(code) for code in codes["members"][:5]]
    address = f"/q/{made.slug}/receipts/"
    assert "还没有统计。" in person.get(address).content.decode()
    count(made)
    page = person.get(address).content.decode()
    assert re.findall(r"<li>([A-Z2-9-]{11})</li>", page) == sorted(receipts)
    small, codes = open_questionnaire(campaign, branch)
    receipt = answer(codes["members"][0])
    count(small)
    page = person.get(f"/q/{small.slug}/receipts/").content.decode()
    assert receipt not in page and "收回的答卷不足 5 份，不列核对码。" in page
    draft = draft_questionnaire(campaign, branch)
    assert person.get(f"/q/{draft.slug}/receipts/").status_code == 404

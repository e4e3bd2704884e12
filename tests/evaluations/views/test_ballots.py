"""The voting pages: the whole way without a script or an account, one page for every code that cannot be used, no cookie."""
import io
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from evaluations.middleware import QuietLog
from evaluations.models import Answer, Envelope, Receipt
from tests.factories.polls import cast_all, count, open_poll

REFUSED = "这个投票码不能用：可能输错了、已经用过，或者测评已经结束。如果不是您本人用的，请告诉会务人员换发。"
CHOSEN = {f"c{place}": str(place % 4) for place in range(5)}


@pytest.fixture
def voter():
    """A browser without anything, that insists on CSRF tokens where they are asked for."""
    return Client(enforce_csrf_checks=True)


def test_the_way_of_a_vote(voter, campaign, branch):
    poll, codes = open_poll(campaign, branch)
    code = codes["members"][0]
    assert "投票码" in voter.get("/v/").content.decode()
    paper = voter.post("/v/paper/", {"code": code}).content.decode()
    assert "为群众办实事好事难事" in paper and " checked" not in paper
    check = voter.post("/v/check/", {"code": code, **CHOSEN}).content.decode()
    assert "投出后不能修改" in check
    done = voter.post("/v/cast/", {"code": code, **CHOSEN})
    receipt = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", done.content.decode())[0]
    assert not done.cookies and done["Cache-Control"] == "no-store" and done["Referrer-Policy"] == "no-referrer"
    count(poll)
    assert [row.code for row in Receipt.objects.all()] == [receipt]
    assert sorted(Answer.objects.values_list("question__position", "choice")) == [(0, 0), (1, 1), (2, 2), (3, 3), (4, 0)]


def test_a_signed_in_person_votes_as_a_stranger(client_for, campaign, branch, secretary, django_assert_num_queries):
    _poll, codes = open_poll(campaign, branch)
    browser = client_for(secretary)
    browser.get("/")
    before = list(Session.objects.values_list("session_data", flat=True))
    cast_all(codes["members"][1:2], [0] * 5)  # what the ballot looks like is asked once
    with django_assert_num_queries(7):
        done = browser.post("/v/cast/", {"code": codes["members"][0], **CHOSEN})
    assert "票已投出" in done.content.decode() and secretary.display_name not in done.content.decode()
    assert list(Session.objects.values_list("session_data", flat=True)) == before


@pytest.mark.parametrize("step", ["paper", "check", "cast"])
def test_a_spent_a_wrong_and_a_late_code_get_the_same_page(voter, campaign, branch, step):
    poll, codes = open_poll(campaign, branch)
    spent, late = codes["members"][:2]
    cast_all([spent], [0] * 5)
    pages = [voter.post(f"/v/{step}/", {"code": code, **CHOSEN}) for code in (spent, "NOSUCHCODE", "")]
    count(poll)
    pages.append(voter.post(f"/v/{step}/", {"code": late, **CHOSEN}))
    assert {page.status_code for page in pages} == {403}
    assert len({page.content for page in pages}) == 1
    assert REFUSED in pages[0].content.decode() and "满意" not in pages[0].content.decode()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({}, "这张票一项也没有选，请至少选一项。"),
        ({"c0": "9"}, "有一项的选择不在选项里，请重新选。"),
        ({"c0": "x"}, "有一项的选择不在选项里，请重新选。"),
    ],
)
@pytest.mark.parametrize("step", ["check", "cast"])
def test_a_wrong_choice_is_told_on_the_paper(voter, campaign, branch, step, chosen, sentence):
    _poll, codes = open_poll(campaign, branch)
    page = voter.post(f"/v/{step}/", {"code": codes["members"][0], **chosen})
    assert page.status_code == 400 and sentence in page.content.decode()
    assert not Envelope.objects.exists()


def test_going_back_keeps_what_was_chosen(voter, campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    page = voter.post("/v/paper/", {"code": codes["members"][0], **CHOSEN, "large": "1"}).content.decode()
    assert page.count(" checked") == 5 and 'class="cx-large"' in page


def test_a_yearly_paper_names_the_members(voter, campaign, branch, branch_members):
    _poll, codes = open_poll(campaign, branch, sheet="yearly", members=branch_members)
    page = voter.post("/v/paper/", {"code": codes["members"][0]}).content.decode()
    assert all(member.name in page for member in branch_members)
    assert page.count("<fieldset") == 5 and "基本合格" in page


@pytest.mark.parametrize(("members", "queries"), [(1, 3), (3, 3)])
def test_a_paper_needs_the_same_queries_for_any_number(
    voter, campaign, branch, branch_members, members, queries, django_assert_num_queries
):
    _poll, codes = open_poll(campaign, branch, sheet="yearly", members=branch_members[:members])
    with django_assert_num_queries(queries):
        voter.post("/v/paper/", {"code": codes["members"][0]})


def test_the_page_of_the_promise_shows_the_columns_of_the_schema(voter, db):
    page = voter.get("/v/how/").content.decode()
    tables = [set(re.findall(r"<code>(\w+)</code>", part)) for part in page.split("<section")[1:]]  # in the database's own order
    assert tables == [
        {"id", "digest", "is_spent", "group_id"}, {"id", "sealed", "poll_id"}, {"id", "code", "poll_id"},
        {"id", "choice", "group_id", "question_id", "subject_id"},
        {"id", "digest", "is_spent", "group_id"}, {"id", "hour", "taken", "questionnaire_id"},
        {"id", "sealed", "is_trial", "questionnaire_id"}, {"id", "code", "questionnaire_id"},
        {"id", "row", "choice", "number", "text", "group_id", "question_id"},
    ]
    assert "<dd></dd>" not in page  # each has its meaning


def test_receipts_are_listed_after_the_count_from_five_up(voter, campaign, branch):
    poll, codes = open_poll(campaign, branch)
    receipts = cast_all(codes["members"][:5], [0] * 5)
    assert voter.get(f"/v/receipts/{poll.pk}/").status_code == 404
    count(poll)
    page = voter.get(f"/v/receipts/{poll.pk}/").content.decode()
    assert re.findall(r"<li>([A-Z2-9-]{11})</li>", page) == sorted(receipts)


def test_receipts_of_fewer_than_five_are_not_listed(voter, campaign, branch):
    poll, codes = open_poll(campaign, branch)
    [receipt] = cast_all(codes["members"][:1], [0] * 5)
    count(poll)
    page = voter.get(f"/v/receipts/{poll.pk}/").content.decode()
    assert receipt not in page and "收回的票不足 5 张，不列核对码。" in page


def test_voting_pages_have_the_headers_of_every_page_and_no_account(client_for, campaign, branch, secretary):
    """They take the short way past session, account and form token; what protects every page is there all the same."""
    page = client_for(secretary).get("/v/")
    assert "script-src 'self'" in page["Content-Security-Policy"].split("; ")  # in any order
    assert page["X-Frame-Options"] == "DENY" and page["X-Content-Type-Options"] == "nosniff"
    assert not hasattr(page.wsgi_request, "session") and not hasattr(page.wsgi_request, "user")
    assert client_for(secretary).get("/v/nothing/").status_code == 404


@pytest.mark.parametrize(("path", "place"), [
    ("/v/cast/", "evaluations.views.ballots.ballots.cast"), ("/q/cast/", "evaluations.views.answer_sheets._with_sheet"),
    ("/opinions/answer/", "evaluations.views.opinion_box._with_opinion"),
])
def test_a_failure_is_logged_without_what_was_sent(db, monkeypatch, path, place):
    """Its kind and the way it came, and neither the text of the exception nor the address of the browser."""
    written = io.StringIO()
    console = next(one for one in logging.getLogger().handlers if any(isinstance(rule, QuietLog) for rule in one.filters))
    monkeypatch.setattr(console, "stream", written)

    def fail(*given, **named):
        raise ValueError("Failing row contains (SECRETCODE, 3)")

    monkeypatch.setattr(place, fail)
    browser = Client(raise_request_exception=False, REMOTE_ADDR="10.9.8.7")
    assert browser.post(path, {"code": "SECRETCODE", "c0": "3"}).status_code == 500
    said = written.getvalue()
    assert "ValueError (" in said and "test_ballots.py:" in said
    assert not [word for word in ("SECRETCODE", "Failing row", "10.9.8.7", "Traceback") if word in said]


def test_what_is_not_promised_is_said(voter, db):
    page = voter.get("/v/how/").content.decode().split("做不到的")[1]
    assert "换掉服务器上的程序" in page and "选得完全一样" in page and "从语气、写到的事认出是谁写的" in page


def test_an_address_with_too_many_fields_casts_nothing(voter, campaign, branch):
    _poll, codes = open_poll(campaign, branch)
    address = "/v/cast/?" + "&".join(f"x{field}=1" for field in range(6001))
    assert voter.post(address, {"code": codes["members"][0], **CHOSEN}).status_code == 400
    assert not Envelope.objects.exists()

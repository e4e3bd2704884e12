"""The opinion box for everybody: the whole way without a script or an account, what stays in the page, what is kept nowhere."""
import datetime
import logging
import re
import subprocess

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from config.kit import uploads
from evaluations.domain import opinion_follow_ups, opinions
from evaluations.middleware import QuietLog
from evaluations.models import Opinion
from tests.config.kit.test_attachments import docx
from tests.factories.opinions import assigned, send, solve
from tests.services.stored import bytes_of_sqlite

UNKNOWN = "没有找到这个查询码。请看看有没有输错；办结很久的意见已经按规定删除，也查不到了。"


@pytest.fixture
def sender():
    """A browser without anything, that insists on CSRF tokens where they are asked for."""
    return Client(enforce_csrf_checks=True)


def token_in(page):
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def opened(browser, *, proved=True, url="/opinions/write/"):
    """{token, solution} of the page as a browser gets it."""
    page = browser.get(url).content.decode()
    nonce = re.search(r'data-cx-proof="(\w+)"', page)[1]
    return {"token": token_in(page), "solution": solve(nonce) if proved else ""}


def code_in(page):
    return re.search(r"[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}", page)[0]


SAID = {"kind": "problem", "text": "窗口排队要一个小时"}


def test_the_way_of_an_opinion(sender, root, unit, office, at, today):
    sent = sender.post("/opinions/write/", {**opened(sender), **SAID, "about": unit.pk})
    code = code_in(sent.content.decode())
    assert not sent.cookies and sent["Cache-Control"] == "no-store"
    assert sent["Referrer-Policy"] == "no-referrer" and sent["X-Robots-Tag"] == "noindex"
    opinion = Opinion.objects.get()
    assert (opinion.about, opinion.organization, opinion.received_on) == (unit, root, today)
    page = sender.post("/opinions/answer/", {"code": code.lower()}).content.decode()
    assert "窗口排队要一个小时" in page and "收到了，还没有转给承办的人。2011年7月1日前答复。" in page
    opinions.answer_opinion(opinion, text="加开一个窗口", by=office, at=at, on=today)
    page = sender.post("/opinions/answer/", {"code": code}).content.decode()
    assert "加开一个窗口" in page and "已经答复。您还可以接着写。" in page and office.display_name not in page
    nonce = re.search(r'data-cx-proof="(\w+)"', page)[1]
    more = {"code": code, "text": "第二个窗口没有人", "token": token_in(page), "solution": solve(nonce)}
    page = sender.post("/opinions/again/", more).content.decode()
    assert "您写的已收到。" in page and "第二个窗口没有人" in page and "正在办理。" in page
    sender.post("/opinions/again/", more)  # the page loaded anew
    assert opinion.messages.count() == 3


def test_a_signed_in_person_writes_as_a_stranger(client_for, root, secretary, django_assert_num_queries):
    browser = client_for(secretary)
    browser.get("/")
    before = list(Session.objects.values_list("session_data", flat=True))
    said = {**opened(browser), **SAID}
    with django_assert_num_queries(13):
        done = browser.post("/opinions/write/", said)
    assert "意见已收到" in done.content.decode() and secretary.display_name not in done.content.decode()
    assert list(Session.objects.values_list("session_data", flat=True)) == before


@pytest.mark.django_db(transaction=True)
def test_a_dump_after_sending_tells_neither_text_nor_moment_nor_address(sender, root, stopped_clock, caplog):
    stopped_clock(datetime.datetime(2011, 6, 10, 14, 37, 41, tzinfo=datetime.UTC))
    said = {**opened(sender), **SAID, "text": "MARKERTEXT 张三丰", "contact": "MARKERCONTACT"}
    said["attachment"] = SimpleUploadedFile("MARKERNAME.docx", docx())
    with caplog.at_level(logging.INFO):
        assert "意见已收到" in sender.post("/opinions/write/", said, REMOTE_ADDR="203.0.113.77").content.decode()
    stored = dump()
    assert b"evaluations_opinionmessage" in stored
    # The moment with its day, in UTC and in Beijing: the dump also tells when migrations ran, by the clock on the wall.
    moments = [f"2011-06-10{between}{hour}:37" for between in " T" for hour in (14, 22)]
    for mark in ("MARKER", "张三丰", "203.0.113.77", "1307716661", *moments):
        assert mark.encode() not in stored
    told = "\n".join(record.getMessage() for record in caplog.records if "INSERT" not in record.getMessage())
    assert "MARKER" not in told and "203.0.113.77" not in told


def dump():
    """Every byte that the database keeps, as a backup or a thief would have it."""
    if connection.vendor == "sqlite":
        return bytes_of_sqlite(connection.settings_dict["NAME"])
    given = connection.settings_dict
    command = ["pg_dump", "-h", given["HOST"], "-p", str(given["PORT"]), "-U", given["USER"], given["NAME"]]
    return subprocess.run(command, check=True, capture_output=True).stdout


def test_refused_pages_are_not_logged():
    def record(path, level):
        made = logging.LogRecord("django.request", level, "", 0, "Forbidden", (), None)
        made.request = type("Request", (), {"path_info": path})()
        return made

    quiet = QuietLog()
    assert not quiet.filter(record("/opinions/write/", logging.WARNING)) and not quiet.filter(record("/v/cast/", logging.WARNING))
    assert quiet.filter(record("/opinions/write/", logging.ERROR)) and quiet.filter(record("/opinions/7/", logging.WARNING))
    assert configured.LOGGING["handlers"]["console"]["filters"] == ["quiet"]
    assert logging.getLogger("django").handlers == []  # Django's own mails a report with what was posted to ADMINS


def test_a_large_upload_stays_in_memory(sender, root, monkeypatch):
    """Django would write it to a temporary file in the clear."""
    seen = []
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", lambda *given: seen.append(given))
    big = SimpleUploadedFile("x.pdf", b"%PDF-" + b"0" * 3 * 1024 * 1024)
    page = sender.post("/opinions/write/", {**opened(sender), **SAID, "attachment": big}).content.decode()
    assert "这个文件打不开，不能清理里面的作者和时间。请转成 PDF 或拍成照片再传。" in page and seen == []


def test_what_is_above_the_limit_leaves_the_text(sender, root, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BODY", 1000)
    big = SimpleUploadedFile("x.pdf", b"%PDF-" + b"0" * 5000)
    page = sender.post("/opinions/write/", {**opened(sender), **SAID, "attachment": big}).content.decode()
    assert "附件太大，最多 10 MB。请换一个小的，或者分几次写。" in page and "窗口排队要一个小时" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " "}, "请写内容。"), ({"kind": ""}, "请选种类。"), ({"text": "长" * 1001}, "最多 1000 字，现在有 1001 字。"),
        ({"contact": "1" * 101}, "最多 100 字，现在有 101 字。"),
    ],
)
def test_what_is_missing_is_told_and_the_rest_stays(sender, root, changes, words):
    page = sender.post("/opinions/write/", {**opened(sender), **SAID, **changes}).content.decode()
    assert words in page and not Opinion.objects.exists()


def test_line_breaks_count_once(sender, root):
    text = "\r\n".join("长" * 99 for _line in range(10))
    assert "意见已收到" in sender.post("/opinions/write/", {**opened(sender), **SAID, "text": text}).content.decode()


def test_a_full_hour_keeps_the_text_and_says_what_to_do(sender, root, settings):
    settings.OPINIONS_PER_HOUR_PLAIN = 1
    plain = [sender.post("/opinions/write/", {**opened(sender, proved=False), **SAID}) for _time in range(2)]
    assert [page.status_code for page in plain] == [200, 429]
    page = plain[1].content.decode()
    assert "请 10 点以后再提交，或者换一个能运行脚本的浏览器；附件要重新选。" in page and "窗口排队要一个小时" in page
    assert sender.post("/opinions/write/", {**opened(sender), **SAID}).status_code == 200


def test_a_page_that_lay_too_long_keeps_the_text(sender, root, stopped_clock, at):
    said = {**opened(sender), **SAID}
    stopped_clock(at + datetime.timedelta(hours=5))
    page = sender.post("/opinions/write/", said)
    text = page.content.decode()
    assert page.status_code == 429 and "这一页放得太久了。" in text and "窗口排队要一个小时" in text
    assert token_in(text) != said["token"]


@pytest.mark.parametrize("address", ["/opinions/answer/", "/opinions/again/"])
def test_every_code_that_opens_nothing_gets_the_same_page(sender, root, address):
    send(root)
    pages = [sender.post(address, {"code": code, "text": "x"}) for code in ("", "WRONG", "A" * 32)]
    assert {page.status_code for page in pages} == {403} and len({page.content for page in pages}) == 1
    assert UNKNOWN in pages[0].content.decode()


def test_changing_the_type_keeps_what_was_typed_and_sends_nothing(sender, root, unit):
    page = sender.post("/opinions/write/", {**SAID, "about": unit.pk, "resize": "1"}).content.decode()
    assert 'class="cx-large"' in page and "窗口排队要一个小时" in page and "有错误" not in page
    assert not Opinion.objects.exists()
    opinion, code = send(root)
    page = sender.post("/opinions/answer/", {"code": code, "text": "写了一半", "resize": "1"}).content.decode()
    assert 'class="cx-large"' in page and "写了一半" in page and opinion.messages.count() == 1


def test_a_poster_names_its_branch_and_the_foot_the_system(sender, root, branch):
    page = sender.get(f"/opinions/write/?unit={branch.pk}&kind=system").content.decode()
    assert f'<option value="{branch.pk}" selected>' in page and re.search(r'value="system"[^>]* checked', page)
    listed = sender.get("/opinions/write/").content.decode()
    assert branch.name not in listed and "办公厅党总支" in listed and root.name not in listed.split("<select")[1]


def test_without_an_organisation_there_is_no_box(sender, db):
    assert sender.get("/opinions/write/").status_code == 404


def test_the_sender_sees_what_followed(sender, campaign, root, unit, office, at, today):
    opinion, code = assigned(root, about=unit, account=office)
    opinion_follow_ups.mend(
        opinion, campaign=campaign, organization=unit, problem="窗口太少", due_on=today, by=office, at=at, on=today
    )
    page = sender.post("/opinions/answer/", {"code": code}).content.decode()
    assert "窗口太少" in page and "正在整改" in page


def test_the_promise_says_what_is_not_promised(sender, db):
    page = sender.get("/opinions/how/").content.decode()
    assert "做不到的" in page and "办结 12 个月以后" in page

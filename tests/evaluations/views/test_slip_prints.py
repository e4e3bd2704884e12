"""The page of a print: who sees it, in which browser it opens, and that few slips still come at once."""
from io import BytesIO

import pytest
from pypdf import PdfReader

from evaluations.domain import polls, slip_prints
from evaluations.models import PollCode, SlipPrint
from evaluations.tasks import print_slips
from tests.factories.polls import POLL_AT, draft_poll
from tests.factories.questionnaires import open_questionnaire

ANOTHER = "只有申请打印的那个浏览器才能取，请在那里取，或者在这里重新打印。"


@pytest.fixture
def few(monkeypatch):
    """More than ten slips are many."""
    monkeypatch.setattr(slip_prints, "AT_ONCE", 10)


@pytest.fixture
def poll(few, campaign, branch, secretary):
    made = draft_poll(campaign, branch, issued=(8, 5), by=secretary)
    polls.open_poll(made, by=secretary, at=POLL_AT)
    return made


def started(browser, poll, **fields):
    answer = browser.post(f"/polls/{poll.pk}/slips/", fields)
    job = SlipPrint.objects.order_by("-pk").first()
    assert answer["Location"] == job.get_absolute_url()
    return job, answer


@pytest.mark.parametrize("fields", [{"as": "pdf"}, {}])
def test_many_slips_are_made_by_a_job_and_opened_once(client_for, secretary, poll, fields):
    browser = client_for(secretary)
    job, answer = started(browser, poll, **fields)
    cookie = answer.cookies[f"cx_slips_{job.pk}"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", f"/slips/{job.pk}/")
    page = browser.get(job.get_absolute_url()).content.decode()
    assert "排队中" in page and 'data-hx-trigger="every 2s"' in page and "打开 PDF 打印" not in page
    assert "您要打印的纸条正在做。" in browser.get(poll.get_absolute_url()).content.decode()
    print_slips(job.pk)
    page = browser.get(job.get_absolute_url()).content.decode()
    assert "打开 PDF 打印" in page and "到 6月10日 09:30 没有打开的也自动销毁。" in page
    assert "您要打印的纸条做好了，还没有打开。" in browser.get(poll.get_absolute_url()).content.decode()
    pdf = browser.post(f"/slips/{job.pk}/fetch/")
    assert pdf.content.startswith(b"%PDF") and (pdf["Content-Type"], pdf["Cache-Control"]) == ("application/pdf", "no-store")
    assert pdf.cookies[f"cx_slips_{job.pk}"]["max-age"] == 0
    again = browser.post(f"/slips/{job.pk}/fetch/", follow=True).content.decode()
    assert "投票码的文件已经取走或者过期，请重新打印。" in again and "系统里不再留" in again
    assert "您要打印的纸条" not in browser.get(poll.get_absolute_url()).content.decode()


def test_another_browser_of_the_same_person_opens_nothing(client_for, secretary, poll):
    job, _answer = started(client_for(secretary), poll)
    print_slips(job.pk)
    elsewhere = client_for(secretary)
    page = elsewhere.get(job.get_absolute_url()).content.decode()
    assert ANOTHER in page and "打开 PDF 打印" not in page
    for cookie in (None, "x", "é"):
        if cookie:
            elsewhere.cookies[f"cx_slips_{job.pk}"] = cookie
        assert ANOTHER in elsewhere.post(f"/slips/{job.pk}/fetch/", follow=True).content.decode()
    job.refresh_from_db()
    assert job.sealed is not None


@pytest.mark.parametrize("who", ["office", "committee", "leader", "member", "outsider", "auditor"])
def test_nobody_else_sees_a_print(client_for, secretary, poll, request, who):
    browser = client_for(secretary)
    job, answer = started(browser, poll)
    print_slips(job.pk)
    theirs = client_for(request.getfixturevalue(who))
    theirs.cookies[f"cx_slips_{job.pk}"] = answer.cookies[f"cx_slips_{job.pk}"].value
    assert theirs.get(job.get_absolute_url()).status_code == 404
    assert theirs.post(f"/slips/{job.pk}/fetch/").status_code == 404
    assert SlipPrint.objects.holding_pages().count() == 1


def test_a_role_that_was_taken_away_opens_nothing(client_for, secretary, poll):
    browser = client_for(secretary)
    job, _answer = started(browser, poll)
    print_slips(job.pk)
    secretary.grants.all().delete()
    assert browser.post(f"/slips/{job.pk}/fetch/").status_code == 403
    assert SlipPrint.objects.holding_pages().count() == 1


def test_a_few_slips_come_at_once(client_for, secretary, few, campaign, branch):
    poll = draft_poll(campaign, branch, issued=(5, 5), by=secretary)
    polls.open_poll(poll, by=secretary, at=POLL_AT)
    answer = client_for(secretary).post(f"/polls/{poll.pk}/slips/", {"as": "pdf"})
    assert answer.content.startswith(b"%PDF") and not SlipPrint.objects.exists() and PollCode.objects.count() == 10


def test_slips_on_the_screen_end_a_print_that_waits(client_for, secretary, few, campaign, branch, monkeypatch):
    poll = draft_poll(campaign, branch, issued=(5, 5), by=secretary)
    polls.open_poll(poll, by=secretary, at=POLL_AT)
    job, _key = slip_prints.request_print(poll, start_url="https://x/", by=secretary, at=POLL_AT)
    print_slips(job.pk)
    assert client_for(secretary).post(f"/polls/{poll.pk}/slips/").content.count(b"cx-qr") == 10
    assert not SlipPrint.objects.holding_pages().exists()


def test_the_page_of_a_large_poll_has_one_button(client_for, secretary, poll):
    page = client_for(secretary).get(poll.get_absolute_url()).content.decode()
    assert "投票码（PDF）" in page and "打印投票码</button>" not in page


def test_a_questionnaire_with_many_sheets_has_a_print_too(client_for, secretary, few, campaign, branch):
    made, _codes = open_questionnaire(campaign, branch, issued=(11, 0))
    browser = client_for(secretary)
    browser.post(f"/questionnaires/{made.pk}/slips/")
    job = SlipPrint.objects.get()
    assert (job.asked, job.total_units) == (made, 11)
    print_slips(job.pk)
    assert "打印答题码" in browser.get(job.get_absolute_url()).content.decode()
    assert "您要打印的纸条做好了，还没有打开。" in browser.get(made.get_absolute_url()).content.decode()
    assert browser.post(f"/slips/{job.pk}/fetch/").content.startswith(b"%PDF")


@pytest.mark.worker
def test_a_worker_makes_them_from_the_button_to_the_page(client_for, secretary, campaign, branch, worker):
    """Across processes and the broker: the key never leaves the browser, and what the worker sealed opens with it."""
    poll = draft_poll(campaign, branch, issued=(301, 0), by=secretary)
    polls.open_poll(poll, by=secretary, at=POLL_AT)
    browser = client_for(secretary)
    job, _answer = started(browser, poll)
    worker.settle()
    job.refresh_from_db()
    assert (job.job_state, job.done_units) == ("done", 301)
    pages = browser.post(f"/slips/{job.pk}/fetch/").content
    assert len(PdfReader(BytesIO(pages)).pages) == 26  # twelve on each

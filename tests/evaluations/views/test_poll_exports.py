"""Taking the results of a poll away: who may, what is refused, and that the file waits among the exports."""
import pytest

from evaluations.models import Poll
from tests.factories.polls import draft_poll
from units.models import Export
from units.tasks import run_export


@pytest.fixture
def released(campaign, branch):
    poll = draft_poll(campaign, branch, title="七一测评")
    Poll.objects.filter(pk=poll.pk).update(state="released", public_key=b"x", opened_at=poll.made_at, released_at=poll.made_at)
    return poll


@pytest.mark.parametrize(("format", "name"), [("xlsx", "七一测评结果.xlsx"), ("docx", "七一测评结果汇总表.docx")])
def test_the_file_waits_among_the_exports(released, client_for, leader, format, name):
    browser = client_for(leader)
    page = browser.get(released.get_absolute_url()).content.decode()
    assert "导出结果（Excel）" in page and "导出汇总表（Word）" in page
    answer = browser.post(f"/polls/{released.pk}/export/", {"format": format})
    export = Export.objects.get()
    assert answer["Location"] == export.get_absolute_url() and export.title == "七一测评结果"
    run_export(export.pk)
    export.refresh_from_db()
    assert (export.job_state, export.file_name) == ("done", name)


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("outsider", 404), ("auditor", 404)])
def test_who_gets_no_file(released, client_for, request, who, status):
    assert client_for(request.getfixturevalue(who)).post(f"/polls/{released.pk}/export/").status_code == status
    assert not Export.objects.exists()


def test_there_is_nothing_to_take_before_the_release(campaign, branch, client_for, secretary):
    poll = draft_poll(campaign, branch)
    answer = client_for(secretary).post(f"/polls/{poll.pk}/export/")
    assert answer.status_code == 403 and "结果公布以后才能导出。" in answer.content.decode()
    assert "导出结果" not in client_for(secretary).get(poll.get_absolute_url()).content.decode()


def test_another_format_does_not_exist(released, client_for, secretary):
    assert client_for(secretary).post(f"/polls/{released.pk}/export/", {"format": "csv"}).status_code == 404


def test_a_double_click_exports_once(released, client_for, secretary):
    browser = client_for(secretary)
    for _each in range(2):
        browser.post(f"/polls/{released.pk}/export/", {"format": "xlsx", "nonce": "a" * 32})
    assert Export.objects.count() == 1

"""Many slips: sealed to one browser, opened once, and never more usable ones than people (docs/decisions/0011)."""
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from pypdf import PdfReader

from config.kit import jobs
from evaluations.domain import answer_sheets, ballots, polls, prints, questionnaires, rehearsals, slip_prints
from evaluations.models import AnswerCode, PollCode, SlipPrint
from evaluations.tasks import print_slips, sweep_slip_prints
from tests.factories.polls import POLL_AT, cast_all, count, draft_poll, open_poll
from tests.factories.questionnaires import ASKED_AT, draft_questionnaire, open_questionnaire
from units.models import HistoryEntry, RoleGrant

START = "https://campaign.example/v/"
GONE = "^投票码的文件已经取走或者过期，请重新打印。$"


@pytest.fixture
def poll(campaign, branch, secretary):
    """Open, without a slip."""
    made = draft_poll(campaign, branch, issued=(8, 5), by=secretary)
    polls.open_poll(made, by=secretary, at=POLL_AT)
    return made


def request(asked, user, at=POLL_AT):
    return slip_prints.request_print(asked, start_url=START, by=user, at=at)


def codes_on(pages):
    """[code] of the slips of a PDF."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pages)).pages)
    return [found.replace(" ", "") for found in re.findall(r"(?:[A-Z2-7]{4} ){9}[A-Z2-7]{3}", " ".join(text.split()))]


def stored(model):
    """Everything that the table holds, as bytes."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        return b"".join(value if isinstance(value, bytes) else bytes(value) if isinstance(value, memoryview) else
                        str(value).encode() for row in cursor.fetchall() for value in row)


# From the request to the slip ------------------------------------------------------------------
def test_a_print_is_made_by_the_worker_and_opened_once(poll, secretary, at):
    made, key = request(poll, secretary)
    assert (made.job_state, made.total_units) == ("queued", 13) and not PollCode.objects.exists()
    print_slips(made.pk)
    made.refresh_from_db()
    assert (made.job_state, made.done_units, made.expires_at) == ("done", 13, at + timedelta(minutes=30))
    codes = codes_on(slip_prints.fetch_pages(made, key, by=secretary, at=at))
    assert len(set(codes)) == 13
    assert {ballots.digest_of(code) for code in codes} == set(PollCode.objects.values_list("digest", flat=True))
    assert cast_all(codes[:1], [0] * 5)
    made.refresh_from_db()
    assert (made.sealed, made.fetched_at) == (None, at)
    with pytest.raises(slip_prints.PagesGone, match=GONE):
        slip_prints.fetch_pages(made, key, by=secretary, at=at)
    verbs = HistoryEntry.objects.of(poll).values_list("verb", flat=True)
    assert {"print_codes", "fetch_slips"} <= set(verbs)


def test_the_pages_are_those_of_a_small_print(poll, secretary, at, monkeypatch):
    """Set in parts: page by page the same, groups apart, and the progress told after each."""
    monkeypatch.setattr(prints, "PART", 12)
    told = []
    made, key = request(poll, secretary)
    job = jobs.claim(SlipPrint, made.pk, at=at)
    sealed = slip_prints.set_pages(job, at=at, progress=lambda *numbers: told.append(numbers))
    slip_prints.finish_print(job, sealed, at=at)
    pages = [page.extract_text() for page in PdfReader(BytesIO(slip_prints.fetch_pages(made, key, by=secretary, at=at))).pages]
    assert told == [(12, 13), (13, 13)] and [page.count(poll.title) for page in pages] == [12, 1]
    assert [page.count("党员") for page in pages] == [8, 0] and [page.count("群众") for page in pages[1:]] == [2]  # title too
    assert pages[0].replace("\n", "").count("扫码投票，不记名。用一次就作废，请勿转给别人。") == 12


def test_a_questionnaire_prints_its_own(campaign, branch, secretary, at):
    made, _codes = open_questionnaire(campaign, branch, issued=(6, 0))
    job, key = request(made, secretary, ASKED_AT)
    print_slips(job.pk)
    codes = codes_on(slip_prints.fetch_pages(job, key, by=secretary, at=at))
    assert {ballots.digest_of(code) for code in codes} == set(AnswerCode.objects.values_list("digest", flat=True))
    assert answer_sheets.sheet_of_code(codes[0], on=at.date()).questionnaire == made


# What lies at rest --------------------------------------------------------------------------------
def test_no_row_opens_the_pages(poll, secretary, at):
    """Neither a code nor the key is in a row of the print, of the history or of the codes, before and after the fetch."""
    made, key = request(poll, secretary)
    print_slips(made.pk)
    tables = (SlipPrint, HistoryEntry, PollCode)
    before = b"".join(map(stored, tables))
    codes = codes_on(slip_prints.fetch_pages(made, key, by=secretary, at=at))
    after = b"".join(map(stored, tables))
    assert len(codes) == 13 and len(before) > len(after) > 0
    for secret in (key, key.hex().encode(), b"%PDF", *(code.encode() for code in codes)):
        assert secret not in before and secret not in after


def test_another_key_opens_nothing_and_takes_nothing_away(poll, secretary, at):
    made, key = request(poll, secretary)
    _other, another = request(draft_opened_like(poll, secretary), secretary)
    print_slips(made.pk)
    sentence = "^只有申请打印的那个浏览器才能取，请在那里取，或者在这里重新打印。$"
    for wrong in (another, b"", b"x" * 31):
        with pytest.raises(slip_prints.AnotherBrowser, match=sentence):
            slip_prints.fetch_pages(made, wrong, by=secretary, at=at)
    assert slip_prints.fetch_pages(made, key, by=secretary, at=at).startswith(b"%PDF")


def draft_opened_like(poll, by):
    made = draft_poll(poll.campaign, poll.organization, issued=(8, 5), by=by, title="另一次")
    polls.open_poll(made, by=by, at=POLL_AT)
    return made


def test_what_nobody_fetches_is_destroyed(poll, secretary, at, stopped_clock):
    made, key = request(poll, secretary)
    print_slips(made.pk)
    stopped_clock(at + timedelta(minutes=29))
    sweep_slip_prints()
    assert SlipPrint.objects.holding_pages().exists()
    with pytest.raises(slip_prints.PagesGone, match=GONE):
        slip_prints.fetch_pages(made, key, by=secretary, at=at + timedelta(minutes=30))
    stopped_clock(at + timedelta(minutes=30))
    sweep_slip_prints()
    assert not SlipPrint.objects.holding_pages().exists()


@pytest.mark.parametrize("ending", ["count", "void"])
def test_pages_go_with_the_codes_of_a_poll(poll, secretary, at, ending):
    made, _key = request(poll, secretary)
    print_slips(made.pk)
    if ending == "void":
        polls.void_poll(poll, reason="改期", by=secretary, at=at)
    else:
        count(poll, by=secretary)
    made.refresh_from_db()
    assert made.sealed is None and not PollCode.objects.exists()


@pytest.mark.parametrize("ending", ["rehearsal", "void"])
def test_pages_go_with_the_codes_of_a_questionnaire(campaign, branch, secretary, at, ending):
    asked = draft_questionnaire(campaign, branch, issued=(6, 0))
    (rehearsals.start_rehearsal if ending == "rehearsal" else questionnaires.open_questionnaire)(asked, by=secretary, at=at)
    made, _key = request(asked, secretary, at)
    print_slips(made.pk)
    if ending == "rehearsal":
        rehearsals.end_rehearsal(asked, by=secretary, at=at)
    else:
        questionnaires.void_questionnaire(asked, reason="改期", by=secretary, at=at)
    made.refresh_from_db()
    assert made.sealed is None and not AnswerCode.objects.exists()


# One print after another --------------------------------------------------------------------------
def test_the_newest_print_destroys_the_pages_of_an_earlier_one(poll, secretary, at):
    first, key = request(poll, secretary)
    print_slips(first.pk)
    second, _key = request(poll, secretary)
    with pytest.raises(slip_prints.PagesGone, match=GONE):
        slip_prints.fetch_pages(first, key, by=secretary, at=at)
    assert PollCode.objects.count() == 13  # still good, should somebody hold them, until the new ones are made
    assert slip_prints.unfinished_of(poll, secretary, at=at) == second


def test_a_few_printed_at_once_end_a_print_that_is_on_its_way(poll, secretary, at):
    made, _key = request(poll, secretary)
    job = jobs.claim(SlipPrint, made.pk, at=at)
    codes = codes_on(slip_prints.print_now(poll, start_url=START, by=secretary, at=at))
    with pytest.raises(jobs.LeaseLost):
        slip_prints.set_pages(job, at=at, progress=lambda done, total: None)
    made.refresh_from_db()
    assert made.job_state == "cancelled" and cast_all(codes[:1], [0] * 5)
    assert slip_prints.unfinished_of(poll, secretary, at=at) is None


def test_a_print_overtaken_while_it_is_set_leaves_no_pages(poll, secretary, at):
    made, _key = request(poll, secretary)
    job = jobs.claim(SlipPrint, made.pk, at=at)
    sealed = slip_prints.set_pages(job, at=at, progress=lambda done, total: None)
    request(poll, secretary)
    with pytest.raises(jobs.LeaseLost):
        slip_prints.finish_print(job, sealed, at=at)
    assert not SlipPrint.objects.holding_pages().exists()


def test_a_worker_that_comes_second_finds_nothing(poll, secretary):
    made, _key = request(poll, secretary)
    print_slips(made.pk)
    digests = set(PollCode.objects.values_list("digest", flat=True))
    print_slips(made.pk)
    assert set(PollCode.objects.values_list("digest", flat=True)) == digests


def test_what_a_dead_worker_left_is_printed_by_another(poll, secretary, at, stopped_clock, monkeypatch):
    made, _key = request(poll, secretary)
    jobs.claim(SlipPrint, made.pk, at=at)
    sent = []
    monkeypatch.setattr("config.kit.jobs.nudge", lambda task, pk: sent.append((task.name, pk)))
    stopped_clock(at + timedelta(seconds=61))
    sweep_slip_prints()
    made.refresh_from_db()
    assert made.job_state == "queued" and sent == [("evaluations.tasks.print_slips", made.pk)]


# Refusals --------------------------------------------------------------------------------------------
def test_there_is_nothing_to_print_before_the_opening_or_after_the_end(campaign, branch, secretary, at):
    with pytest.raises(ballots.CodesInUse, match="^测评开始以后、结束以前才能打印投票码。$"):
        request(draft_poll(campaign, branch), secretary)
    with pytest.raises(answer_sheets.AnswerCodesInUse, match="^问卷开始以后、结束以前才能打印答题码。$"):
        request(draft_questionnaire(campaign, branch), secretary)
    assert not SlipPrint.objects.exists()


def test_a_poll_that_ended_meanwhile_is_said(poll, secretary):
    made, _key = request(poll, secretary)
    polls.close_poll(poll, by=secretary, at=POLL_AT)
    print_slips(made.pk)
    made.refresh_from_db()
    assert (made.job_state, made.error, made.sealed) == ("failed", "测评开始以后、结束以前才能打印投票码。", None)


def test_nobody_left_to_print_for_is_said(campaign, branch, secretary):
    poll, codes = open_poll(campaign, branch, issued=(5, 0))
    made, _key = request(poll, secretary)
    cast_all(codes["members"], [0] * 5)
    print_slips(made.pk)
    made.refresh_from_db()
    assert (made.job_state, made.error, made.sealed) == ("failed", "应交的都已经交了，没有要打印的。", None)


def test_who_may_no_longer_print_gets_no_codes(poll, secretary, at):
    made, _key = request(poll, secretary)
    RoleGrant.objects.filter(user=secretary).delete()
    print_slips(made.pk)
    made.refresh_from_db()
    assert (made.job_state, made.error) == ("failed", "不记名测评由书记、单位党委或办公室组织。")
    assert not PollCode.objects.exists()


def test_an_error_leaves_the_name_of_its_class_and_no_word(poll, secretary, monkeypatch, caplog):
    def broken(*args, **how):
        raise RuntimeError("a code in words")

    monkeypatch.setattr(slip_prints, "slips_pdf", broken)
    made, _key = request(poll, secretary)
    print_slips(made.pk)
    made.refresh_from_db()
    assert (made.job_state, made.error) == ("queued", "RuntimeError") and "a code in words" not in caplog.text

"""The log: read by the auditor alone, in words, with a check that names the first bad row; the same at the shell."""
import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from evaluations.domain.inquiries import ask
from units.domain.history import record
from units.domain.log import SUBJECTS
from units.models import HistoryEntry

LIST = "/history/"


@pytest.fixture
def desk(auditor, client_for):
    """The auditor at work."""
    return client_for(auditor)


@pytest.fixture
def rows(branch, secretary, office, at):
    """Three rows of the log."""
    return [
        record(branch, "change", by=secretary, at=at, organization=branch),
        record(branch, "correct", by=office, at=at, detail={"reason": "写错了"}, organization=branch),
        record(secretary, "reset_password", by=None, at=at.replace(day=11)),
    ]


@pytest.mark.parametrize("who", ["office", "system", "security", "secretary", "leader", "member"])
def test_nobody_else_reads_the_log(request, who, client_for):
    browser = client_for(request.getfixturevalue(who))
    answers = [browser.get(LIST), browser.post(reverse("history_check"))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "日志由审计员查看。" in answers[0].content.decode()


def test_the_rows_are_told_in_words_newest_first(rows, desk):
    page = desk.get(LIST)
    assert [(row.verb, row.subject, row.detail, row.fits) for row in page.context["rows"]] == [
        ("重设密码", "账号", "", True), ("更正", "党组织", "写错了", True), ("修改", "党组织", "", True)
    ]
    assert "这条日志还没有核对过。" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 3), ("subject=units.User", 1), ("verb=correct", 1), ("q=办公室", 1), ("q=第一党支部", 2), ("first=2011-06-11", 1),
        ("last=2011-06-10", 2), ("first=nonsense", 3),
    ],
)
def test_the_filters(query, number, rows, desk):
    assert desk.get(f"{LIST}?{query}").context["page"].paginator.count == number


def test_a_check_finds_all_well_and_says_so_from_then_on(rows, desk):
    page = desk.post(reverse("history_check"), follow=True)
    assert "核对了 3 行，全部完好。" in page.content.decode()
    assert "6月10日 09:00 核对了 3 行，全部完好。" in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("bend", "bad"),
    [
        (lambda: HistoryEntry.objects.filter(sequence=2).update(detail={"reason": "别的"}), 2),
        (lambda: HistoryEntry.objects.filter(sequence=1).update(actor=None), 1),
        (lambda: HistoryEntry.objects.filter(sequence=2).delete(), 3),
        (lambda: HistoryEntry.objects.filter(sequence=2).update(mac="0" * 64), 2),
    ],
)
def test_a_bent_row_is_named_on_the_page_and_at_the_shell(bend, bad, rows, desk):
    bend()
    with pytest.raises(CommandError, match=rf"^Row {bad} \("):
        call_command("verify_audit")
    page = desk.post(reverse("history_check"), follow=True)
    assert f"第 {bad} 行对不上：这一行或它前面的内容被改过。" in page.content.decode()


def test_a_bent_row_is_marked_in_the_list(rows, desk):
    HistoryEntry.objects.filter(sequence=2).update(verb="approve")
    assert [row.fits for row in desk.get(LIST).context["rows"]] == [True, False, True]


def test_an_end_that_is_cut_off_is_named(rows):
    HistoryEntry.objects.filter(sequence=3).delete()
    with pytest.raises(CommandError, match="^The end is missing: the head says row 3, the log ends before it.$"):
        call_command("verify_audit")


def test_the_command_says_that_all_is_well(rows):
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == f"3 rows fit together; head {rows[-1].mac[:16]}.\n"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(
    number, branch, secretary, at, auditor, client_for, django_assert_num_queries
):
    for _row in range(number):
        record(branch, "change", by=secretary, at=at, organization=branch)
    browser = client_for(auditor)
    browser.get(LIST)
    with django_assert_num_queries(7):
        assert browser.get(LIST).context["page"].paginator.count == number


def test_details_are_told_in_words(branch, office, desk, at):
    record(branch, "export", by=office, at=at, detail={"what": "活动记录", "rows": 18, "demo": True, "role": "secretary"})
    record(branch, "nominate", by=office, at=at, detail={"votes": [28, 24, 21], "bad": None})
    assert [row.detail for row in desk.get(LIST).context["rows"]] == [
        "应到、实到、赞成 28、24、21", "内容 活动记录，演示 是，角色 支部书记，行数 18"
    ]


# What the reader of a scope sees without its having a history of its own: the log names the record it belongs to.
PARTS = {
    "units.HistoryEntry", "units.Honour", "units.BodyHonour", "units.RoleGrant", "units.Sanction", "units.SignIn",
    "campaign.ActivityPart", "campaign.BusyPeriod", "campaign.CalendarFeed", "campaign.Document", "campaign.ActivityDraft",
    "campaign.Photo", "campaign.StagedPhoto", "campaign.PlanVersion", "campaign.Reminder", "campaign.VisitAnswer",
    "evaluations.ReviewReply", "evaluations.Score", "evaluations.ScoreLine", "evaluations.SlipPrint",
}


def test_every_kind_of_record_has_a_word_in_the_log():
    kinds = {
        model._meta.label for app in ("units", "campaign", "evaluations") for model in apps.get_app_config(app).get_models()
        if hasattr(model._default_manager, "visible_to")
    } | {"campaign.Delivery", "evaluations.OpinionMonth"}
    assert kinds == set(SUBJECTS) & kinds | PARTS
    assert not PARTS & set(SUBJECTS)


def test_an_inquiry_is_called_by_its_word_and_unit(campaign, branch, leader, desk, at):
    ask(branch, "activity", campaign=campaign, situation="上次 3月21日", by=leader, at=at)
    row, = desk.get(LIST).context["rows"]
    assert (row.subject, row.entry.subject_label, row.detail) == ("询问", branch.name, "30 天内有活动")

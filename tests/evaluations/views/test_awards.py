import datetime

import pytest
from django.urls import reverse

from evaluations.enums import AwardKind, NominationState, QuotaBasis, RoundState
from evaluations.models import AwardDecision, AwardRound, CurrentRun
from tests.factories.awards import checking, nominee, open_round
from tests.factories.evaluations import AwardRoundFactory, QuotaFactory, ScoringRunFactory
from tests.factories.units import MemberFactory, user_with
from units.domain.honours import honour
from units.enums import Category, Role
from units.list_exports import rows_of
from units.models import Export, Organization
from units.tasks import run_export


@pytest.fixture
def round(campaign):
    return open_round(campaign, code="qiyi")


def page(client, name, *keys, **query):
    return client.get(reverse(name, args=keys), query).content.decode()


def posted(client, name, *keys, **fields):
    return client.post(reverse(name, args=keys), fields, follow=True).content.decode()


ROUND = {
    "title": "2011年“七一”表彰", "code": "qiyi-2011", "cutoff_on": "2011-03-31", "nominations_due_on": "2011-06-15",
    "member__organ": "10%", "member__institution": "7.5％", "organization__society": "2",
}


# Set up ---------------------------------------------------------------------------------------
def test_office_sets_up_a_round_and_opens_it(client_for, office, campaign):
    client = client_for(office)
    run = ScoringRunFactory(campaign=campaign, job_state="done", published_at="2011-06-09T00:00+08:00")
    CurrentRun.objects.create(campaign=campaign, run=run)
    assert "qiyi-2011" in page(client, "award_new")
    answer = client.post(reverse("award_new"), {**ROUND, "run": run.pk})
    round = AwardRound.objects.get()
    assert answer.url == round.get_absolute_url()
    assert set(round.quotas.values_list("kind", "category", "basis", "value")) == {
        ("member", "organ", "percent", 1_000), ("member", "institution", "percent", 750),
        ("organization", "society", "number", 2),
    }
    assert "下达名额，开始推荐" in page(client, "award_detail", round.pk)
    assert "已开始推荐。" in posted(client, "award_open", round.pk)
    again = page(client, "award_edit", round.pk)
    assert 'value="10%"' in again and 'value="7.5%"' in again and 'name="code"' not in again
    client.post(reverse("award_edit", args=[round.pk]), {**ROUND, "title": "改了名", "run": run.pk, "member__organ": ""})
    round.refresh_from_db()
    assert (round.title, round.code, round.quotas.count()) == ("改了名", "qiyi-2011", 2)


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("member__organ", "十个", "请写个数（如 12）或比例（如 10%）。"),
        ("member__organ", "2.5", "请写个数（如 12）或比例（如 10%）。"),
        ("member__organ", "120%", "比例不能超过 100%。"),
        ("code", "七一", "代号只用字母、数字和短横。"),
        ("cutoff_on", "2011.13.1", "请写日期，例如 2011-06-10。"),
        ("title", "", "请填名称。"),
    ],
)
def test_wrong_field_is_said_where_it_is(client_for, office, campaign, field, value, sentence):
    text = client_for(office).post(reverse("award_new"), {**ROUND, field: value}).content.decode()
    assert sentence in text and "填的内容都在，改好再提交。" in text
    assert not AwardRound.objects.exists()


def test_code_is_taken_once(client_for, office, campaign, round):
    text = client_for(office).post(reverse("award_new"), {**ROUND, "code": "QIYI"}).content.decode()
    assert "这个代号已经用过，请换一个。" in text


def test_double_click_makes_one_round(client_for, office, campaign):
    client = client_for(office)
    answers = [client.post(reverse("award_new"), {**ROUND, "nonce": "a" * 32}) for _press in range(2)]
    assert answers[0].url == answers[1].url
    assert AwardRound.objects.count() == 1


HONOURS = {"honour_demand__member": "required", "honour_level__member": "bureau", "honour_since__member": "2008-06-15"}


def test_office_asks_for_an_honour_and_for_nothing_again(client_for, office, campaign):
    client = client_for(office)
    assert "荣誉条件" in page(client, "award_new")
    client.post(reverse("award_new"), {**ROUND, **HONOURS, "honour_level__affairs_worker": "unit"})
    round = AwardRound.objects.get()
    assert list(round.honour_conditions.values_list("kind", "demand", "level", "since_on")) == [
        ("member", "required", "bureau", datetime.date(2008, 6, 15))
    ]
    assert "优秀共产党员，须有2008年6月15日以来司局级以上荣誉" in page(client, "award_detail", round.pk)
    again = page(client, "award_edit", round.pk)
    assert 'value="2008-06-15"' in again and '<option value="required" selected>须有</option>' in again
    client.post(reverse("award_edit", args=[round.pk]), {**ROUND, **HONOURS, "honour_demand__member": ""})
    assert not round.honour_conditions.exists()
    assert "荣誉条件" not in page(client, "award_detail", round.pk)


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("honour_level__member", "", "优秀共产党员，荣誉级别不低于：请选荣誉的级别。"),
        ("honour_since__member", "", "优秀共产党员，荣誉从哪天起：请填荣誉从哪天起算。"),
        ("honour_since__member", "2008.6", "优秀共产党员，荣誉从哪天起：请写日期，例如 2011-06-10。"),
        ("honour_since__member", "2011-06-16", "优秀共产党员，荣誉从哪天起：荣誉的起算日不能晚于推荐截止日。"),
    ],
)
def test_half_a_condition_on_honours_is_said_where_it_is(client_for, office, campaign, field, value, sentence):
    text = client_for(office).post(reverse("award_new"), {**ROUND, **HONOURS, field: value}).content.decode()
    assert sentence in text and not AwardRound.objects.exists()


# Who may what ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["award_new", "award_edit", "award_decide"])
@pytest.mark.parametrize("who", ["secretary", "committee", "leader"])
def test_only_the_office_runs_awards(request, client_for, campaign, round, name, who):
    client = client_for(request.getfixturevalue(who))
    answer = client.get(reverse(name, args=[] if name == "award_new" else [round.pk]))
    assert answer.status_code == 403
    assert "评选表彰由领导小组办公室组织。" in answer.content.decode()


@pytest.mark.parametrize("name", ["award_open", "award_check", "award_reopen", "award_select", "award_export"])
@pytest.mark.parametrize("who", ["secretary", "committee"])
def test_steps_are_the_offices(request, client_for, round, name, who):
    answer = client_for(request.getfixturevalue(who)).post(reverse(name, args=[round.pk]))
    assert answer.status_code == 403
    round.refresh_from_db()
    assert round.state == RoundState.OPEN


@pytest.mark.parametrize("name", ["award_detail", "award_quota", "award_decide", "award_edit", "nomination_new"])
def test_round_of_another_root_does_not_exist(client_for, office, round, name):
    other = Organization.objects.create(code="99", name="别的机关", kind="committee", path="ZZZZ", depth=1)
    stranger = user_with(Role.OFFICE, other)
    assert client_for(stranger).get(reverse(name, args=[round.pk])).status_code == 404
    assert client_for(office).get(reverse(name, args=[round.pk + 1])).status_code == 404


def test_members_and_administrators_see_no_rounds(client_for, member, auditor, round):
    for user in (member, auditor):
        assert round.title not in page(client_for(user), "award_list")
        assert client_for(user).get(round.get_absolute_url()).status_code == 404


def test_everyone_sees_the_nominees_of_the_own_subtree(client_for, secretary, outsider, leader, round, tree):
    mine = nominee(round, tree.organ_branch, tree.members[tree.organ_branch.pk][2], by=secretary)
    text = page(client_for(secretary), "award_detail", round.pk)
    assert str(mine.member) in text and "推荐、审核和入选只算您范围内的。" in text
    assert str(mine.member) in page(client_for(leader), "award_detail", round.pk)
    text = page(client_for(outsider), "award_detail", round.pk)
    assert str(mine.member) not in text and "人选（0）" in text
    assert page(client_for(outsider), "award_list").count('class="n" data-l="推荐">0<') == 1


# The board ------------------------------------------------------------------------------------
def test_board_filters(client_for, office, secretary, round, tree):
    nominee(round, tree.organ_branch, MemberFactory(name="丁二", organization=tree.organ_branch), by=secretary)
    nominee(round, tree.society, by=secretary, state=NominationState.REFUSED)
    client = client_for(office)
    for query, there, gone in (
        ({"kind": "member"}, "丁二", "社会工作协会党支部</a>"), ({"category": "society"}, "社会工作协会党支部</a>", "丁二"),
        ({"state": "refused"}, "社会工作协会党支部</a>", "丁二"), ({"q": "丁"}, "丁二", "社会工作协会党支部</a>"),
    ):
        text = page(client, "award_detail", round.pk, **query)
        assert there in text and gone not in text, query
    assert "没有符合条件的。" in page(client, "award_detail", round.pk, q="没有这个人")


def test_board_shows_score_votes_and_what_is_missing(client_for, office, secretary, round, tree):
    nominee(round, tree.organ_branch, tree.members[tree.organ_branch.pk][2], by=secretary)
    text = page(client_for(office), "award_detail", round.pk)
    assert "得分 87.88" in text and "会议赞成 4/5" in text and "1 项未满足" in text


def test_board_names_the_honour_that_meets_what_is_asked(client_for, office, secretary, round, tree, at):
    person = tree.members[tree.organ_branch.pk][2]
    nominee(round, tree.organ_branch, person, by=secretary, clean_at=at)
    day = datetime.date(2009, 5, 1)
    honour(person, level="ministry", title="孺子牛奖", happened_on=day, by=office, at=at, on=datetime.date(2011, 6, 10))
    client = client_for(office)
    assert "孺子牛奖" not in page(client, "award_detail", round.pk)
    round.honour_conditions.create(kind="member", demand="preferred", level="bureau", since_on=datetime.date(2008, 6, 15))
    text = page(client, "award_detail", round.pk)
    assert "荣誉：孺子牛奖（省部级）" in text and "优秀共产党员，2008年6月15日以来有司局级以上荣誉的优先" in text
    rows, shape = rows_of(office, "award_detail", {"pk": round.pk}, "")
    assert shape.told(list(rows))[0][8:10] == ("“孺子牛奖”（省部级，2009年5月1日）", "都满足")


def test_select_decide_export(client_for, office, secretary, round, tree, at, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    chosen = nominee(
        round, tree.organ_branch, tree.members[tree.organ_branch.pk][2], by=secretary, state=NominationState.PASSED, clean_at=at
    )
    client = client_for(office)
    assert "推荐结束，开始资格审核。" in posted(client, "award_check", round.pk)
    assert "请先勾选人选。" in posted(client, "award_select", round.pk, verb="select")
    assert "还没有定入选的人选" in page(client, "award_decide", round.pk)
    assert "已定为入选。" in posted(client, "award_select", round.pk, verb="select", nomination=[chosen.pk])
    assert "条件都已满足" in page(client, "award_decide", round.pk)
    fields = {"document_number": "直党发〔2011〕12号", "signed_on": "2011-06-10", "signer": "直属机关党委", "nonce": "b" * 32}
    for _press in range(2):
        assert client.post(reverse("award_decide", args=[round.pk]), fields).url == round.get_absolute_url()
    assert AwardDecision.objects.get().decided_by == office
    text = page(client, "award_detail", round.pk)
    assert "直党发〔2011〕12号" in text and "导出决定（docx）" in text and "award_edit" not in text
    for format in ("docx", "xlsx"):
        client.post(reverse("award_export", args=[round.pk]), {"format": format, "nonce": format.ljust(32, "0")})
        export = Export.objects.get(title__contains=format)
        run_export(export.pk)
        file = client.get(reverse("export_download", args=[export.pk]))
        assert b"".join(file.streaming_content)[:2] == b"PK"


def test_decision_that_is_not_ready_keeps_the_form_and_says_why(client_for, office, secretary, round, tree, at):
    nominee(
        round, tree.organ_branch, tree.members[tree.organ_branch.pk][2], by=secretary, state=NominationState.SELECTED, clean_at=at
    )
    checking(round)
    fields = {"document_number": "12号", "signed_on": "2011-06-11", "signer": "直属机关党委"}
    text = client_for(office).post(reverse("award_decide", args=[round.pk]), fields).content.decode()
    assert "成文日期：成文日期不能晚于今天，也不能早于推荐会议。" in text and 'value="12号"' in text
    assert not AwardDecision.objects.exists()


def test_export_before_the_decision_is_refused(client_for, office, round):
    answer = client_for(office).post(reverse("award_export", args=[round.pk]), {"format": "docx"})
    assert answer.status_code == 403 and "登记决定以后才能导出名单。" in answer.content.decode()


def test_quota_page_shows_both_roundings(client_for, office, campaign, tree):
    round = AwardRoundFactory(campaign=campaign)
    QuotaFactory(
        round=round, kind=AwardKind.AFFAIRS_WORKER, category=Category.ORGAN, basis=QuotaBasis.PERCENT, value=5_000
    )
    MemberFactory(organization=tree.organ_branch)
    text = page(client_for(office), "award_quota", round.pk)
    assert "50%" in text and "分别取整相加" in text and "按总数取整" in text and tree.organ.name in text


# Queries --------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
def test_board_asks_the_same_questions_for_any_number_of_rows(
    client_for, office, secretary, round, tree, at, rows, django_assert_num_queries
):
    for member in tree.members[tree.organ_branch.pk][:rows]:
        nominee(round, tree.organ_branch, member, by=secretary, clean_at=at)
    checking(round)
    client = client_for(office)
    client.get(round.get_absolute_url())
    with django_assert_num_queries(22):
        client.get(round.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_questions_for_any_number_of_rows(client_for, office, campaign, rows, django_assert_num_queries):
    AwardRoundFactory.create_batch(rows, campaign=campaign)
    client = client_for(office)
    client.get(reverse("award_list"))
    with django_assert_num_queries(7):
        client.get(reverse("award_list"))


def test_draft_round_has_its_own_step(client_for, office, campaign):
    round = open_round(campaign, state=RoundState.DRAFT, nominations_due_on=datetime.date(2011, 6, 20))
    text = page(client_for(office), "award_detail", round.pk)
    assert "2011年6月20日截止" in text and "还没有推荐人选。" in text
